using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Payments;

// What the facts amount to: which attempts are over, what a person must decide, whether a new request may be made, and what the meter is told.
public static partial class TripPayment
{
    private static void Conclude(Work work)
    {
        for (var i = 0; i < work.State.Attempts.Length; i++)
            ConcludeAttempt(work, i);
        ConcludeOrphan(work);
        Ask(work);
        SettleOtherwise(work);
        MakeRequest(work);
        TellMeter(work);
    }

    private static void ConcludeAttempt(Work work, int index)
    {
        var a = work.State.Attempts[index];
        // One that will not be sent again, and by now has arrived or never will.
        if (a is { Capture.Unknown: false, Pending: null, ReadFirst: false, Remaining: > 0 } && (a.Uncapturable is not null || a is { GuaranteePast: true, CaptureAnyway: false }))
        {
            Finish(work, a.Capture.Id);
            work.Set(index, a = a with { Capture = null });
        }

        // Not before it was read: an earlier try may have arrived.
        if (a is { Uncapturable: not null, Undo: false, Capture: null, ReadFirst: false })
            work.Set(index, a = a with { Undo = true });

        if (a.Ending is not null)
            return;
        switch (a.Existence)
        {
            case Existence.Unsent when a.Pending is null && !Wanted(work.State, a):
                Finish(work, a.CreateId);
                End(work, index, a, a is { TooOld: true, Withdraw: false, Undo: false } ? Ending.Offline : Ending.Cancelled);
                break;
            case Existence.Exists when a.State == PaymentState.Aborted:
                End(work, index, a, Ending.Aborted, final: true);
                break;
            case Existence.Exists when a.State == PaymentState.Expired:
                End(work, index, a, Ending.Expired, final: true);
                break;
            case Existence.Exists when a.State == PaymentState.Terminated:
                End(work, index, a, Ending.Cancelled, final: true);
                break;
            case Existence.Exists when a is { State: PaymentState.Authorized, Remaining: 0, Capture: null } && a.Captured == a.Refunded && (a.Undo || a.Captured == 0):
                End(work, index, a, a.Uncapturable ?? Ending.Cancelled, final: true);
                break;
        }
    }

    // Ends an attempt. Whatever it should turn out to hold after all is released: its Undo stays set.
    private static void End(Work work, int index, Attempt a, Ending ending, bool final = false)
    {
        work.Set(index, a with { Ending = ending, Undo = true, CreateId = null, Link = null, FinalReadDue = !final, ReadFirst = false });
        work.Add(new Effect.StopTimer(TimerKind.Certain, a.Reference));
        if (a.Kind == AttemptKind.Request && work.State.Wish is null)
            work.Add(new Effect.StopTimer(TimerKind.OfflineTooLong, null));
        if (ending == Ending.FullCaptureOnly)
            work.State = work.State with { ReservationEnd = ReservationEnd.FullCaptureOnly };
        if (!final)
            work.Add(new Effect.StartTimer(TimerKind.FinalRead, a.Reference, work.Policy.CertainAfter));
    }

    // True while the payment is still to be brought about.
    private static bool Wanted(TripState state, Attempt a) =>
        !a.Withdraw && !a.Undo && !a.TooOld && state.Settled == SettledBy.Nobody
        && (a.Kind != AttemptKind.Reservation || ReservationWanted(state, a));

    // Once the fare is known nothing is reserved any more. But a reservation that may have arrived stands in the way of an ordinary request until it is known whether it has, ten
    // minutes of a 404: the same call again makes it certain at once, and the fare is captured from it.
    private static bool ReservationWanted(TripState state, Attempt a) =>
        state.ReservationEnd == ReservationEnd.None
        && (state.Fare is null || (a is { Existence: Existence.Uncertain, Certain: false } && state.Outstanding > 0));

    private static void Ask(Work work)
    {
        if (work.State.Question != Question.None || work.State.Settled != SettledBy.Nobody)
            return;
        var question = Question.None;
        for (var i = 0; i < work.State.Attempts.Length; i++)
        {
            var a = work.State.Attempts[i];
            if (a.State != PaymentState.Authorized || a.Ending is not null || a.Undo || a.Uncapturable is not null)
                continue;
            if (a.Withdraw && !work.State.OtherWay)
                a = Accept(work, i, a);
            if (a.Withdraw)
                question = Question.ApprovedMeanwhile;
            else if (a is { GuaranteePast: true, CaptureAnyway: false, Capture: null, Remaining: > 0 } && work.State.Outstanding > 0)
                question = Question.CaptureNotGuaranteed;
        }

        if (question == Question.None)
            return;
        work.State = work.State with { Question = question };
        work.Add(new Effect.StartTimer(TimerKind.Choice, null, work.Policy.ChoiceTimeout));
    }

    // The customer approved before the request could be replaced by one to another number: the fare is paid by the first.
    private static Attempt Accept(Work work, int index, Attempt a)
    {
        // The wish stays: it is dropped once nothing is outstanding, and asks for the difference where the first was too small.
        a = a with { Withdraw = false };
        work.Set(index, a);
        return a;
    }

    // The other way to pay is stored only once nothing can be approved any more.
    private static void SettleOtherwise(Work work)
    {
        if (work.State is { OtherWay: true, Settled: SettledBy.Nobody, Question: Question.None } && work.State.Attempts.All(a => a.Over))
            work.State = work.State.Outstanding > 0 ? work.State with { Settled = SettledBy.Cash } : work.State with { OtherWay = false };
    }

    private static void MakeRequest(Work work)
    {
        if (work.State.Wish is not { } wish)
            return;
        if (work.State.Outstanding == 0 || work.State.Trip is not { } trip)
        {
            work.State = work.State with { Wish = null };
            return;
        }

        // Rule: one live attempt.
        if (work.State.Question != Question.None || work.State.Attempts.Any(a => !a.Over))
        {
            // It waits as long as a request may wait for the network, and no longer.
            if (wish != work.Before.Wish)
                work.Add(new Effect.StartTimer(TimerKind.OfflineTooLong, null, work.Policy.OfflineMaxAge));
            return;
        }

        work.State = work.State with { Wish = null };
        var amount = work.Amount(work.State.Outstanding);
        var number = work.State.Attempts.Where(a => a.Kind == AttemptKind.Request).Select(a => a.Number).DefaultIfEmpty(0).Max() + 1;
        if (amount.MinorUnits < amount.Currency.MinimumPayment() || amount.MinorUnits > Currencies.MaximumPayment || number > Reference.AttemptMaximum)
            work.State = work.State with { Unrequestable = true };
        else
            AddAttempt(work, AttemptKind.Request, Reference.OfTrip(work.Policy.Prefix, work.Policy.Car, trip, number), number, amount, wish.Phone);
    }

    private static void AddAttempt(Work work, AttemptKind kind, Reference reference, int number, Money amount, PhoneNumber? phone)
    {
        work.State = work.State with
        {
            Attempts = work.State.Attempts.Add(new Attempt
            {
                Kind = kind,
                Number = number,
                Reference = reference,
                SalesUnit = work.Policy.SalesUnit,
                Amount = amount,
                Phone = phone,
                ByCode = phone is null,
                // Should the answer to it be lost with the power, this is nearly right; an answer makes it exact.
                ExpiresAt = work.Input.At + work.Policy.RequestLifetime,
            }),
        };
        work.Add(new Effect.StartTimer(TimerKind.OfflineTooLong, null, work.Policy.OfflineMaxAge));
    }

    private static void TellMeter(Work work)
    {
        if (NextWord(work) is not { } word || SaysTheSame(word, work.State.Word))
            return;
        work.State = work.State with { Word = word with { Number = (work.State.Word?.Number ?? 0) + 1 } };
        if (word.Kind == WordKind.Paid)
            work.Each(a => a is { Undo: false, Captured: > 0 } ? a with { ToldPaid = true } : a);
    }

    private static Word? NextWord(Work work)
    {
        var state = work.State;
        if (state.Fare is not { } fare || state.Trip is not { } trip)
            return null;
        var last = state.Attempts.LastOrDefault(a => a.Kind == AttemptKind.Request);
        var reference = last?.Reference ?? Reference.OfTrip(work.Policy.Prefix, work.Policy.Car, trip, 1);
        if (state.Word is { Kind: WordKind.Paid or WordKind.Refunded })
            return Refunded(state);
        if (state.Settled == SettledBy.Void || state.Question != Question.None || state.Wish is not null)
            return null;
        var total = fare.Total.MinorUnits;
        if (total > 0 && state.Kept >= total && state.Settled == SettledBy.Nobody)
            return new Word(0, WordKind.Paid, state.Attempts.Last(a => a is { Undo: false, Captured: > 0 }).Reference) { Amount = state.Kept };
        if (state.Attempts.Any(a => !a.Over || GivesBack(state, a)) || UnpaidBecause(state, last) is not { } reason)
            return null;
        // What cannot be given back is paid, whatever was meant.
        var paid = state.Attempts.Sum(a => a.Undo ? a.Captured - a.Refunded : a.Captured);
        return new Word(0, WordKind.Unpaid, reference) { Amount = paid, Due = total - paid, Reason = reason };
    }

    // True while a capture that must not stand is being refunded: until then the fare is as good as paid.
    private static bool GivesBack(TripState state, Attempt a) => a.Undo && a.Captured > a.Refunded && !state.RefundRefused;

    private static Word? Refunded(TripState state)
    {
        var target = state.Attempts.Where(a => a.Undo).Sum(a => a.Counted);
        target = Math.Max(target, state.RefundDue);
        var done = state.Refunded;
        if (target == 0 || done == 0 || (done < target && !state.RefundRefused) || state.Attempts.Any(a => a.Refund is not null))
            return null;
        return new Word(0, WordKind.Refunded, state.Attempts.Last(a => a.Refunded > 0 && a.Counted > 0).Reference) { Amount = done };
    }

    private static UnpaidReason? UnpaidBecause(TripState state, Attempt? last)
    {
        if (state.Settled is SettledBy.Cash or SettledBy.Otherwise)
            return last is null || last.Ending is null ? UnpaidReason.Cancelled : ReasonOf(last.Ending.Value);
        if (state.Unrequestable || state.Fare!.Total.IsZero)
            return UnpaidReason.Rejected;
        if (state.RequestTooOld)
            return UnpaidReason.Offline;
        if (last?.Ending is { } ending)
            return ReasonOf(ending);
        // A part is captured and nobody asks for the rest, for want of a number: the meter has to know.
        return state.Kept > 0 ? UnpaidReason.Rejected : null;
    }

    private static UnpaidReason ReasonOf(Ending ending) => ending switch
    {
        Ending.Aborted => UnpaidReason.Aborted,
        Ending.Expired => UnpaidReason.Expired,
        Ending.Rejected or Ending.CustomerUnknown or Ending.NotSetUp or Ending.Foreign => UnpaidReason.Rejected,
        Ending.Offline => UnpaidReason.Offline,
        _ => UnpaidReason.Cancelled,
    };

    private static bool SaysTheSame(Word left, Word? right) =>
        right is not null && left.Kind == right.Kind && left.Reference == right.Reference && left.Amount == right.Amount && left.Due == right.Due;
}
