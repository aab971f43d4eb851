using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation;

/// <summary>A hold is in memory only: after a start the trip goes on by itself.</summary>
internal sealed class ForgetHold : Saboteur
{
    public override bool NeedsTechnician => true;

    public override IOutbox Outbox(IOutbox inner) => new Forgetful(inner);

    private sealed class Forgetful(IOutbox inner) : IOutbox
    {
        public void Commit(OutboxBatch batch)
        {
            foreach (var (key, state) in batch.Trips.ToList())
                batch.Trips[key] = state with { Held = false };
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
