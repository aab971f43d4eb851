using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>
/// Looks on at what becomes of the trips, for figures and traces: decides nothing and is never waited for. All calls come on the engine's thread and must return at once.
/// </summary>
internal interface ITripWitness
{
    /// <summary>A trip has taken an input. Nothing of it is stored yet, and it may never be.</summary>
    void Decided(long key, Input input, TripState before, TripState after);

    /// <summary>The outbox has taken a batch.</summary>
    /// <param name="batch">What it has taken.</param>
    /// <param name="began">When that began; a monotonic timestamp.</param>
    void Committed(OutboxBatch batch, long began);

    /// <summary>A trip's state is stored.</summary>
    /// <param name="key">The trip.</param>
    /// <param name="before">What was stored before; null for a new trip.</param>
    /// <param name="after">What is stored now.</param>
    void Stored(long key, TripState? before, TripState after);

    /// <summary>A call to the payment service begins.</summary>
    void Calling(StoredOperation operation);

    /// <summary>A call has ended, before what came of it is decided upon.</summary>
    void Called(StoredOperation operation, CallReport report);

    /// <summary>What was decided and not stored has not happened: the store had no room, and all is read from it again.</summary>
    void Forgotten();
}
