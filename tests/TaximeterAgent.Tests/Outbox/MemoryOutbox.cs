using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>
/// The outbox in memory, with the contract of the one on disk: whole batches, and a crash that may take what was not synced. States go through their
/// stored form, so that what is not written is lost here too.
/// </summary>
public sealed class MemoryOutbox : IOutbox
{
    private Tables _current = new();
    private Tables _synced = new();
    private long _lastKey;
    private bool _full;
    private OutboxFailedException? _failed;

    /// <summary>Commits so far.</summary>
    public int Commits { get; private set; }

    /// <summary>Every commit from now on finds no room.</summary>
    public void NoRoom(bool full) => _full = full;

    /// <summary>The next commit fails, and so does everything after it until <see cref="Crash"/>.</summary>
    public void FailNext() => _failed = new OutboxFailedException("The sync has failed.");

    /// <summary>
    /// The power is cut and the outbox opened again: what was synced is there. A commit that was not may be there or not, but only with all before it.
    /// </summary>
    public void Crash(bool keepUnsynced)
    {
        _current = keepUnsynced ? _current : _synced;
        _synced = _current;
        _lastKey = _current.LastKey;
        _failed = null;
        _full = false;
    }

    public void Commit(OutboxBatch batch)
    {
        ThrowIfFailed();
        if (_full && !batch.IsEmpty)
            throw new OutboxFullException("There is no room.");
        // On a copy: a batch that contradicts itself leaves nothing behind.
        var next = _current with { };
        next.Apply(batch);
        _current = next;
        Commits++;
        _lastKey = Math.Max(_lastKey, next.LastKey);
        if (batch.Sync)
            _synced = next;
    }

    public IReadOnlyList<KnownIdentity> FindByCheck(uint check)
    {
        ThrowIfFailed();
        return [.. _current.Identities.Where(known => known.Key.Check == check).Select(known => known.Value)];
    }

    public KnownIdentity? Find(Identity identity)
    {
        ThrowIfFailed();
        return _current.Identities.GetValueOrDefault(identity);
    }

    public StoredTrip? Load(long key)
    {
        ThrowIfFailed();
        return _current.Trips.TryGetValue(key, out var json) ? _current.Load(key, json) : null;
    }

    public IReadOnlyList<StoredTrip> LoadOpen()
    {
        ThrowIfFailed();
        return [.. _current.Trips.Select(trip => _current.Load(trip.Key, trip.Value)).Where(trip => trip.State.Busy || trip.State.Unpaid)];
    }

    public long NextKey()
    {
        ThrowIfFailed();
        return ++_lastKey;
    }

    public string? Setting(string name)
    {
        ThrowIfFailed();
        return _current.Settings.GetValueOrDefault(name);
    }

    /// <summary>All lines, oldest first.</summary>
    public IReadOnlyList<HistoryLine> History => _current.History;

    /// <summary>Nothing to close: it can be used as one that was opened again.</summary>
    public void Dispose() => Crash(keepUnsynced: true);

    private void ThrowIfFailed()
    {
        if (_failed is not null)
            throw _failed;
    }

    // Immutable inside, so that a copy costs nothing however long a simulation runs.
    private sealed record Tables
    {
        public ImmutableSortedDictionary<long, byte[]> Trips { get; private set; } = ImmutableSortedDictionary<long, byte[]>.Empty;

        public ImmutableDictionary<Identity, KnownIdentity> Identities { get; private set; } = ImmutableDictionary<Identity, KnownIdentity>.Empty;

        public ImmutableDictionary<string, string> Settings { get; private set; } = ImmutableDictionary<string, string>.Empty;

        public ImmutableList<HistoryLine> History { get; private set; } = [];

        public long LastKey { get; private set; }

        private ImmutableList<StoredOperation> Operations { get; set; } = [];

        private ImmutableDictionary<(long, TimerKind, Reference?), StoredTimer> Timers { get; set; } = ImmutableDictionary<(long, TimerKind, Reference?), StoredTimer>.Empty;

        public StoredTrip Load(long key, byte[] json) => new(
            key,
            TripStateJson.Read(key, json),
            [.. Operations.Where(o => o.TripKey == key)],
            [.. Timers.Values.Where(t => t.TripKey == key).OrderBy(t => t.Kind.ToString(), StringComparer.Ordinal).ThenBy(t => t.Reference?.ToString() ?? "", StringComparer.Ordinal)]);

        public void Apply(OutboxBatch batch)
        {
            foreach (var (key, state) in batch.Trips)
                Trips = Trips.SetItem(key, TripStateJson.Write(state));
            foreach (var (identity, known) in batch.Identities)
                Identities = Identities.SetItem(identity, known);
            LastKey = Math.Max(LastKey, batch.Trips.Keys.Concat(batch.Identities.Select(i => i.Known.Key)).DefaultIfEmpty().Max());
            foreach (var operation in batch.AddedOperations)
            {
                if (!Trips.ContainsKey(operation.TripKey) || Operations.Any(o => o.Operation.Id == operation.Operation.Id))
                    throw new InvalidOperationException("The operation has no trip, or its id was used before.");
                Operations = Operations.Add(operation with { Body = operation.Body.ToArray(), StoredAt = Rounded(operation.StoredAt) });
            }

            Operations = Operations.RemoveAll(o => batch.RemovedOperations.Contains(o.Operation.Id));
            foreach (var stopped in batch.StoppedTimers)
                Timers = Timers.Remove(stopped);
            foreach (var timer in batch.StartedTimers)
            {
                if (!Trips.ContainsKey(timer.TripKey))
                    throw new InvalidOperationException("The timer has no trip.");
                Timers = Timers.SetItem(
                    (timer.TripKey, timer.Kind, timer.Reference),
                    timer with { SetAt = Rounded(timer.SetAt), After = TimeSpan.FromMilliseconds((long)Math.Ceiling(timer.After.TotalMilliseconds)) });
            }

            History = History.AddRange(batch.History);
            foreach (var (name, value) in batch.Settings)
                Settings = Settings.SetItem(name, value);
        }

        private static DateTimeOffset Rounded(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
    }
}
