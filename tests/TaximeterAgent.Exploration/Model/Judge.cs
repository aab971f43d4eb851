using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>What must be true of every world. It sees the agent's state and the service's ledger side by side, as nobody in the car can.</summary>
internal static class Judge
{
    /// <summary>An operation is planned: for the first time, or again.</summary>
    public static void Beginning(World w, Operation operation, bool again = false)
    {
        var kind = operation.Kind;
        if (w.HoldSaid || w.GiveUpSaid)
            throw new Violation(Broken.Rule, $"{kind} of {operation.Reference} is begun although a technician holds the trip, or has given it up");
        if (kind == OperationKind.Capture && w.State.Settled != SettledBy.Nobody)
            throw new Violation(Broken.Double, $"a capture of {operation.Reference} is begun although the fare was settled otherwise");
        if (w.State.Orphan is not null && kind is OperationKind.Create or OperationKind.Capture or OperationKind.Refund or OperationKind.PostReceipt)
            throw new Violation(Broken.Double, $"{kind} of {operation.Reference} is begun, and neither fare nor order has named it");
        if (kind == OperationKind.Cancel && w.Attempt(operation.Reference) is not { State: PaymentState.Authorized })
            throw new Violation(Broken.Untrue, $"a cancel of {operation.Reference} that takes no heed of an approval, and it was not read as approved");
        if (kind == OperationKind.PostReceipt)
            return;
        foreach (var other in w.Calls)
        {
            if (other.Operation.Reference != operation.Reference || other.Operation.Kind == OperationKind.PostReceipt)
                continue;
            if (other.Stage != Stage.Resting && !other.Forgotten)
                throw new Violation(Broken.Rule, $"{kind} of {operation.Reference} is begun while {other.Operation.Kind} is under way");
            if (!again && kind is OperationKind.Capture or OperationKind.Refund && other.Operation.Kind == kind)
                throw new Violation(Broken.Double, $"a new key for a {kind} of {operation.Reference} while {other.Operation.Id} is not finished");
        }
    }

    /// <summary>An operation leaves the car.</summary>
    public static void Sending(World w, Operation operation)
    {
        var kind = operation.Kind;
        if (kind is OperationKind.Create or OperationKind.Capture && w.State.Word is { Kind: WordKind.Unpaid } && !w.Asked)
            throw new Violation(Broken.Untrue, $"a {kind} of {operation.Reference} is sent after UNPAID, and the driver has not asked for it");
        if (kind == OperationKind.Capture && w.State.Settled != SettledBy.Nobody)
            throw new Violation(Broken.Double, $"a capture of {operation.Reference} is sent although the fare was settled otherwise");
        if (kind is not (OperationKind.Capture or OperationKind.Refund))
            return;
        foreach (var letter in w.Letters)
        {
            var other = letter.Operation;
            if (other.Reference == operation.Reference && other.Kind == kind && other.Id != operation.Id && CanChangeSomething(w, other))
                throw new Violation(Broken.Double, $"a {kind} of {operation.Reference} is sent under a new key while {other.Id} can still arrive");
        }
    }

    /// <summary>The service has done something.</summary>
    public static void AfterService(World w, Scenario scenario)
    {
        var live = 0;
        var kept = 0L;
        var captured = 0L;
        foreach (var p in w.Payments)
        {
            live += p.Live ? 1 : 0;
            kept += p.Captured - p.Refunded;
            captured += p.Captured;
        }

        if (live > 1)
            throw new Violation(Broken.Double, "two payments that can be approved or captured at once");
        var due = w.FareSaid || scenario.Probe ? scenario.Total ?? 0 : 0;
        if (kept > due)
            throw new Violation(Broken.Double, $"{kept} is kept of {due}");
        foreach (var p in w.Payments)
        {
            if (p is not { State: PaymentState.Authorized, Cancelled: > 0 } || w.Attempt(p.Reference) is not { } a || a.Existence == Existence.Probing)
                continue;
            if (a.State is PaymentState.None or PaymentState.Created)
                throw new Violation(Broken.Untrue, $"{p.Reference} was released after its approval, and the agent had not read that it was approved");
            if (!a.Undo && !w.ReleaseSent && w.State is { Fare: { } fare, Settled: SettledBy.Nobody } && captured < fare.Total.MinorUnits)
                throw new Violation(Broken.Rule, $"{p.Reference} was released with {captured} captured of {fare.Total.MinorUnits}");
        }
    }

    /// <summary>An input was taken and its effects carried out.</summary>
    public static void AfterInput(World w, TripState before, Scenario scenario)
    {
        if (w.State.Stopped is { } why)
            throw new Violation(Broken.Rule, $"the trip has stopped: {why}");
        foreach (var a in w.State.Attempts)
            Believes(w, a);
        if (w.State.Word is { } word && (before.Word is null || word.Number != before.Word.Number))
            Says(w, word, before.Word, scenario);
    }

    /// <summary>The agent has started and knows what is on its disk.</summary>
    public static void AfterStart(World w)
    {
        if (w.FareSaid && w.State.Fare is null)
            throw new Violation(Broken.Lost, "the fare was acknowledged and is in no store");
        if (w.VoidSaid && w.State.Settled != SettledBy.Void)
            throw new Violation(Broken.Lost, "the VOID was acknowledged and is in no store");
        if (w.ResolveSaid && w.State is { Settled: SettledBy.Nobody or SettledBy.Cash, ReservationEnd: ReservationEnd.None })
            throw new Violation(Broken.Lost, "a technician was answered that the trip is resolved, and that is in no store");
        if (w.HoldSaid != w.State.Held || w.GiveUpSaid != w.State.GivenUp)
            throw new Violation(Broken.Lost, "a technician was answered that the trip is held, released or given up, and that is in no store");
        if (w.OrphanSaid && w.State is { Orphan: null, Trip: null })
            throw new Violation(Broken.Lost, "somebody's word of a payment that no trip has was taken and is in no store");
        if (w.BookingSaid && w.State.Booking is null)
            throw new Violation(Broken.Lost, "the booking was acknowledged and is in no store");
    }

    /// <summary>A step is over.</summary>
    public static void AfterStep(World w, Scenario scenario)
    {
        if (w.HoldSaid || w.GiveUpSaid)
            NothingIsPlanned(w);
        // A person was told what is left, and has taken it.
        if (w.GiveUpSaid)
            return;
        if (w.State.Busy || !Begun(w))
            return;
        foreach (var p in w.Payments)
        {
            if (p.Live)
                throw new Violation(Broken.Stranded, $"{p.Reference} is {p.State} with {p.Remaining} left, and nobody is going to do anything about it");
        }

        foreach (var letter in w.Letters)
        {
            if (CanChangeSomething(w, letter.Operation))
                throw new Violation(Broken.Stranded, $"{letter.Operation.Kind} of {letter.Operation.Reference} can still arrive, and nobody is going to look");
        }

        if (EndOf(w) == End.Closed)
            Closed(w, scenario);
    }

    private static void NothingIsPlanned(World w)
    {
        foreach (var call in w.Calls)
        {
            if (call.Stage == Stage.Planned)
                throw new Violation(Broken.Rule, $"{call.Operation.Kind} of {call.Operation.Reference} is going to be sent although a technician holds the trip, or has given it up");
        }
    }

    /// <summary>What kind of end a world is, if it is one.</summary>
    public static End EndOf(World w)
    {
        var state = w.State;
        if (!Begun(w))
            return End.NotBegun;
        if (!w.Letters.IsEmpty)
            return End.None;
        foreach (var call in w.Calls)
        {
            if (call.Stage != Stage.Resting)
                return End.None;
        }

        if (state.Held)
            return End.Held;
        if (state.GivenUp && !state.Busy)
            return End.Technician;
        if (state.RefundRefused && state.Word is not { Acknowledged: false })
            return End.Technician;
        if (state.Busy)
            return End.None;
        if (state.Orphan is not null || state.Settled == SettledBy.Void || state.Word is not null || (state.Fare is null && state.ReservationEnd != ReservationEnd.None))
            return End.Closed;
        return state.Unpaid ? End.DriversTurn : End.None;
    }

    private static bool Begun(World w) => w.FareSaid || w.VoidSaid || w.BookingSaid || w.BookingVoidSaid || w.OrphanSaid;

    private static void Believes(World w, Attempt a)
    {
        var p = w.Payment(a.Reference);
        if (a.Existence == Existence.Exists && p is null)
            throw new Violation(Broken.Untrue, $"{a.Reference} is taken for made, and it is not");
        if (p is null)
            return;
        if (a.State is not (PaymentState.None or PaymentState.Created) && p.State != a.State)
            throw new Violation(Broken.Untrue, $"{a.Reference} is taken for {a.State}, and it is {p.State}");
        if (a.Authorized > p.Authorized || a.Captured > p.Captured || a.Cancelled > p.Cancelled || a.Refunded > p.Refunded)
            throw new Violation(
                Broken.Untrue,
                $"{a.Reference} is taken for authorized {a.Authorized}, captured {a.Captured}, cancelled {a.Cancelled}, refunded {a.Refunded}; it is {p.Authorized}, {p.Captured}, {p.Cancelled}, {p.Refunded}");
    }

    private static void Says(World w, Word word, Word? before, Scenario scenario)
    {
        var captured = 0L;
        var refunded = 0L;
        foreach (var p in w.Payments)
        {
            captured += p.Captured;
            refunded += p.Refunded;
        }

        switch (word.Kind)
        {
            case WordKind.Unpaid:
                foreach (var p in w.Payments)
                {
                    if (p.Live)
                        throw new Violation(Broken.Untrue, $"UNPAID is said while {p.Reference} can still be approved or captured");
                }

                foreach (var letter in w.Letters)
                {
                    if (letter.Operation.Kind != OperationKind.Refund && CanChangeSomething(w, letter.Operation))
                        throw new Violation(Broken.Untrue, $"UNPAID is said while {letter.Operation.Kind} of {letter.Operation.Reference} can still arrive");
                }

                if (word.Amount + word.Due != scenario.Total)
                    throw new Violation(Broken.Untrue, $"UNPAID says {word.Amount} and {word.Due} of {scenario.Total}");
                w.Asked = false;
                break;
            case WordKind.Paid:
                if (before is { Kind: WordKind.Unpaid } && !w.Asked)
                    throw new Violation(Broken.Untrue, "PAID is said after UNPAID, and the driver has not asked for it");
                if (word.Amount != scenario.Total || captured < word.Amount || w.State.Settled != SettledBy.Nobody)
                    throw new Violation(Broken.Untrue, $"PAID {word.Amount} is said of {scenario.Total}, captured is {captured}, settled by {w.State.Settled}");
                break;
            default:
                if (word.Amount > refunded)
                    throw new Violation(Broken.Untrue, $"REFUNDED {word.Amount} is said, refunded is {refunded}");
                break;
        }
    }

    private static void Closed(World w, Scenario scenario)
    {
        var state = w.State;
        var kept = 0L;
        var refunded = 0L;
        foreach (var p in w.Payments)
        {
            kept += p.Captured - p.Refunded;
            refunded += p.Refunded;
            if (p.Captured > 0 && p.Receipt != p.Captured && state.Fare is not null && w.Attempt(p.Reference) is not { Receipt: ReceiptState.Refused })
                throw new Violation(Broken.Stuck, $"{p.Reference}: captured {p.Captured}, receipt {p.Receipt}");
        }

        if (state.Orphan is not null)
        {
            if (kept != w.KeptEarlier)
                throw new Violation(Broken.Double, $"closed without anybody's having named it, {kept} is kept, and {w.KeptEarlier} was before");
            return;
        }

        if (state.Settled == SettledBy.Void && !scenario.Policy.AskOnVoidAfterCapture && kept > 0)
            throw new Violation(Broken.Double, $"closed after VOID, and {kept} is kept");
        if (state.Settled == SettledBy.Otherwise && kept > 0)
            throw new Violation(Broken.Double, $"closed as paid otherwise, and {kept} is kept");
        if (state.Fare is null && kept > 0)
            throw new Violation(Broken.Double, $"closed without fare, and {kept} is kept");
        if (state.Fare is null || state.Settled == SettledBy.Void)
            return;
        switch (state.Word)
        {
            case null:
                throw new Violation(Broken.Lost, "closed, and nothing was said of the fare");
            case { Kind: WordKind.Paid } paid when kept != paid.Amount:
                throw new Violation(Broken.Untrue, $"closed with PAID {paid.Amount}, and {kept} is kept");
            case { Kind: WordKind.Unpaid } unpaid when kept != unpaid.Amount && state.RefundTarget == 0:
                throw new Violation(Broken.Untrue, $"closed with UNPAID and {unpaid.Amount} paid, and {kept} is kept");
            case { Kind: WordKind.Refunded } word when word.Amount != refunded:
                throw new Violation(Broken.Untrue, $"closed with REFUNDED {word.Amount}, and {refunded} is refunded");
        }
    }

    // A create of a payment that is there, or a call whose key the service knows, changes nothing when it arrives.
    private static bool CanChangeSomething(World w, Operation operation)
    {
        foreach (var key in w.Keys)
        {
            if (key.Key == operation.Id && key.Reference == operation.Reference)
                return false;
        }

        return operation.Kind switch
        {
            OperationKind.Create => w.Payment(operation.Reference) is null,
            OperationKind.Capture => w.Payment(operation.Reference) is { Remaining: > 0 },
            OperationKind.Refund => w.Payment(operation.Reference) is { } p && p.Captured > p.Refunded,
            _ => false,
        };
    }
}

/// <summary>Where a world can come to rest.</summary>
internal enum End
{
    None,

    /// <summary>Nobody has said anything yet.</summary>
    NotBegun,

    /// <summary>Everything is done and said.</summary>
    Closed,

    /// <summary>Nothing of ours is out there, and the driver has the next move.</summary>
    DriversTurn,

    /// <summary>A technician holds the trip, and can release it.</summary>
    Held,

    /// <summary>The service refuses a refund: a technician was told and can order it again.</summary>
    Technician,
}
