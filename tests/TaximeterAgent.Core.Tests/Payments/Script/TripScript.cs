using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Tests.Payments.Script;

/// <summary>What becomes of one try on its way.</summary>
public enum Fate
{
    /// <summary>Arrives, and its answer comes back.</summary>
    Healthy,

    /// <summary>No network: provably not sent.</summary>
    NotSent,

    /// <summary>Lost before the server; nobody knows.</summary>
    RequestLost,

    /// <summary>The server has acted; the answer is lost.</summary>
    AnswerLost,

    /// <summary>Given up; arrives at the server a little later.</summary>
    ArrivesLate,
}

/// <summary>
/// One trip in a world of virtual time: keeps the state, feeds inputs to <see cref="TripPayment"/>, does what its effects say against a
/// <see cref="PaymentServer"/>, and watches the rules of money at every step.
/// </summary>
internal sealed class TripScript
{
    public const string Phone1 = "4791234567";
    public const string Phone2 = "4741234567";
    public static readonly TripId Trip = new("NO-4711", "1042", "2026-11-20T10:00:00Z");
    public static readonly SalesUnit Unit = new("https://example.test", "123456");

    private const int EventMaximum = 20_000;
    private static readonly TimeSpan s_requestLife = TimeSpan.FromMinutes(10);

    private readonly List<(DateTimeOffset At, long Order, Action Do)> _events = [];
    private readonly Dictionary<string, Stored> _operations = [];
    private readonly Dictionary<(TimerKind Kind, Reference? Reference), DateTimeOffset> _timers = [];
    private readonly Queue<Input> _inputs = [];
    private readonly Queue<(OperationKind Kind, Fate Fate)> _fates = [];
    private long _order;
    private int _inputCount;
    private int _epoch;
    private readonly List<Operation> _late = [];
    private bool _asked;
    private bool _feeding;

    public TripScript(PaymentPolicy? policy = null, PaymentServer? server = null)
    {
        Policy = policy ?? new PaymentPolicy { Prefix = "taxi", Car = "NO4711", SalesUnit = Unit };
        Server = server ?? new PaymentServer();
    }

    public TripState State { get; private set; } = new();

    public PaymentPolicy Policy { get; set; }

    public PaymentServer Server { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 20, 10, 25, 0, TimeSpan.Zero);

    /// <summary>What the customer does, and how long it takes, for each payment that is made.</summary>
    public Func<ServerPayment, (Customer Customer, TimeSpan After)> Customers { get; set; } = _ => (Customer.Approves, TimeSpan.FromSeconds(20));

    /// <summary>What becomes of a try for which nothing was set by <see cref="Next"/>.</summary>
    public Func<Operation, Fate> Network { get; set; } = _ => Fate.Healthy;

    /// <summary>How long an answer takes.</summary>
    public Func<TimeSpan> Latency { get; set; } = () => TimeSpan.FromMilliseconds(200);

    /// <summary>Restart the agent after this many inputs; for tests that try every moment.</summary>
    public int? RestartAfterInput { get; set; }

    /// <summary>Every input and effect in order.</summary>
    public List<string> Log { get; } = [];

    public List<AlarmKind> Alarms { get; } = [];

    /// <summary>Everything that was ever sent, in order.</summary>
    public List<Operation> Sent { get; } = [];

    /// <summary>Every result for the meter, in order.</summary>
    public List<Word> Words { get; } = [];

    public int Inputs => _inputCount;

    public Word LastWord => Words[^1];

    public static PhoneNumber Phone(string msisdn = Phone1) => PhoneNumber.TryFromMsisdn(msisdn, out var number) ? number : throw new ArgumentException(msisdn);

    public static Fare MakeFare(long total = 34_500, string? phone = Phone1, string? booking = null, Currency currency = Currency.NOK) =>
        new(Trip, new Money(total, currency), new Money(total, currency), Money.Zero(currency), Money.Zero(currency), 1_200, 1_200)
        {
            Finish = "2026-11-20T10:24:10Z",
            Phone = phone is null ? null : Phone(phone),
            Booking = booking,
        };

    public static Booking MakeBooking(long? maximum = 50_000, string phone = Phone1) =>
        new("B-1", Phone(phone), Currency.NOK, maximum is { } m ? new Money(m, Currency.NOK) : null);

    public int CountSent(OperationKind kind) => Sent.Count(o => o.Kind == kind);

    /// <summary>The next try of this kind fares so.</summary>
    public TripScript Next(OperationKind kind, Fate fate, int times = 1)
    {
        for (var i = 0; i < times; i++)
            _fates.Enqueue((kind, fate));
        return this;
    }

    public TripScript Fare(long total = 34_500, string? phone = Phone1, string? booking = null, bool probe = false, bool onlyOnRequest = false) =>
        Feed(new Input.FareReceived(MakeFare(total, phone, booking), onlyOnRequest, probe) { At = Now, Id = NewId() });

    public TripScript Book(long? maximum = 50_000, bool probe = false) => Feed(new Input.BookReceived(MakeBooking(maximum), probe) { At = Now, Id = NewId() });

    public TripScript Void(bool probe = false) => Feed(new Input.Voided(Trip, null, probe) { At = Now, Id = NewId() });

    public TripScript VoidBooking() => Feed(new Input.Voided(null, "B-1") { At = Now, Id = NewId() });

    public TripScript Number(string msisdn = Phone2) => Feed(new Input.NumberConfirmed(Phone(msisdn)) { At = Now, Id = NewId() });

    public TripScript Code() => Feed(new Input.CodeChosen { At = Now, Id = NewId() });

    public TripScript SendAgain() => Feed(new Input.SendAgain { At = Now, Id = NewId() });

    public TripScript OtherWay() => Feed(new Input.OtherWayChosen { At = Now, Id = NewId() });

    public TripScript LetStand() => Feed(new Input.LetStand { At = Now, Id = NewId() });

    public TripScript Undo() => Feed(new Input.UndoChosen { At = Now, Id = NewId() });

    public TripScript Refund(long total) => Feed(new Input.RefundOrdered(total) { At = Now, Id = NewId() });

    public TripScript Hold() => Feed(new Input.Held { At = Now, Id = NewId() });

    public TripScript Release() => Feed(new Input.Released { At = Now, Id = NewId() });

    public TripScript Resolve(bool giveUp = false) => Feed(new Input.Resolved(giveUp) { At = Now, Id = NewId() });

    public TripScript Hint(Reference reference) => Feed(new Input.PaymentHint(reference) { At = Now, Id = NewId() });

    /// <summary>Somebody tells of a payment of this car that the agent does not know.</summary>
    public TripScript Orphan(Reference? reference = null, AttemptKind kind = AttemptKind.Request, int number = 1) =>
        Feed(new Input.OrphanHinted(reference ?? Server.Payments[0].Reference, kind, number) { At = Now, Id = NewId() });

    public TripScript WordAnswered(string? refused = null) => Feed(new Input.WordAnswered(State.Word?.Number ?? 0, refused) { At = Now, Id = NewId() });

    /// <summary>The power is cut and comes back after <paramref name="off"/>: what was on its way is not heard of again; timers and stored operations are on disk.</summary>
    public TripScript Restart(TimeSpan off = default)
    {
        _epoch++;
        Advance(off);
        _inputs.Clear();
        // The host keeps only operations that the state still names.
        var named = State.Attempts.SelectMany(a => new[] { a.CreateId, a.Capture?.Id, a.Refund?.Id }).ToHashSet();
        foreach (var id in _operations.Keys.Where(id => !named.Contains(id)).ToArray())
            _operations.Remove(id);
        foreach (var stored in _operations.Values)
            stored.Rest();
        return Feed(new Input.Restarted { At = Now, Id = NewId() });
    }

    /// <summary>A new card in the board: nothing is stored any more, the payments are still there, and the meter sends its fare again.</summary>
    public TripScript NewStore()
    {
        _epoch++;
        _inputs.Clear();
        _operations.Clear();
        _timers.Clear();
        State = new TripState();
        return this;
    }

    /// <summary>An answer that the script's own server would not give.</summary>
    public TripScript Answered(OperationKind kind, TryOutcome outcome)
    {
        var stored = _operations.Values.Single(o => o.Operation.Kind == kind);
        stored.Rest();
        return AnswerNow(stored.Operation, outcome);
    }

    private TripScript AnswerNow(Operation operation, TryOutcome outcome)
    {
        Answer(operation, outcome);
        return this;
    }

    /// <summary>Lets time pass for the world outside; the agent is off.</summary>
    private void Advance(TimeSpan off)
    {
        var until = Now + off;
        while (NextEvent() is { } next && next.At <= until && next.Index >= 0)
            Do(next.Index);
        Now = until;
    }

    /// <summary>Everything that happens within <paramref name="span"/>.</summary>
    public TripScript Run(TimeSpan span)
    {
        var until = Now + span;
        for (var i = 0; i < EventMaximum; i++)
        {
            if (!StepUntil(until))
            {
                Now = until;
                return this;
            }
        }

        throw Fail($"more than {EventMaximum} events within {span}");
    }

    public TripScript RunMinutes(double minutes) => Run(TimeSpan.FromMinutes(minutes));

    /// <summary>Until nothing is left to happen; the meter acknowledges its results.</summary>
    public TripScript RunToTheEnd()
    {
        var until = Now + TimeSpan.FromDays(3);
        for (var i = 0; i < EventMaximum; i++)
        {
            if (State.Word is { Acknowledged: false })
                WordAnswered();
            else if (!StepUntil(until))
                return _events.Count + _timers.Count + _operations.Values.Count(o => o.DueAt is not null) == 0 ? this : throw Fail("not quiet after three days");
        }

        throw Fail($"more than {EventMaximum} events");
    }

    /// <summary>Runs until <paramref name="condition"/>, at most a day.</summary>
    public TripScript RunUntil(Func<TripScript, bool> condition)
    {
        var until = Now + TimeSpan.FromDays(1);
        for (var i = 0; i < EventMaximum && !condition(this); i++)
        {
            if (!StepUntil(until))
                break;
        }

        return condition(this) ? this : throw Fail("the condition was never met");
    }

    public TripScript RunUntilSent(OperationKind kind, int count = 1) => RunUntil(s => s.CountSent(kind) >= count);

    /// <summary>The next thing that happens; false if nothing is left.</summary>
    public bool Step() => StepUntil(DateTimeOffset.MaxValue);

    public TripScript Feed(Input input)
    {
        _inputs.Enqueue(input);
        if (_feeding)
            return this;
        _feeding = true;
        try
        {
            while (_inputs.TryDequeue(out var next))
                FeedOne(next);
        }
        finally
        {
            _feeding = false;
        }

        if (RestartAfterInput <= _inputCount)
        {
            RestartAfterInput = null;
            Restart();
        }

        return this;
    }

    /// <summary>At rest: what must be true of the server, the state and the meter's display.</summary>
    public TripScript AssertTruth()
    {
        if (State.Stopped is { } why)
            throw Fail($"stopped: {why}");
        foreach (var p in Server.Payments)
        {
            Require(p.State != PaymentState.Created, $"{p.Reference} is left CREATED");
            Require(p.Remaining == 0, $"{p.Reference} holds {p.Remaining} that is neither captured nor released");
            Require(p.Captured == 0 || p.Receipt == p.Captured, $"{p.Reference}: captured {p.Captured}, receipt {p.Receipt}");
        }

        var kept = Server.Kept;
        var refused = State.RefundRefused;
        if (State.Settled == SettledBy.Void && !Policy.AskOnVoidAfterCapture && !refused)
            Require(kept == 0, $"VOID, and {kept} kept");
        if (State.Settled == SettledBy.Otherwise && !refused && State.Orphan is null)
            Require(kept == 0, $"paid otherwise, and {kept} kept");
        if (State.Fare is null && State.Orphan is null)
            Require(kept == 0, $"no fare, and {kept} kept");
        switch (State.Word)
        {
            case { Kind: WordKind.Paid } paid when State.Settled != SettledBy.Void && !refused:
                Require(paid.Amount == State.Fare!.Total.MinorUnits && kept == paid.Amount, $"PAID {paid.Amount}, kept {kept}");
                break;
            case { Kind: WordKind.Refunded } refunded:
                Require(refunded.Amount == Server.Payments.Sum(p => p.Refunded), $"REFUNDED {refunded.Amount}");
                break;
            case { Kind: WordKind.Unpaid } unpaid when State.Settled != SettledBy.Void && !refused && State.RefundTarget == 0:
                Require(unpaid.Amount == kept && unpaid.Amount + unpaid.Due == State.Fare!.Total.MinorUnits, $"UNPAID paid={unpaid.Amount} due={unpaid.Due}, kept {kept}");
                break;
            case null when State.Fare is not null && State.Settled != SettledBy.Void:
                Require(kept == 0, $"no word, and {kept} kept");
                Require(State.Wish is null, "a request is wished and never made");
                break;
        }

        Require(State.Word is null or { Acknowledged: true }, "the word is not acknowledged");
        var named = State.Attempts.SelectMany(a => new[] { a.CreateId, a.Capture?.Id, a.Refund?.Id, a.Pending?.Id, a.ReceiptPending?.Id }).ToHashSet();
        Require(_operations.Keys.All(named.Contains), $"stored operations that nobody names: {string.Join(' ', _operations.Keys.Where(k => !named.Contains(k)))}");
        Require(!State.Busy || refused, "still busy");
        Require(Server.Violations.Count == 0, string.Join("; ", Server.Violations));
        return this;
    }

    private void FeedOne(Input input)
    {
        _inputCount++;
        if (Log.Count > 400)
            Log.RemoveRange(0, 200);
        Log.Add($"{Now:HH:mm:ss.f} > {Describe(input)}");
        if (input is Input.NumberConfirmed or Input.CodeChosen or Input.SendAgain)
            _asked = true;
        var before = State;
        Decision decision;
        try
        {
            decision = TripPayment.Decide(State, input, Policy);
        }
        catch (Exception error)
        {
            throw Fail($"exception: {error}");
        }

        State = decision.State;
        foreach (var effect in decision.Effects)
            Apply(effect);
        Watch(before);
    }

    private static string Describe(Input input) => input switch
    {
        Input.Tried tried => $"Tried {tried.OperationId} {tried.Kind} {tried.Reference} {Describe(tried.Result)}",
        Input.Due due => $"Due {due.Timer} {due.Reference}",
        _ => input.GetType().Name,
    };

    private static string Describe(TryOutcome outcome) => outcome switch
    {
        TryOutcome.Read { Reading: var r } => $"Read {r.State} a={r.Authorized} c={r.Captured} x={r.Cancelled} r={r.Refunded}",
        TryOutcome.Refused refused => $"Refused {refused.Kind}",
        _ => outcome.GetType().Name,
    };

    private void Apply(Effect effect)
    {
        Log.Add($"           {(effect is Effect.Begin b ? $"Begin {b.Operation.Id} {b.Operation.Kind} {b.Operation.Reference} {b.Operation.Amount} {b.When}" : effect.ToString())}");
        switch (effect)
        {
            case Effect.Begin begin:
                Begin(begin);
                break;
            case Effect.Again again:
                Require(_operations.ContainsKey(again.OperationId), $"{again.OperationId} is tried again, but it was forgotten");
                var stored = _operations[again.OperationId];
                Require(State is { Held: false, GivenUp: false }, $"{again.OperationId} is tried again while the trip is held, or given up");
                Require(stored.Operation.Kind != OperationKind.Capture || State.Settled == SettledBy.Nobody, "a capture is sent although the fare was settled otherwise");
                Require(stored.DueAt is null && !stored.OnItsWay, $"{again.OperationId} is tried again while it is under way");
                stored.DueAt = Now + Delay(again.When);
                break;
            case Effect.Forget forget:
                _operations.Remove(forget.OperationId);
                break;
            case Effect.Withdraw withdraw when _operations.TryGetValue(withdraw.OperationId, out var scheduled) && scheduled is { OnItsWay: false, DueAt: not null }:
                scheduled.DueAt = null;
                Answer(scheduled.Operation, new TryOutcome.Withdrawn());
                break;
            case Effect.Hasten hasten when _operations.TryGetValue(hasten.OperationId, out var waiting) && waiting is { OnItsWay: false, DueAt: not null }:
                waiting.DueAt = Now;
                break;
            case Effect.StartTimer start:
                _timers[(start.Timer, start.Reference)] = Now + start.After;
                break;
            case Effect.StopTimer stop:
                _timers.Remove((stop.Timer, stop.Reference));
                break;
            case Effect.Alarm alarm:
                Alarms.Add(alarm.Kind);
                break;
        }
    }

    private void Begin(Effect.Begin begin)
    {
        var operation = begin.Operation;
        Require(State is { Held: false, GivenUp: false }, $"{operation.Kind} of {operation.Reference} is begun while the trip is held, or given up");
        Require(operation.Id.Length <= 50, "an id of more than 50 characters");
        Require(!_operations.ContainsKey(operation.Id), $"{operation.Id} is begun twice");
        if (operation.Kind != OperationKind.PostReceipt)
        {
            Require(
                !_operations.Values.Any(o => o.Operation.Reference == operation.Reference && o.Operation.Kind != OperationKind.PostReceipt && (o.OnItsWay || o.DueAt is not null)),
                $"two operations of {operation.Reference} at once");
        }

        Require(operation.Kind != OperationKind.Capture || State.Settled == SettledBy.Nobody, "a capture is begun although the fare was settled otherwise");
        if (operation.Kind is OperationKind.Capture or OperationKind.Refund)
        {
            Require(
                !_operations.Values.Any(o => o.Operation.Kind == operation.Kind && o.Operation.Reference == operation.Reference),
                $"a new key for a {operation.Kind} of {operation.Reference} while an earlier one is not finished");
        }

        _operations.Add(operation.Id, new Stored(operation) { DueAt = Now + Delay(begin.When) });
    }

    private static TimeSpan Delay(When when) => when switch
    {
        When.FirstPoll => TimeSpan.FromSeconds(5),
        When.NextPoll => TimeSpan.FromSeconds(2),
        When.Backoff backoff => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(backoff.Failures, 10)))),
        _ => TimeSpan.Zero,
    };

    // Rules that hold after every input.
    private void Watch(TripState before)
    {
        if (State.Stopped is not null)
            return;
        if (State.Word is not { } word || word.Number == before.Word?.Number)
            return;
        Words.Add(word);
        Require(word.Number == (before.Word?.Number ?? 0) + 1, "a word out of order");
        if (word.Kind == WordKind.Unpaid)
        {
            Require(Server.Payments.All(p => !p.Live), "UNPAID, although a payment can still be approved or captured");
            Require(!_late.Any(CanChangeSomething), "UNPAID, although a call that can change something is on its way");
            _asked = false;
        }

        if (word.Kind == WordKind.Paid)
        {
            Require(before.Word is not { Kind: WordKind.Unpaid } || _asked, "PAID after UNPAID without a new request by the driver");
            Require(Server.Payments.Sum(p => p.Captured) >= word.Amount, $"PAID {word.Amount}, captured {Server.Payments.Sum(p => p.Captured)}");
        }
    }

    // A create of a payment that is there, or a capture of one that holds nothing more, changes nothing when it arrives.
    private bool CanChangeSomething(Operation operation) => operation.Kind switch
    {
        OperationKind.Create => Server.Find(operation.Reference) is null,
        OperationKind.Capture => Server.Find(operation.Reference) is { Live: true },
        _ => false,
    };

    private long _mostDue;

    private void WatchServer()
    {
        Require(Server.Payments.Count(p => p.Live) <= 1, "two payments that can be approved or captured at once");
        // A new store may hear of the VOID and never of the fare; what was due is due all the same.
        _mostDue = Math.Max(_mostDue, State.Fare?.Total.MinorUnits ?? 0);
        Require(Server.Kept <= _mostDue, $"kept {Server.Kept} of {State.Fare?.Total}");
    }

    private bool StepUntil(DateTimeOffset until)
    {
        if (NextAnything() is not { } next || next.At > until)
            return false;
        Now = next.At > Now ? next.At : Now;
        next.Do();
        return true;
    }

    private (DateTimeOffset At, Action Do)? NextAnything()
    {
        (DateTimeOffset At, Action Do)? best = null;
        if (NextEvent() is { Index: >= 0 } e)
            best = (e.At, () => Do(e.Index));
        foreach (var stored in _operations.Values)
        {
            if (stored.DueAt is { } at && (best is null || at < best.Value.At))
                best = (at, () => Send(stored));
        }

        foreach (var (key, at) in _timers)
        {
            if (best is null || at < best.Value.At)
                best = (at, () => Fire(key));
        }

        return best;
    }

    private (DateTimeOffset At, int Index)? NextEvent()
    {
        if (_events.Count == 0)
            return null;
        var index = 0;
        for (var i = 1; i < _events.Count; i++)
        {
            if ((_events[i].At, _events[i].Order).CompareTo((_events[index].At, _events[index].Order)) < 0)
                index = i;
        }

        return (_events[index].At, index);
    }

    private void Do(int index)
    {
        var e = _events[index];
        _events.RemoveAt(index);
        Now = e.At > Now ? e.At : Now;
        e.Do();
    }

    private void After(TimeSpan span, Action action) => _events.Add((Now + span, ++_order, action));

    private void Fire((TimerKind Kind, Reference? Reference) key)
    {
        _timers.Remove(key);
        Feed(new Input.Due(key.Kind, key.Reference) { At = Now, Id = NewId() });
    }

    private void Send(Stored stored)
    {
        var operation = stored.Operation;
        stored.DueAt = null;
        stored.OnItsWay = true;
        Sent.Add(operation);
        if (operation.Kind is OperationKind.Create or OperationKind.Capture)
            Require(State.Word is not { Kind: WordKind.Unpaid } || _asked, $"{operation.Kind} after UNPAID without a new request by the driver");
        var fate = _fates.TryPeek(out var planned) && planned.Kind == operation.Kind ? _fates.Dequeue().Fate : Network(operation);
        Log.Add($"{Now:HH:mm:ss.f} ~ send {operation.Id} {operation.Kind} {fate}");
        switch (fate)
        {
            case Fate.Healthy:
                var outcome = Arrive(operation);
                AnswerAfter(Latency(), stored, outcome);
                break;
            case Fate.NotSent:
                AnswerAfter(Latency(), stored, new TryOutcome.NotSent());
                break;
            case Fate.RequestLost:
                AnswerAfter(TimeSpan.FromSeconds(10), stored, new TryOutcome.Unknown());
                break;
            case Fate.AnswerLost:
                Arrive(operation);
                AnswerAfter(TimeSpan.FromSeconds(10), stored, new TryOutcome.Unknown());
                break;
            case Fate.ArrivesLate:
                _late.Add(operation);
                After(TimeSpan.FromSeconds(25), () =>
                {
                    _late.Remove(operation);
                    Arrive(operation);
                });
                AnswerAfter(TimeSpan.FromSeconds(10), stored, new TryOutcome.Unknown());
                break;
        }
    }

    private TryOutcome Arrive(Operation operation)
    {
        var attempt = State.Attempts.FirstOrDefault(a => a.Reference == operation.Reference);
        var reservation = attempt?.Kind == AttemptKind.Reservation;
        var known = Server.Payments.Count;
        var outcome = Server.Execute(
            operation, (reservation ? null : State.Trip?.ToString(), reservation ? State.Booking?.Id ?? State.Fare?.Booking : null, Policy.Car), Now);
        if (Server.Payments.Count > known)
            Invite(Server.Payments[^1]);
        WatchServer();
        return outcome;
    }

    private void Invite(ServerPayment payment)
    {
        var (customer, after) = Customers(payment);
        After(s_requestLife, payment.Expire);
        if (customer != Customer.DoesNothing)
            After(after, customer == Customer.Approves ? payment.Approve : payment.Refuse);
    }

    private void AnswerAfter(TimeSpan span, Stored stored, TryOutcome outcome)
    {
        var epoch = _epoch;
        After(span, () =>
        {
            if (epoch != _epoch)
                return;
            stored.OnItsWay = false;
            Answer(stored.Operation, outcome);
        });
    }

    private void Answer(Operation operation, TryOutcome outcome)
    {
        // A reading leaves nothing to try again.
        if (operation.Kind == OperationKind.Query)
            _operations.Remove(operation.Id);
        Feed(new Input.Tried(operation.Id, operation.Kind, operation.Reference, outcome) { At = Now, Id = NewId() });
    }

    private string NewId() => $"i{++_order}";

    private void Require(bool condition, string what)
    {
        if (!condition)
            throw Fail(what);
    }

    private Xunit.Sdk.XunitException Fail(string what) =>
        new($"{what}{Environment.NewLine}{string.Join(Environment.NewLine, Log.TakeLast(120))}{Environment.NewLine}{string.Join(Environment.NewLine, State.Attempts)}{Environment.NewLine}{State}");

    private sealed class Stored(Operation operation)
    {
        public Operation Operation { get; } = operation;

        public DateTimeOffset? DueAt { get; set; }

        public bool OnItsWay { get; set; }

        public void Rest() => (DueAt, OnItsWay) = (null, false);
    }
}
