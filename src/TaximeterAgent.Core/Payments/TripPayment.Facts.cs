using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Payments;

// What people and the meter say. Outcomes of calls are in TripPayment.Outcomes.
public static partial class TripPayment
{
    private static void OnFare(Work work, Input.FareReceived input)
    {
        if (work.State.Fare is not null)
            return;
        var fare = input.Fare;
        var orphan = TakeOver(work);
        var cancelled = work.State.ReservationEnd == ReservationEnd.BookingCancelled;
        work.State = work.State with
        {
            Trip = fare.Trip,
            Fare = fare,
            Phone = fare.Phone ?? work.State.Booking?.KnownPhone ?? work.State.Phone,
            // The ride took place although its booking was cancelled: the driver is asked, the customer is not.
            OnlyOnRequest = input.OnlyOnRequest || cancelled,
        };
        work.Add(new Effect.StopTimer(TimerKind.NoShow, null));
        if (work.State.Settled != SettledBy.Nobody)
            return;
        if (input.Probe || orphan)
        {
            work.State = work.State with { Probe = true };
            if (fare.Booking is { } booking && work.State.Booking is null)
                Probe(work, AttemptKind.Reservation, Reference.OfBooking(work.Policy.Prefix, work.Policy.Car, booking, 1), 1);
            Probe(work, AttemptKind.Request, Reference.OfTrip(work.Policy.Prefix, work.Policy.Car, fare.Trip, 1), 1);
        }

        // Hours may lie between a reservation and its fare: how it stands is read before it is captured.
        work.Each(a => a.Kind == AttemptKind.Reservation && a.State == PaymentState.Authorized && a.Ending is null ? a with { ReadFirst = true } : a);
        var knownToNobody = work.State.Attempts.Any(a => a.Ending == Ending.CustomerUnknown && a.Phone == work.State.Phone);
        if (work.State.Phone is { } phone && !work.State.OnlyOnRequest && !knownToNobody)
            OnRequest(work, new Wish(phone, Replace: false));
        WithdrawScheduled(work);
    }

    private static void Probe(Work work, AttemptKind kind, Reference reference, int number)
    {
        if (work.IndexOf(reference) >= 0)
            return;
        work.State = work.State with
        {
            Attempts = work.State.Attempts.Add(new Attempt
            {
                Kind = kind,
                Number = number,
                Reference = reference,
                SalesUnit = work.Policy.SalesUnit,
                Amount = work.Amount(work.State.Fare?.Total.MinorUnits ?? work.State.Booking?.Maximum?.MinorUnits ?? 0),
                Existence = Existence.Probing,
                Undo = work.State.Settled == SettledBy.Void,
            }),
        };
    }

    private static void OnBook(Work work, Input.BookReceived input)
    {
        if (work.State.Booking is not null)
            return;
        var booking = input.Booking;
        var orphan = TakeOver(work);
        work.State = work.State with { Booking = booking, Phone = work.State.Phone ?? booking.Phone };
        if (work.State.ReservationEnd != ReservationEnd.None || work.State.Settled != SettledBy.Nobody)
            return;
        if (work.State.Fare is not null)
        {
            // The fare came first: only the number is of use.
            if (work.State.Attempts.IsEmpty && work.State.Wish is null && !work.State.OnlyOnRequest && work.State.Unpaid)
                OnRequest(work, new Wish(booking.Phone, Replace: false));
            return;
        }

        work.Add(new Effect.StartTimer(TimerKind.NoShow, null, work.Policy.NoShowAfter));
        if (booking.Maximum is not { } maximum || !work.Policy.ReserveAhead
            || maximum.MinorUnits < maximum.Currency.MinimumPayment() || maximum.MinorUnits > Currencies.MaximumPayment)
            return;
        var reference = Reference.OfBooking(work.Policy.Prefix, work.Policy.Car, booking.Id, 1);
        if (input.Probe || orphan)
            Probe(work, AttemptKind.Reservation, reference, 1);
        else
            AddAttempt(work, AttemptKind.Reservation, reference, 1, maximum, booking.Phone);
    }

    private static void OnVoid(Work work, Input.Voided input)
    {
        if (work.State.Settled == SettledBy.Void || (input.Trip is null && work.State.ReservationEnd == ReservationEnd.BookingCancelled && work.State.Fare is null))
            return;
        // Once the fare has come, the booking is the trip.
        if (input.Trip is null && work.State.Fare is null)
        {
            EndReservation(work, ReservationEnd.BookingCancelled);
            return;
        }

        var orphan = TakeOver(work);
        var ask = work.Policy.AskOnVoidAfterCapture && work.State.Outstanding == 0 && work.State.Kept > work.State.Refunded && work.State.Settled == SettledBy.Nobody;
        work.State = work.State with
        {
            Trip = work.State.Trip ?? input.Trip,
            Settled = SettledBy.Void,
            Wish = null,
            Question = ask ? Question.VoidAfterCapture : Question.None,
        };
        if (ask)
            work.Add(new Effect.StartTimer(TimerKind.Choice, null, work.Policy.ChoiceTimeout));
        else
            UndoAll(work);
        // Known to an earlier store, perhaps: what that one has made is looked for, and undone.
        if (work.State is { Fare: null, Trip: { } trip } && (orphan || (input.Probe && work.State.Attempts.IsEmpty)))
        {
            work.State = work.State with { Probe = true };
            Probe(work, AttemptKind.Request, Reference.OfTrip(work.Policy.Prefix, work.Policy.Car, trip, 1), 1);
        }
    }

    private static void EndReservation(Work work, ReservationEnd why)
    {
        work.State = work.State with { ReservationEnd = why };
        work.Add(new Effect.StopTimer(TimerKind.NoShow, null));
        if (work.State.Orphan is null)
            work.Each(a => a.Kind == AttemptKind.Reservation ? a with { Undo = true } : a);
        else
            ReleaseOrphan(work);
        WithdrawScheduled(work);
    }

    private static void UndoAll(Work work)
    {
        // An earlier order that was refused says nothing of this one.
        work.State = work.State with { RefundRefused = false };
        work.Each(a => a with { Undo = true });
        WithdrawScheduled(work);
    }

    // Whom the last request asked, or was to ask.
    private static Wish? SameAgain(TripState state) => state.ByCode || state.Phone is not null ? new Wish(state.ByCode ? null : state.Phone, Replace: false) : null;

    // A request by the driver, or for a number that is known.
    private static void OnRequest(Work work, Wish wish)
    {
        if (!work.State.Unpaid || work.State.OtherWay || work.State.Question != Question.None)
            return;
        work.State = work.State with
        {
            Wish = wish,
            Phone = wish.Phone ?? work.State.Phone,
            ByCode = wish.Phone is null,
            OnlyOnRequest = false,
            Unrequestable = false,
            RequestTooOld = false,
        };
        if (wish.Replace)
        {
            work.Each(a => a.Ending is null && a.Existence != Existence.Probing && a.State != PaymentState.Authorized ? a with { Withdraw = true } : a);
            WithdrawScheduled(work);
        }
    }

    private static void OnOtherWay(Work work)
    {
        if (!work.State.Unpaid || work.State.Question != Question.None)
            return;
        if (work.State.OtherWay)
        {
            // Asked for a second time, while it is not certain: whatever turns out is undone, without a further question.
            work.State = work.State with { Settled = SettledBy.Cash };
            work.Each(a => a.Over && a.Ending is null ? a : a with { Undo = true });
            WithdrawScheduled(work);
            return;
        }

        work.State = work.State with { OtherWay = true, Wish = null };
        // What is captured already and meant to be kept, such as a reservation that was too small, is not in question.
        work.Each(a => a.Over ? a : a with { Withdraw = true });
        WithdrawScheduled(work);
    }

    private static void OnLetStand(Work work)
    {
        switch (work.State.Question)
        {
            case Question.ApprovedMeanwhile:
                // What was approved may be less than the fare: the difference is asked for, as if the other way had never been chosen.
                work.State = work.State with { OtherWay = false, Wish = SameAgain(work.State) };
                work.Each(a => a with { Withdraw = false });
                break;
            case Question.CaptureNotGuaranteed:
                work.Each(a => a.GuaranteePast ? a with { CaptureAnyway = true } : a);
                break;
            case Question.VoidAfterCapture:
                break;
            default:
                return;
        }

        Answered(work);
    }

    private static void OnUndo(Work work)
    {
        switch (work.State.Question)
        {
            case Question.ApprovedMeanwhile:
                work.State = work.State with { Settled = SettledBy.Cash };
                work.Each(a => a.Withdraw ? a with { Undo = true } : a);
                break;
            case Question.CaptureNotGuaranteed:
                work.Each(a => a is { GuaranteePast: true, CaptureAnyway: false, Over: false } ? a with { Undo = true, Uncapturable = Ending.Expired } : a);
                break;
            case Question.VoidAfterCapture:
                UndoAll(work);
                break;
            default:
                return;
        }

        Answered(work);
        WithdrawScheduled(work);
    }

    private static void Answered(Work work)
    {
        work.State = work.State with { Question = Question.None };
        work.Add(new Effect.StopTimer(TimerKind.Choice, null));
    }

    private static void OnRefund(Work work, long total)
    {
        var captured = work.State.Attempts.Sum(a => a.Counted);
        // What was refused may be ordered again.
        var ordered = work.State.RefundRefused ? work.State.Refunded : Math.Max(work.State.RefundTarget, work.State.Refunded);
        if (total <= ordered || total > captured)
            return;
        work.State = work.State with { RefundTarget = total, RefundRefused = false };
        WithdrawScheduled(work);
    }

    private static void OnDue(Work work, Input.Due due)
    {
        var index = due.Reference is { } reference ? work.IndexOf(reference) : -1;
        switch (due.Timer)
        {
            case TimerKind.OfflineTooLong:
                // A payment that is only looked for has not been asked of anyone and cannot be too old.
                work.Each(a => a.Ending is null && a.Existence != Existence.Exists && (a.Existence != Existence.Probing || a.Asks) ? a with { TooOld = true } : a);
                if (work.State.Wish is not null)
                    work.State = work.State with { Wish = null, OnlyOnRequest = true, RequestTooOld = true };
                WithdrawScheduled(work);
                break;
            case TimerKind.NoShow:
                if (work.State.Fare is null && work.State.ReservationEnd == ReservationEnd.None && work.State.Settled == SettledBy.Nobody)
                    EndReservation(work, ReservationEnd.NoShow);
                break;
            case TimerKind.Orphan:
                ReleaseOrphan(work);
                break;
            case TimerKind.Choice:
                OnUndo(work);
                break;
            case TimerKind.Certain when index >= 0:
                var uncertain = work.State.Attempts[index];
                work.Set(index, uncertain with { Certain = true, ReadFirst = uncertain.ReadFirst || uncertain.Existence == Existence.Uncertain || uncertain.Capture is not null || uncertain.Refund is not null, Capture = Settled(uncertain.Capture), Refund = Settled(uncertain.Refund) });
                WithdrawScheduled(work);
                break;
            case TimerKind.FinalRead when index >= 0:
                work.Set(index, work.State.Attempts[index] with { ReadFirst = true });
                break;
        }
    }

    // By now a try that was still on its way has arrived or never will: the next reading settles it.
    private static MoneyCall? Settled(MoneyCall? call) => call is null ? null : call with { Unknown = false };

    private static void OnHint(Work work, Reference reference)
    {
        var index = work.IndexOf(reference);
        if (index < 0)
            return;
        var a = work.State.Attempts[index];
        if (a.Pending is { Kind: OperationKind.Query } query)
            work.Add(new Effect.Hasten(query.Id));
        else if (a.Pending is null)
            work.Set(index, a with { ReadFirst = true });
    }

    private static void OnRestarted(Work work)
    {
        work.Each(a => a with
        {
            Pending = null,
            ReceiptPending = null,
            Receipt = a.Receipt == ReceiptState.FirstTry ? ReceiptState.Due : a.Receipt,
            // What was stored may have been sent, whether or not its try was recorded.
            Existence = a.Existence == Existence.Unsent && a.CreateId is not null && a.Ending is null ? Existence.Uncertain : a.Existence,
            Capture = a.Capture is null ? null : a.Capture with { Unknown = true },
            Refund = a.Refund is null ? null : a.Refund with { Unknown = true },
            Failures = 0,
            ReadFirst = a.ReadFirst || !a.Over || a.Refund is not null || (a.Undo && a.Captured > a.Refunded),
        });
        // How long the agent was away cannot be known from a clock that may be wrong: the time after which a 404 is proof begins anew.
        for (var i = 0; i < work.State.Attempts.Length; i++)
        {
            var a = work.State.Attempts[i];
            if (a.Ending is null && a.Existence == Existence.Uncertain || a.Capture is not null || a.Refund is not null)
                StartCertain(work, i, a);
        }
    }

    private static void OnWordAnswered(Work work, Input.WordAnswered answered)
    {
        if (work.State.Word is not { Acknowledged: false } word || word.Number != answered.Number)
            return;
        work.State = work.State with { Word = word with { Acknowledged = true } };
        if (answered.Refused is { } reason)
            work.Alarm(AlarmKind.MeterRefused, $"the meter refused {word.Kind} of {word.Reference}: {reason}");
    }

    // What is scheduled was decided before this input. Whatever is not on its way yet is decided anew.
    private static void WithdrawScheduled(Work work)
    {
        foreach (var a in work.State.Attempts)
        {
            if (a.Pending is { } pending)
                work.Add(new Effect.Withdraw(pending.Id));
        }
    }
}
