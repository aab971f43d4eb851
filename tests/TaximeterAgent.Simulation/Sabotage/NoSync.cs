using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation;

/// <summary>Commits return before they are on disk.</summary>
internal sealed class NoSync : Saboteur
{
    public override IOutbox Outbox(IOutbox inner) => new Unsynced(inner);

    private sealed class Unsynced(IOutbox inner) : IOutbox
    {
        public void Commit(OutboxBatch batch)
        {
            batch.Sync = false;
            inner.Commit(batch);
        }

        public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => inner.FindByCheck(check);

        public KnownIdentity? Find(Identity identity) => inner.Find(identity);

        public StoredTrip? Load(long key) => inner.Load(key);

        public IReadOnlyList<StoredTrip> LoadOpen() => inner.LoadOpen();

        public long NextKey() => inner.NextKey();

        public string? Setting(string name) => inner.Setting(name);

        public void Dispose() => inner.Dispose();
    }
}
