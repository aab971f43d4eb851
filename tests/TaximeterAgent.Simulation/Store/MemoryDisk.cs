using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Simulation;

/// <summary>
/// The outbox port's contract in memory: whole batches; a synced one stays, and all before it with it; of those since then a power cut takes any number, from the
/// newest. States go through their stored form, so that what is not written is lost here too: when they are read back, since a state that nobody reads is
/// overwritten by the next.
/// </summary>
internal sealed class MemoryDisk : IDisk
{
    private readonly Dictionary<long, Written> _trips = [];
    private readonly Dictionary<long, StoredOperation[]> _operations = [];
    private readonly Dictionary<long, StoredTimer[]> _timers = [];
    private readonly Dictionary<Identity, KnownIdentity> _identities = [];
    private readonly Dictionary<string, string> _settings = [];
    private readonly Dictionary<string, long> _tripOf = [];

    /// <summary>How each batch since the last synced one is taken back, newest last.</summary>
    private readonly List<List<Action>> _undo = [];
    private List<Action> _undoing = [];

    public IOutbox Open(TimeProvider time) => new Outbox(this);

    public void LosePower(Chance chance)
    {
        var keep = chance.Between(0, _undo.Count + 1);
        for (var i = _undo.Count - 1; i >= keep; i--)
        {
            for (var j = _undo[i].Count - 1; j >= 0; j--)
                _undo[i][j]();
        }

        // What is there after the restart is on disk.
        _undo.Clear();
    }

    public void Dispose()
    {
    }

    private void Apply(OutboxBatch batch)
    {
        _undoing = [];
        foreach (var operation in batch.AddedOperations)
        {
            if (!_trips.ContainsKey(operation.TripKey) && !batch.Trips.ContainsKey(operation.TripKey) || _tripOf.ContainsKey(operation.Operation.Id))
                throw new InvalidOperationException("The operation has no trip, or its id was used before.");
        }

        foreach (var (key, state) in batch.Trips)
            Set(_trips, key, new Written(key, state));
        foreach (var (identity, known) in batch.Identities)
            Set(_identities, identity, known);
        foreach (var operation in batch.AddedOperations)
        {
            var stored = operation with { Body = operation.Body.ToArray(), StoredAt = Rounded(operation.StoredAt) };
            Set(_operations, operation.TripKey, [.. _operations.GetValueOrDefault(operation.TripKey, []), stored]);
            Set(_tripOf, operation.Operation.Id, operation.TripKey);
        }

        foreach (var id in batch.RemovedOperations)
        {
            if (_tripOf.TryGetValue(id, out var trip))
                Set(_operations, trip, [.. _operations[trip].Where(operation => operation.Operation.Id != id)]);
        }

        foreach (var (trip, kind, reference) in batch.StoppedTimers)
            Set(_timers, trip, [.. _timers.GetValueOrDefault(trip, []).Where(timer => timer.Kind != kind || timer.Reference != reference)]);
        foreach (var timer in batch.StartedTimers)
        {
            if (!_trips.ContainsKey(timer.TripKey))
                throw new InvalidOperationException("The timer has no trip.");
            var others = _timers.GetValueOrDefault(timer.TripKey, []).Where(other => other.Kind != timer.Kind || other.Reference != timer.Reference);
            Set(_timers, timer.TripKey, [.. others, timer with { SetAt = Rounded(timer.SetAt), After = TimeSpan.FromMilliseconds((long)Math.Ceiling(timer.After.TotalMilliseconds)) }]);
        }

        foreach (var (name, value) in batch.Settings)
            Set(_settings, name, value);
        if (batch.Sync)
            _undo.Clear();
        else
            _undo.Add(_undoing);
    }

    private void Set<TKey, TValue>(Dictionary<TKey, TValue> table, TKey key, TValue value)
        where TKey : notnull
    {
        if (table.TryGetValue(key, out var before))
            _undoing.Add(() => table[key] = before);
        else
            _undoing.Add(() => table.Remove(key));
        table[key] = value;
    }

    private StoredTrip Load(long key) => new(key, _trips[key].Read(), _operations.GetValueOrDefault(key, []), _timers.GetValueOrDefault(key, []));

    private static DateTimeOffset Rounded(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>A state as it was written. States do not change, so its bytes can be made when they are first wanted.</summary>
    private sealed class Written(long key, TripState state)
    {
        private TripState? _read;

        public TripState Read() => _read ??= TripStateJson.Read(key, TripStateJson.Write(state));
    }

    /// <summary>The disk as one life of the agent has it open.</summary>
    private sealed class Outbox(MemoryDisk disk) : IOutbox
    {
        private long _lastKey = disk._trips.Keys.Concat(disk._identities.Values.Select(known => known.Key)).DefaultIfEmpty().Max();

        public void Commit(OutboxBatch batch) => disk.Apply(batch);

        public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => [.. disk._identities.Where(known => known.Key.Check == check).Select(known => known.Value)];

        public KnownIdentity? Find(Identity identity) => disk._identities.GetValueOrDefault(identity);

        public StoredTrip? Load(long key) => disk._trips.ContainsKey(key) ? disk.Load(key) : null;

        public IReadOnlyList<StoredTrip> LoadOpen() =>
            [.. disk._trips.Keys.Order().Select(disk.Load).Where(trip => trip.State.Busy || trip.State.Unpaid)];

        public long NextKey() => ++_lastKey;

        public string? Setting(string name) => disk._settings.GetValueOrDefault(name);

        public void Dispose()
        {
        }
    }
}
