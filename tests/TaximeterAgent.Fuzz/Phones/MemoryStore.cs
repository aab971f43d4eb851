using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Fuzz;

/// <summary>As much of an outbox as a desk needs that never restarts.</summary>
internal sealed class MemoryStore : IOutbox
{
    private readonly Dictionary<long, TripState> _trips = [];
    private readonly Dictionary<Identity, KnownIdentity> _identities = [];
    private readonly Dictionary<string, string> _settings = [];
    private long _lastKey;

    public IEnumerable<TripState> Trips => _trips.Values;

    public void Commit(OutboxBatch batch)
    {
        foreach (var (key, state) in batch.Trips)
            _trips[key] = state;
        foreach (var (identity, known) in batch.Identities)
            _identities[identity] = known;
        foreach (var (name, value) in batch.Settings)
            _settings[name] = value;
    }

    public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => [.. _identities.Where(known => known.Key.Check == check).Select(known => known.Value)];

    public KnownIdentity? Find(Identity identity) => _identities.GetValueOrDefault(identity);

    public StoredTrip? Load(long key) => _trips.TryGetValue(key, out var state) ? new StoredTrip(key, state, [], []) : null;

    public IReadOnlyList<StoredTrip> LoadOpen() => [];

    public long NextKey() => ++_lastKey;

    public string? Setting(string name) => _settings.GetValueOrDefault(name);

    public void Dispose()
    {
    }
}
