using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>Everything that can happen next in a world, always in the same order.</summary>
internal static class Steps
{
    public static void Of(World w, Scenario s, List<Step> steps)
    {
        steps.Clear();
        OfNetwork(w, s, steps);
        OfTime(w, steps);
        OfService(w, s, steps);
        OfMeter(w, s, steps);
        OfPeople(w, s, steps);
        OfPower(w, steps);
    }

    private static void OfNetwork(World w, Scenario s, List<Step> steps)
    {
        for (var i = 0; i < w.Calls.Length; i++)
        {
            var call = w.Calls[i];
            var kind = call.Operation.Kind;
            if (call.Stage == Stage.Resting || (call.Stage == Stage.Planned && w.IsOnItsWay(call.Operation.Reference)))
                continue;
            // A receipt is never taken back, so that whether it has left already makes no difference to the agent: sending it and hearing of it are one step.
            if (call.Stage == Stage.Planned && kind != OperationKind.PostReceipt)
            {
                steps.Add(new Step(StepKind.Send, i));
                continue;
            }

            steps.Add(new Step(StepKind.Answered, i));
            if (w.Losses > 0)
            {
                steps.Add(new Step(StepKind.RequestLost, i));
                steps.Add(new Step(StepKind.NotSent, i));
                if (s.NoRoomToWait && kind == OperationKind.Create)
                    steps.Add(new Step(StepKind.NotSent, i, 1));
                // A lost reading is lost, whichever way it was on.
                if (kind != OperationKind.Query)
                    steps.Add(new Step(StepKind.AnswerLost, i));
                if (kind is not (OperationKind.Query or OperationKind.PostReceipt))
                    steps.Add(new Step(StepKind.GivenUp, i));
            }

            if (w.Refusals > 0)
                OfRefusals(w, s, i, call.Operation, steps);
        }

        for (var i = 0; i < w.Letters.Length; i++)
        {
            steps.Add(new Step(StepKind.Arrives, i));
            steps.Add(new Step(StepKind.Vanishes, i));
        }
    }

    private static void OfRefusals(World w, Scenario s, int index, Operation operation, List<Step> steps)
    {
        for (var r = 0; r < s.RefusalKinds.Length; r++)
        {
            var (kind, refusal) = s.RefusalKinds[r];
            if (kind != operation.Kind || !Makes(w, operation, refusal))
                continue;
            steps.Add(new Step(StepKind.Refused, index, r));
            if (s.RefusalsAreRemembered && operation.MovesMoney && refusal is not (Refusal.TooFast or Refusal.TryAgain or Refusal.FundsUnavailable) && !IsRemembered(w, operation))
                steps.Add(new Step(StepKind.RefusedAndRemembered, index, r));
        }
    }

    // Refusals that the service can have a reason for.
    private static bool Makes(World w, Operation operation, Refusal refusal) => refusal switch
    {
        Refusal.MustCaptureInFull => w.Payment(operation.Reference) is { } p && operation.Amount!.Value.MinorUnits < p.Authorized,
        // That a payment is not found proves nothing only where the agent knows that it does not.
        Refusal.NotFound => w.Attempt(operation.Reference) is { Existence: Existence.Exists },
        Refusal.CustomerUnknown or Refusal.NotSetUp => w.Payment(operation.Reference) is null,
        _ => true,
    };

    private static bool IsRemembered(World w, Operation operation)
    {
        foreach (var key in w.Keys)
        {
            if (key.Key == operation.Id)
                return true;
        }

        return false;
    }

    private static void OfTime(World w, List<Step> steps)
    {
        for (var i = 0; i < w.Timers.Length; i++)
        {
            if (CanEnd(w, w.Timers[i]))
                steps.Add(new Step(StepKind.TimerEnds, i));
        }
    }

    // The one thing that time forbids: a request that was sent before this timer was started arrives before it ends, or never.
    private static bool CanEnd(World w, RunningTimer timer)
    {
        if (timer.Kind is not (TimerKind.Certain or TimerKind.FinalRead))
            return true;
        foreach (var letter in w.Letters)
        {
            if (letter.BeforeTimer && letter.Operation.Reference == timer.Reference)
                return false;
        }

        return true;
    }

    private static void OfService(World w, Scenario s, List<Step> steps)
    {
        for (var i = 0; i < w.Payments.Length; i++)
        {
            var p = w.Payments[i];
            if (p.State == PaymentState.Created)
            {
                steps.Add(new Step(StepKind.CustomerApproves, i));
                steps.Add(new Step(StepKind.CustomerRefuses, i));
                steps.Add(new Step(StepKind.RequestExpires, i));
            }

            if (s.GuaranteeEnds && p is { State: PaymentState.Authorized, Gone: false, Remaining: > 0 })
                steps.Add(p.Late ? new Step(StepKind.BankLetsGo, i) : new Step(StepKind.GuaranteeEnds, i));
        }

        // They live longer than a request may take, and than a try that was decided upon may wait for its turn.
        if (s.KeysAreForgotten && w.Letters.IsEmpty && !w.Keys.IsEmpty && !IsMoneyUnderWay(w))
            steps.Add(new Step(StepKind.KeysForgotten));
        // Once its trip is known, a hint is one of that trip's.
        if (s.Orphaned && !w.OrphanSaid && !HasBegun(w))
            steps.Add(new Step(StepKind.OrphanHint));
        if (!s.Hints)
            return;
        for (var i = 0; i < w.State.Attempts.Length; i++)
            steps.Add(new Step(StepKind.Hint, i));
    }

    private static bool IsMoneyUnderWay(World w)
    {
        foreach (var call in w.Calls)
        {
            if (call.Stage != Stage.Resting && call.Operation.MovesMoney)
                return true;
        }

        return false;
    }

    private static void OfMeter(World w, Scenario s, List<Step> steps)
    {
        if (s.Booked && !w.BookingSaid && (w.FareSaid || !s.FareFirst))
            steps.Add(new Step(StepKind.Book));
        if (s.Total is not null && (w.BookingSaid || !s.Booked || s.FareFirst))
            steps.Add(new Step(w.FareSaid ? StepKind.FareAgain : StepKind.Fare));
        if (s.Voids && !w.VoidSaid && s.Total is not null)
            steps.Add(new Step(StepKind.Void));
        // Once its fare has come, a booking cannot be voided any more: the meter's desk says so.
        if (s.Voids && s.Booked && !w.BookingVoidSaid && !w.FareSaid)
            steps.Add(new Step(StepKind.VoidBooking));
        // What the meter has heard decides only whether a trip that is done otherwise is done: until then it makes no difference when it hears it.
        if (w.State.Word is { Acknowledged: false } && IsQuiet(w))
            steps.Add(new Step(StepKind.WordAcknowledged));
    }

    private static bool IsQuiet(World w)
    {
        foreach (var call in w.Calls)
        {
            if (call.Stage != Stage.Resting)
                return false;
        }

        return w.Letters.IsEmpty;
    }

    // A key does what the screen offers: nobody can answer a question that is not asked.
    private static void OfPeople(World w, Scenario s, List<Step> steps)
    {
        var state = w.State;
        if (state.Question != Question.None)
        {
            steps.Add(new Step(StepKind.LetStand));
            steps.Add(new Step(StepKind.Undo));
        }
        else if (state.Unpaid)
        {
            if (s.DriverAsks && Requests(state) < s.Attempts)
            {
                steps.Add(new Step(StepKind.Number));
                if (s.OtherNumber)
                    steps.Add(new Step(StepKind.OtherNumber));
                if (state.Phone is not null)
                    steps.Add(new Step(StepKind.SendAgain));
            }

            if (s.DriverTakesOtherWay)
                steps.Add(new Step(StepKind.OtherWay));
        }

        var captured = 0L;
        foreach (var attempt in state.Attempts)
            captured += attempt.Captured;
        if (state.Held)
            steps.Add(new Step(StepKind.Release));
        else if (w.Holds > 0 && (state.Busy || state.Unpaid) && !state.GivenUp && HasBegun(w))
            steps.Add(new Step(StepKind.Hold));
        if (w.Resolves > 0 && !state.IsResolved && HasBegun(w))
            steps.Add(new Step(StepKind.Resolve));
        if (s.Resolves > 0 && state.CanBeGivenUp)
            steps.Add(new Step(StepKind.GiveUp));
        for (var i = 0; i < s.Refunds.Length; i++)
        {
            if (s.Refunds[i] <= captured && (s.Refunds[i] > state.RefundTarget || state.RefundRefused))
                steps.Add(new Step(StepKind.Refund, i));
        }
    }

    private static bool HasBegun(World w) => w.FareSaid || w.BookingSaid || w.VoidSaid;

    private static int Requests(TripState state)
    {
        var requests = 0;
        foreach (var attempt in state.Attempts)
            requests += attempt.Kind == AttemptKind.Request ? 1 : 0;
        return requests;
    }

    private static void OfPower(World w, List<Step> steps)
    {
        if (w.Crashes == 0 || (w.State.Fare is null && w.State.Booking is null && w.State.Trip is null && w.State.Orphan is null && w.State.ReservationEnd == ReservationEnd.None))
            return;
        var receipt = false;
        foreach (var call in w.Calls)
            receipt |= call is { Stage: Stage.Planned, Operation.Kind: OperationKind.PostReceipt } && !w.IsOnItsWay(call.Operation.Reference);
        var unsynced = !ReferenceEquals(w.Disk.State, w.State);
        steps.Add(new Step(StepKind.Crash));
        if (unsynced)
            steps.Add(new Step(StepKind.Crash, 1));
        if (!receipt)
            return;
        steps.Add(new Step(StepKind.Crash, 0, 1));
        if (unsynced)
            steps.Add(new Step(StepKind.Crash, 1, 1));
    }
}
