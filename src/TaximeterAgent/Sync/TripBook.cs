using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Sync;

/// <summary>
/// The trips in memory, and what has been decided of them since the last commit. Takes inputs, lets <see cref="TripPayment"/> decide, and turns the effects into
/// what is stored and what is planned. Nothing that it plans is sent before <see cref="Stored"/>.
/// </summary>
internal sealed class TripBook
{
    private readonly IOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly IIdSource _ids;
    private readonly IPaymentCalls _calls;
    private readonly Func<PaymentPolicy> _policy;
    private readonly Func<bool> _roomToWait;
    private readonly Dictionary<long, OpenTrip> _open = [];
    private readonly Dictionary<Identity, KnownIdentity> _newIdentities = [];
    private readonly HashSet<long> _changed = [];
    private readonly Repeats _repeats = new();
    private readonly ITripWitness? _witness;

    // A trip that is not open and was looked at, as the store has it.
    private (long Key, TripState State)? _lastLooked;
    private readonly Queue<(long Trip, Operation Operation)> _withdrawn = new();

    public TripBook(IOutbox outbox, TimeProvider time, IIdSource ids, IPaymentCalls calls, Func<PaymentPolicy> policy, Func<bool> roomToWait, Dispatcher dispatcher, TripTimers timers, ITripWitness? witness = null)
    {
        _witness = witness;
        _outbox = outbox;
        _time = time;
        _ids = ids;
        _calls = calls;
        _policy = policy;
        _roomToWait = roomToWait;
        Dispatcher = dispatcher;
        Timers = timers;
        Batch = new OutboxBatch();
    }

    /// <summary>What the next commit stores.</summary>
    public OutboxBatch Batch { get; private set; }

    /// <summary>Alarms since they were last fetched; one that comes again and again only now and then.</summary>
    public List<(long Trip, Effect.Alarm Alarm)> Alarms { get; } = [];

    /// <summary>Commits in which a trip has changed since the start: for whoever tells how things stand, and only when they stand otherwise.</summary>
    public long Changes { get; private set; }

    /// <summary>
    /// A trip has a new result, and its state. Called before it is stored: what is noted then is stored with it; nobody is told before <see cref="Engine.Settled"/>.
    /// </summary>
    public event Action<long, TripState>? Spoken;

    public Dispatcher Dispatcher { get; }

    public TripTimers Timers { get; }

    /// <summary>Trips that are open or were changed since the last commit, by key.</summary>
    public IEnumerable<KeyValuePair<long, TripState>> Trips => _open.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.State));

    /// <summary>A trip's state; null for one that is not in memory and not in the store.</summary>
    public TripState? Find(long key)
    {
        if (_open.TryGetValue(key, out var trip))
            return trip.State;
        // The display goes on to show a trip that is settled: it is not read from the store at every round.
        if (_lastLooked is { } last && last.Key == key)
            return last.State;
        if (_outbox.Load(key) is not { } stored)
            return null;
        _lastLooked = (key, stored.State);
        return stored.State;
    }

    /// <summary>What is known by this identity, in this batch or in the store.</summary>
    public KnownIdentity? Find(Identity identity) => _newIdentities.TryGetValue(identity, out var known) ? known : _outbox.Find(identity) ?? FindOrphan(identity);

    /// <summary>What is known, in this batch or in the store, by identities that a reference with this check can be made from.</summary>
    public IEnumerable<KnownIdentity> FindByCheck(uint check) =>
        _newIdentities.Where(known => known.Key.Check == check).Select(known => known.Value).Concat(_outbox.FindByCheck(check)).DistinctBy(known => known.Key);

    /// <summary>The policy as it is now.</summary>
    public PaymentPolicy Policy => _policy();

    /// <summary>One trip's payments become another's, which looks for them as a new store does; nothing of the first goes on.</summary>
    public void Join(long from, long to)
    {
        if (Find(from) is not { Orphan: not null } state)
            return;
        Take(from, (at, id) => new Input.OrphanLetGo { At = at, Id = id });
        foreach (var a in state.Attempts)
            Take(to, (at, id) => new Input.OrphanHinted(a.Reference, a.Kind, a.Number) { At = at, Id = id });
    }

    // A payment that was not read yet says by its name alone what it may be for. Whoever asks is about to speak of that trip or booking: from now on it is known.
    private KnownIdentity? FindOrphan(Identity identity)
    {
        foreach (var (key, trip) in _open)
        {
            if (trip.State is not { Orphan: { LetGo: false, NotOurs: false, Reference: var reference }, Trip: null } || trip.State.Orphan.Booking is not null)
                continue;
            var policy = _policy();
            if (!reference.TryTakeApart(policy.Prefix, policy.Car, out var parts) || parts.Check != identity.Check)
                continue;
            var known = new KnownIdentity(key, 0);
            Know(identity, known);
            return known;
        }

        return null;
    }

    // The payment has said what it is for: known from now on, so that its fare enters this trip. Where it is known already, that trip takes it.
    private void Recognize(long key, TripState before, TripState now)
    {
        if (now.Orphan is null || now.Orphan.LetGo || (before.Trip == now.Trip && before.Orphan?.Booking == now.Orphan.Booking))
            return;
        var identity = now.Trip is { } trip ? Identity.OfTrip(trip) : Identity.OfBooking(now.Orphan.Booking!);
        if (Find(identity) is not { } known)
            Know(identity, new KnownIdentity(key, 0));
        else if (known.Key != key && Find(known.Key) is { Stopped: null, GivenUp: false })
            Join(key, known.Key);
    }

    public long NewTrip()
    {
        var key = _outbox.NextKey();
        _open[key] = new OpenTrip(new TripState(), null);
        return key;
    }

    /// <summary>Remembers an identity for ever.</summary>
    public void Know(Identity identity, KnownIdentity known)
    {
        _newIdentities[identity] = known;
        Batch.Identities.Add((identity, known));
    }

    /// <summary>Takes up all open trips after a start: every one is read back before anything else is sent for it.</summary>
    public void Resume()
    {
        foreach (var trip in _outbox.LoadOpen())
        {
            Enter(trip);
            foreach (var timer in trip.Timers)
                Timers.Resume(timer);
            Take(trip.Key, (at, id) => new Input.Restarted { At = at, Id = id });
            ForgetOrphans(trip.Key);
        }
    }

    /// <summary>Forgets everything that is not stored.</summary>
    public void Clear()
    {
        _open.Clear();
        _newIdentities.Clear();
        _changed.Clear();
        _withdrawn.Clear();
        _witness?.Forgotten();
        _lastLooked = null;
        Batch = new OutboxBatch();
        Dispatcher.Clear();
        Timers.Clear();
    }

    /// <summary>Takes one input of a trip, and those that follow from it at once.</summary>
    /// <returns>False if there is no such trip.</returns>
    public bool Take(long key, Func<DateTimeOffset, string, Input> input)
    {
        var before = _open.TryGetValue(key, out var open) ? open.State : null;
        if (!TakeOne(key, input(_time.GetUtcNow(), _ids.NewId())))
            return false;
        while (_withdrawn.TryDequeue(out var back))
        {
            TakeOne(back.Trip, new Input.Tried(back.Operation.Id, back.Operation.Kind, back.Operation.Reference, new TryOutcome.Withdrawn()) { At = _time.GetUtcNow(), Id = _ids.NewId() });
            if (back.Operation.Kind == OperationKind.Query && _open.TryGetValue(back.Trip, out var trip))
                trip.Operations.Remove(back.Operation.Id);
        }

        if (before?.Orphan is not null && _open.TryGetValue(key, out var now))
            Recognize(key, before, now.State);
        return true;
    }

    /// <summary>What came of a try.</summary>
    public void Tried(StoredOperation stored, CallReport report)
    {
        var operation = stored.Operation;
        if (operation.Kind != OperationKind.Query || report.Outcome is not TryOutcome.Read)
            NoteTry(stored, report);
        var noRoom = operation.Kind == OperationKind.Create && report.Outcome is TryOutcome.NotSent && !_roomToWait();
        var before = Open(stored.TripKey)?.State;
        if (operation.Kind == OperationKind.Query && _open.TryGetValue(stored.TripKey, out var open))
            open.Operations.Remove(operation.Id);
        Take(stored.TripKey, (at, id) => new Input.Tried(operation.Id, operation.Kind, operation.Reference, report.Outcome, noRoom) { At = at, Id = id });
        // An unchanged poll is not worth a line; a reading that says something new is.
        if (operation.Kind == OperationKind.Query && report.Outcome is TryOutcome.Read && before is not null && Moved(before, Open(stored.TripKey)!.State, operation.Reference))
            Note(Describe(stored, report));
    }

    /// <summary>Tries what is planned for a trip at once: keys and bytes stay, and the rate is kept.</summary>
    /// <returns>How many calls had to wait for longer.</returns>
    public int Hasten(long key) => _open.TryGetValue(key, out var trip) ? trip.Operations.Keys.Count(Dispatcher.Hasten) : 0;

    // What fails for hours fails in the same way each time.
    private void NoteTry(StoredOperation stored, CallReport report)
    {
        var line = Describe(stored, report);
        var times = _repeats.Worth(stored.TripKey, $"{line.Reference} {line.Text} {line.Code}");
        if (times > 0)
            Note(line with { Text = line.Text + Repeats.Said(times) });
    }

    public void Note(HistoryLine line) => Batch.History.Add(line);

    /// <summary>Fills in the states that have changed. A batch that is empty after this needs no commit.</summary>
    public void Complete()
    {
        foreach (var key in _changed)
        {
            var trip = _open[key];
            if (trip.Stored is not null && TripStateJson.SameWhenStored(trip.State, trip.Stored))
                continue;
            trip.Writing = trip.State;
            Batch.Trips[key] = trip.State;
        }
    }

    /// <summary>The batch is stored: trips that are quiet leave the memory.</summary>
    public void Stored()
    {
        if (_changed.Count > 0)
            Changes++;
        foreach (var key in _changed)
        {
            var trip = _open[key];
            if (trip.Writing is { } written)
                _witness?.Stored(key, trip.Stored, written);
            trip.Stored = trip.Writing ?? trip.Stored;
            trip.Writing = null;
            if (trip.State.Busy || trip.State.Unpaid)
                continue;
            _open.Remove(key);
            // The display is likely to show it for a while.
            _lastLooked = (key, TripStateJson.Durable(trip.State));
        }

        _changed.Clear();
        _newIdentities.Clear();
        Batch = new OutboxBatch();
        if (_open.Count <= IOutbox.UnpaidMaximum)
            return;
        // Unpaid trips stay at hand, but not without end: the oldest are in the store.
        foreach (var (key, _) in _open.Where(pair => !pair.Value.State.Busy).OrderByDescending(pair => pair.Key).Skip(IOutbox.UnpaidMaximum).ToList())
            _open.Remove(key);
    }

    private bool TakeOne(long key, Input input)
    {
        if (Open(key) is not { } trip)
            return false;
        var before = trip.State;
        var decision = TripPayment.Decide(before, input, _policy());
        trip.State = decision.State;
        _witness?.Decided(key, input, before, decision.State);
        _changed.Add(key);
        foreach (var (what, text, reference) in Story.Of(before, decision.State, input))
        {
            // What is refused for hours is decided upon anew for hours.
            if (_repeats.Worth(key, $"{reference} {text}") is > 0 and var times)
                Note(new HistoryLine(key, input.At, "agent", what, text + Repeats.Said(times), reference?.ToString()));
        }

        // What the meter or a person said, and what was captured or given back, is on disk before anybody is told; the rest would be seen again.
        Batch.Sync |= input is not (Input.Tried or Input.Restarted or Input.PaymentHint or Input.WordAnswered) || !Equals(before.Word, trip.State.Word) || before.Settled != trip.State.Settled;
        foreach (var effect in decision.Effects)
            Apply(key, trip, effect);
        if (trip.State.Word is { } word && word.Number != before.Word?.Number)
            Spoken?.Invoke(key, trip.State);
        return true;
    }

    private void Apply(long key, OpenTrip trip, Effect effect)
    {
        switch (effect)
        {
            case Effect.Begin begin:
                Begin(key, trip, begin);
                break;
            case Effect.Again again:
                Dispatcher.Plan(again.OperationId, again.When);
                break;
            case Effect.Forget forget:
                Forget(trip, forget.OperationId);
                break;
            case Effect.Withdraw withdraw:
                if (Dispatcher.Withdraw(withdraw.OperationId) && trip.Operations.TryGetValue(withdraw.OperationId, out var withdrawn))
                    _withdrawn.Enqueue((key, withdrawn));
                break;
            case Effect.Hasten hasten:
                Dispatcher.Hasten(hasten.OperationId);
                break;
            case Effect.StartTimer start:
                Timers.Start(key, start.Timer, start.Reference, start.After);
                Batch.StoppedTimers.RemoveAll(stopped => stopped == (key, start.Timer, start.Reference));
                Batch.StartedTimers.RemoveAll(started => started.TripKey == key && started.Kind == start.Timer && started.Reference == start.Reference);
                Batch.StartedTimers.Add(new StoredTimer(key, start.Timer, start.Reference, _time.GetUtcNow(), start.After));
                trip.Timers.Add((start.Timer, start.Reference));
                break;
            case Effect.StopTimer stop:
                Timers.Stop(key, stop.Timer, stop.Reference);
                Batch.StartedTimers.RemoveAll(started => started.TripKey == key && started.Kind == stop.Timer && started.Reference == stop.Reference);
                if (trip.Timers.Remove((stop.Timer, stop.Reference)))
                    Batch.StoppedTimers.Add((key, stop.Timer, stop.Reference));
                break;
            case Effect.Alarm alarm:
                if (alarm.Kind == AlarmKind.FullCaptureOnly)
                    Batch.Settings[Engine.FullCaptureOnly(alarm.Detail)] = "true";
                // What is refused for months is no new alarm at each try.
                if (_repeats.Worth(key, $"alarm {alarm.Kind} {alarm.Detail}") is > 0 and var alarmed)
                {
                    Alarms.Add((key, alarm));
                    Note(new HistoryLine(key, _time.GetUtcNow(), "agent", "alarm", $"{alarm.Kind}: {alarm.Detail}{Repeats.Said(alarmed)}"));
                }

                break;
        }
    }

    // A cancel may take a new key and is never tried again itself: one that the last run has left behind belongs to nobody.
    private void ForgetOrphans(long key)
    {
        if (!_open.TryGetValue(key, out var trip))
            return;
        var held = trip.State.Attempts.SelectMany(a => new[] { a.CreateId, a.Capture?.Id, a.Refund?.Id, a.Pending?.Id, a.ReceiptPending?.Id });
        foreach (var orphan in trip.Operations.Keys.Except(held).ToList())
            Forget(trip, orphan!);
    }

    private void Forget(OpenTrip trip, string operationId)
    {
        Dispatcher.Forget(operationId);
        if (!trip.Operations.Remove(operationId, out var operation) || !operation.MovesMoney)
            return;
        // Begun and finished within one commit: the store need not hear of it.
        if (Batch.AddedOperations.RemoveAll(added => added.Operation.Id == operationId) == 0)
            Batch.RemovedOperations.Add(operationId);
    }

    private void Begin(long key, OpenTrip trip, Effect.Begin begin)
    {
        var operation = begin.Operation;
        var stored = new StoredOperation(key, operation, _calls.Body(operation, trip.State), _time.GetUtcNow());
        trip.Operations[operation.Id] = operation;
        Dispatcher.Add(stored);
        Dispatcher.Plan(operation.Id, begin.When);
        // A query can be made again from nothing, a receipt from the fare. What moves money keeps its key and bytes.
        if (!operation.MovesMoney)
            return;
        Batch.AddedOperations.Add(stored);
        Batch.Sync = true;
    }

    private OpenTrip? Open(long key)
    {
        if (_open.TryGetValue(key, out var trip))
            return trip;
        if (_outbox.Load(key) is not { } stored)
            return null;
        // Closed, or stopped, or given up; and of the last only what is still named is gone on with.
        trip = Enter(stored);
        ForgetOrphans(key);
        return trip;
    }

    private OpenTrip Enter(StoredTrip stored)
    {
        var trip = new OpenTrip(stored.State, stored.State);
        _open[stored.Key] = trip;
        _lastLooked = null;
        _changed.Add(stored.Key);
        foreach (var operation in stored.Operations)
        {
            trip.Operations[operation.Operation.Id] = operation.Operation;
            Dispatcher.Add(operation);
        }

        foreach (var timer in stored.Timers)
            trip.Timers.Add((timer.Kind, timer.Reference));
        return trip;
    }

    private HistoryLine Describe(StoredOperation stored, CallReport report)
    {
        var operation = stored.Operation;
        var amount = operation.Amount is { } money ? $" {money}" : "";
        var whom = operation.Phone is { } phone ? $" to {phone.Masked}" : operation.Kind == OperationKind.Create ? " by a code on paper" : "";
        return new HistoryLine(
            stored.TripKey, _time.GetUtcNow(), "epayment", operation.Kind.ToString(), $"{operation.Kind}{amount}{whom}: {Words(report.Outcome)}",
            operation.Reference.ToString(), report.Code, report.TraceId, report.Duration);
    }

    private static string Words(TryOutcome outcome) => outcome switch
    {
        TryOutcome.Done => "done",
        TryOutcome.Read { Reading: var r } => $"{r.State}, authorized {r.Authorized}, captured {r.Captured}, cancelled {r.Cancelled}, refunded {r.Refunded}",
        TryOutcome.Refused refused => $"refused, {refused.Kind}",
        TryOutcome.NotSent notSent => $"not sent, {notSent.Cause}",
        TryOutcome.Unknown unknown => $"outcome unknown, {unknown.Cause}",
        _ => "withdrawn",
    };

    private static bool Moved(TripState before, TripState after, Reference reference)
    {
        var was = before.Attempts.FirstOrDefault(a => a.Reference == reference);
        var now = after.Attempts.FirstOrDefault(a => a.Reference == reference);
        return was is null || now is null || was.State != now.State || was.Captured != now.Captured || was.Cancelled != now.Cancelled || was.Refunded != now.Refunded;
    }

    private sealed class OpenTrip(TripState state, TripState? stored)
    {
        public TripState State { get; set; } = state;

        /// <summary>The state as the store has it; null for a new trip.</summary>
        public TripState? Stored { get; set; } = stored;

        /// <summary>What the next commit stores.</summary>
        public TripState? Writing { get; set; }

        /// <summary>Operations that are not finished.</summary>
        public Dictionary<string, Operation> Operations { get; } = [];

        /// <summary>Timers that the store has.</summary>
        public HashSet<(TimerKind Kind, Reference? Reference)> Timers { get; } = [];
    }
}
