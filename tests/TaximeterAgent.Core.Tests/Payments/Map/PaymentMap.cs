using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Tests.Payments.Map;

/// <summary>
/// Walks through everything that can happen to a fare and writes down which state follows which: the state machine as the code has it, for docs/payments.md. States that
/// differ only in numbers are one.
/// </summary>
internal sealed class PaymentMap(bool byCode)
{
    private const long Total = 34_500;
    private static readonly DateTimeOffset s_noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly PaymentPolicy _policy = new() { Prefix = "taxi", Car = "NO-4711", SalesUnit = new SalesUnit("https://api.vipps.no", "123456") };
    private readonly HashSet<string> _known = [];
    private readonly Queue<TripState> _open = new();
    private int _inputs;

    /// <summary>Each step once: from, what happens, to, the next call, what the meter is told.</summary>
    public SortedSet<Step> Steps { get; } = [];

    /// <summary>A step of the map.</summary>
    internal sealed record Step(string From, string What, string To, string NextCall, string Told) : IComparable<Step>
    {
        public int CompareTo(Step? other) => string.CompareOrdinal(Key, other?.Key);

        private string Key => $"{Places.Order(From):00}|{From}|{What}|{To}|{NextCall}|{Told}";
    }

    /// <param name="byCode">The driver asks for a code on paper, never for a number.</param>
    public static PaymentMap Walk(bool byCode = false)
    {
        var map = new PaymentMap(byCode);
        var trip = new TripId("NO-4711", "1042", "2026-11-03T11:36:00Z");
        var nok = (long amount) => new Money(amount, Currency.NOK);
        var fare = new Fare(trip, nok(Total), nok(31_000), nok(3_500), nok(0), 1_200, 1_200) { Finish = "2026-11-03T12:00:00Z" };
        map.Enter(map.Take(new TripState(), (at, id) => new Input.FareReceived(fare) { At = at, Id = id }));
        var guard = 0;
        while (map._open.TryDequeue(out var state))
        {
            if (++guard > 5_000)
                throw new InvalidOperationException("The map does not close.");
            map.From(state);
        }

        return map;
    }

    private void From(TripState state)
    {
        foreach (var (what, input) in Happenings(state))
        {
            var next = Take(state, input);
            var told = next.Word is { } word && word.Number != state.Word?.Number ? $"{word.Kind.ToString().ToUpperInvariant()}{(word.Reason is { } reason ? " " + reason.ToString().ToLowerInvariant() : "")}" : "";
            Steps.Add(new Step(Places.Of(state), what, Places.Of(next), Call(next), told));
            Enter(next);
        }
    }

    private void Enter(TripState state)
    {
        var a = state.Attempts.LastOrDefault();
        // Enough to tell apart what goes on differently; three attempts say as much as ninety.
        var key = $"{Places.Of(state)}|{Call(state)}|{a?.TooOld}|{a?.Certain}|{a?.Withdraw}|{a?.Undo}|{a?.Uncapturable}|{a?.Capture?.Unknown}|{a?.Refund?.Unknown}|{a?.Captured}|{state.OtherWay}|{state.Settled}|{state.Word?.Kind}|{state.Wish is not null}";
        if (state.Attempts.Length <= 2 && _known.Add(key))
            _open.Enqueue(state);
    }

    private TripState Take(TripState state, Func<DateTimeOffset, string, Input> input)
    {
        var decision = TripPayment.Decide(state, input(s_noon, $"in{++_inputs}"), _policy);
        state = decision.State;
        // Nothing is on its way here: what is taken back comes back, and a receipt is posted at once.
        foreach (var withdraw in decision.Effects.OfType<Effect.Withdraw>())
        {
            if (state.Attempts.FirstOrDefault(a => a.Pending?.Id == withdraw.OperationId) is { } a)
                state = Take(state, (at, id) => new Input.Tried(a.Pending!.Id, a.Pending.Kind, a.Reference, new TryOutcome.Withdrawn()) { At = at, Id = id });
        }

        while (state.Attempts.FirstOrDefault(a => a.ReceiptPending is not null) is { } due)
            state = Take(state, (at, id) => new Input.Tried(due.ReceiptPending!.Id, OperationKind.PostReceipt, due.Reference, new TryOutcome.Done()) { At = at, Id = id });
        return state;
    }

    private static string Call(TripState state) => state.Attempts.LastOrDefault(a => a.Pending is not null)?.Pending?.Kind switch
    {
        OperationKind.Create => "create",
        OperationKind.Query => "get",
        OperationKind.Capture => "capture",
        OperationKind.Cancel => "cancel",
        OperationKind.CancelUnapproved => "cancel, only if not approved",
        OperationKind.Refund => "refund",
        _ => "",
    };

    private IEnumerable<(string What, Func<DateTimeOffset, string, Input> Input)> Happenings(TripState state)
    {
        PhoneNumber.TryFromMsisdn("4791234567", out var phone);
        if (state.Unpaid && state.Question == Question.None)
        {
            yield return ("driver: number confirmed", (at, id) => byCode ? new Input.CodeChosen { At = at, Id = id } : new Input.NumberConfirmed(phone) { At = at, Id = id });
            yield return ("driver: other way to pay", (at, id) => new Input.OtherWayChosen { At = at, Id = id });
        }

        if (state.Question != Question.None)
        {
            yield return ("driver: let it stand", (at, id) => new Input.LetStand { At = at, Id = id });
            yield return ("driver: undo", (at, id) => new Input.UndoChosen { At = at, Id = id });
            yield return ("nobody answers", (at, id) => new Input.Due(TimerKind.Choice, null) { At = at, Id = id });
        }

        if (state.Settled != SettledBy.Void)
            yield return ("meter: VOID", (at, id) => new Input.Voided(state.Trip, null) { At = at, Id = id });
        if (state.Word?.Kind == WordKind.Paid && state.RefundTarget == 0)
            yield return ("technician: refund all", (at, id) => new Input.RefundOrdered(Total) { At = at, Id = id });
        if (!state.IsResolved)
            yield return ("technician: paid otherwise", (at, id) => new Input.Resolved { At = at, Id = id });
        if (state.Attempts.LastOrDefault() is not { } a)
            yield break;
        yield return ("the agent starts again", (at, id) => new Input.Restarted { At = at, Id = id });
        if (a is { Ending: null, Existence: Existence.Unsent or Existence.Uncertain, TooOld: false })
            yield return ("waited too long", (at, id) => new Input.Due(TimerKind.OfflineTooLong, null) { At = at, Id = id });
        if (a is { Ending: null, Existence: Existence.Uncertain, Certain: false })
            yield return ("a 404 is proof from now on", (at, id) => new Input.Due(TimerKind.Certain, a.Reference) { At = at, Id = id });
        if (a.Pending is not { } pending)
            yield break;
        foreach (var (what, outcome) in Outcomes(a, pending.Kind))
            yield return (what, (at, id) => new Input.Tried(pending.Id, pending.Kind, a.Reference, outcome) { At = at, Id = id });
    }

    private IEnumerable<(string What, TryOutcome Outcome)> Outcomes(Attempt a, OperationKind kind)
    {
        var unknown = ("outcome unknown", (TryOutcome)new TryOutcome.Unknown());
        switch (kind)
        {
            case OperationKind.Create:
                yield return ("create: 201", new TryOutcome.Done(byCode ? "https://qr.example/1" : null));
                yield return ("create: not sent", new TryOutcome.NotSent());
                yield return ("create: " + unknown.Item1, unknown.Item2);
                yield return ("create: customer not found (7010)", new TryOutcome.Refused(Refusal.CustomerUnknown, "7010"));
                yield return ("create: not set up (5080)", new TryOutcome.Refused(Refusal.NotSetUp, "5080"));
                yield return ("create: reference exists (4150)", new TryOutcome.Refused(Refusal.Exists, "4150"));
                break;
            case OperationKind.Query:
                if (a.Existence != Existence.Exists)
                    yield return ("get: 404", new TryOutcome.Refused(Refusal.NotFound, "404"));
                foreach (var reading in Readings(a))
                    yield return ("get: " + Words(reading), new TryOutcome.Read(reading));
                break;
            case OperationKind.Capture:
                yield return ("capture: done", new TryOutcome.Read(Read(PaymentState.Authorized, Total, captured: Total)));
                yield return ("capture: " + unknown.Item1, unknown.Item2);
                yield return ("capture: busy (423)", new TryOutcome.Refused(Refusal.Busy, "423"));
                yield return ("capture: too late (6100)", new TryOutcome.Refused(Refusal.CaptureTooLate, "6100"));
                break;
            case OperationKind.CancelUnapproved:
                yield return ("cancel: TERMINATED", new TryOutcome.Read(Read(PaymentState.Terminated, 0)));
                yield return ("cancel: approved meanwhile (6060)", new TryOutcome.Refused(Refusal.Approved, "6060"));
                yield return ("cancel: " + unknown.Item1, unknown.Item2);
                break;
            case OperationKind.Cancel:
                yield return ("cancel: released", new TryOutcome.Read(Read(PaymentState.Authorized, Total, cancelled: Total)));
                yield return ("cancel: " + unknown.Item1, unknown.Item2);
                break;
            case OperationKind.Refund:
                yield return ("refund: done", new TryOutcome.Read(Read(PaymentState.Authorized, Total, captured: Total, refunded: Total)));
                yield return ("refund: " + unknown.Item1, unknown.Item2);
                yield return ("refund: not possible (6150)", new TryOutcome.Refused(Refusal.RefundImpossible, "6150"));
                break;
        }
    }

    // What the service can say, given what it has said.
    private IEnumerable<PaymentReading> Readings(Attempt a)
    {
        if (a.State is PaymentState.None or PaymentState.Created)
        {
            yield return Read(PaymentState.Created, 0);
            yield return Read(PaymentState.Authorized, Total);
            yield return Read(PaymentState.Aborted, 0);
            yield return Read(PaymentState.Expired, 0);
            yield break;
        }

        yield return Read(a.State, a.Authorized, a.Captured, a.Cancelled, a.Refunded);
        if (a.Capture is not null && a.Captured == 0 && a.Remaining > 0)
            yield return Read(PaymentState.Authorized, Total, captured: Total);
        if (a.Refund is not null && a.Refunded == 0)
            yield return Read(PaymentState.Authorized, Total, captured: Total, refunded: Total);
        if (a.Undo && a.Remaining > 0 && a.Captured == 0)
            yield return Read(PaymentState.Authorized, Total, cancelled: Total);
    }

    private PaymentReading Read(PaymentState state, long authorized, long captured = 0, long cancelled = 0, long refunded = 0) => new()
    {
        State = state,
        Amount = Total,
        Currency = "NOK",
        Authorized = authorized,
        Captured = captured,
        Cancelled = cancelled,
        Refunded = refunded,
        Link = byCode ? "https://qr.example/1" : null,
        Trip = "NO-4711/1042/2026-11-03T11:36:00Z",
        Car = "NO-4711",
    };

    private static string Words(PaymentReading reading) =>
        reading.State.ToString().ToUpperInvariant()
        + (reading.Refunded > 0 ? ", refunded" : reading.Captured > 0 ? ", captured" : reading.Cancelled > 0 ? ", released" : "");
}
