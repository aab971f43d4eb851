namespace TaximeterAgent.Core.Payments;

// What a technician does about a trip. All of it changes facts only: what is sent, and in which order, follows from them as always.
public static partial class TripPayment
{
    private static void OnHeld(Work work)
    {
        if (work.State.Held || work.State.Stopped is not null || work.State.GivenUp)
            return;
        work.State = work.State with { Held = true };
        WithdrawScheduled(work);
        WithdrawReceipts(work);
    }

    // Hours may have passed, and a person may have looked to the payments elsewhere: how each stands is read before anything else is sent.
    private static void OnReleased(Work work)
    {
        if (!work.State.Held)
            return;
        work.State = work.State with { Held = false };
        work.Each(a => NeedsReading(a) ? a with { ReadFirst = true, Failures = 0 } : a);
    }

    private static void OnResolved(Work work)
    {
        var state = work.State;
        if (state.IsResolved)
            return;
        if (state.Stopped is not null || state.GivenUp)
            ReadAnew(work);
        if (state.Question != Question.None)
            work.Add(new Effect.StopTimer(TimerKind.Choice, null));
        work.State = work.State with
        {
            Stopped = null,
            GivenUp = false,
            Question = Question.None,
            Wish = null,
            OtherWay = false,
            // A booking whose fare has not come is not paid by anything; the ride, should it take place, is another matter.
            Settled = state.Settled == SettledBy.Void ? SettledBy.Void : state.Fare is null && state.Trip is null ? state.Settled : SettledBy.Otherwise,
        };
        if (state.Fare is null && state.Trip is null && state.ReservationEnd == ReservationEnd.None)
            EndReservation(work, ReservationEnd.BookingCancelled);
        work.Each(a => NeedsReading(a) ? a with { ReadFirst = true, Failures = 0, Refusals = 0 } : a);
        if (work.State.Orphan is null)
            UndoAll(work);
        else
            // What is captured was settled by the board before: it goes back only by an order that says so.
            ReleaseOrphan(work);
    }

    // Nothing more is sent, so nothing is waited for either.
    private static void OnGivenUp(Work work)
    {
        if (!work.State.CanBeGivenUp)
            return;
        work.State = work.State with { GivenUp = true, Held = false, Wish = null, Question = Question.None };
        if (work.State.Orphan is not null)
            work.Add(new Effect.StopTimer(TimerKind.Orphan, null));
        foreach (var a in work.State.Attempts)
        {
            work.Add(new Effect.StopTimer(TimerKind.Certain, a.Reference));
            work.Add(new Effect.StopTimer(TimerKind.FinalRead, a.Reference));
        }

        WithdrawScheduled(work);
        WithdrawReceipts(work);
    }

    // A trip that was stopped or given up has not been read at any start since: what was under way has an unknown outcome, the time after which a 404 is proof begins
    // anew, and amounts that cannot be are not believed.
    private static void ReadAnew(Work work)
    {
        work.Each(a => (CannotBe(a) ? a with { State = PaymentState.None, Authorized = 0, Captured = 0, Cancelled = 0, Refunded = 0 } : a) with
        {
            ReadFirst = a.ReadFirst || CannotBe(a) || NeedsReading(a),
            Existence = a.Existence == Existence.Unsent && a.CreateId is not null && a.Ending is null ? Existence.Uncertain : a.Existence,
            Capture = a.Capture is null ? null : a.Capture with { Unknown = true },
            Refund = a.Refund is null ? null : a.Refund with { Unknown = true },
            Receipt = a is { Receipt: ReceiptState.FirstTry, ReceiptPending: null } ? ReceiptState.Due : a.Receipt,
        });
        for (var i = 0; i < work.State.Attempts.Length; i++)
        {
            var a = work.State.Attempts[i];
            if ((a.Ending is null && a.Existence == Existence.Uncertain) || a.Capture is not null || a.Refund is not null)
                StartCertain(work, i, a);
            if (a.FinalReadDue)
                work.Add(new Effect.StartTimer(TimerKind.FinalRead, a.Reference, work.Policy.CertainAfter));
        }
    }

    // One that has ended is read when its timer says that a 404 is proof: not before.
    private static bool NeedsReading(Attempt a) => a.Ending is null || !a.Over || a.Refund is not null || (a.Undo && a.Captured > a.Refunded);

    private static void WithdrawReceipts(Work work)
    {
        foreach (var a in work.State.Attempts)
        {
            if (a.ReceiptPending is { } pending)
                work.Add(new Effect.Withdraw(pending.Id));
        }
    }
}
