using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Ports;

/// <summary>
/// The durable store of trips and of the operations that are due. A commit is whole or not there at all; a synced one survives a power cut once
/// <see cref="Commit"/> has returned. Used from one thread.
/// </summary>
public interface IOutbox : IDisposable
{
    /// <summary>Unpaid trips that a driver can still turn to; older ones are for the technician.</summary>
    const int UnpaidMaximum = 100;

    /// <summary>The setting of a store that was begun when an earlier one was set aside: when. What that one has made may be out there.</summary>
    const string BegunAnew = "begun-anew-at";

    /// <summary>The setting that has the version of the agent that last started with this store and got ready.</summary>
    const string LastVersion = "last-version";

    /// <summary>Stores a batch as one transaction.</summary>
    /// <exception cref="OutboxFullException">No room; nothing of the batch is stored and the store can be used further.</exception>
    /// <exception cref="OutboxFailedException">A write or sync failed; what is stored is not known. The store must be closed and opened anew.</exception>
    void Commit(OutboxBatch batch);

    /// <summary>
    /// To be called now and then while nothing waits for it: what a commit has put off is done now. It takes no longer than a few commits.
    /// </summary>
    /// <exception cref="OutboxFailedException">As with <see cref="Commit"/>.</exception>
    void Tend()
    {
    }

    /// <summary>What is known by this identity, however old; null for one never seen.</summary>
    KnownIdentity? Find(Identity identity);

    /// <summary>What is known by identities whose first four bytes are these: what a payment's reference carries of one. Nearly always one or none.</summary>
    /// <param name="check">See <see cref="Identity.Check"/>.</param>
    IReadOnlyList<KnownIdentity> FindByCheck(uint check);

    /// <summary>One trip, with its operations and timers; null once its history was pruned.</summary>
    StoredTrip? Load(long key);

    /// <summary>
    /// All trips that are busy, and of those that only wait for the driver (unpaid) the newest <see cref="UnpaidMaximum"/>; oldest first.
    /// </summary>
    IReadOnlyList<StoredTrip> LoadOpen();

    /// <summary>The key for the next new trip; never used before.</summary>
    long NextKey();

    /// <summary>A small fact of the store's own, such as the newest time heard from the meter; null if never set.</summary>
    string? Setting(string name);
}

/// <summary>What stands behind an identity.</summary>
/// <param name="Key">The trip's key; its negative where the trip was settled otherwise before its fare or booking came, and is not kept any more.</param>
/// <param name="Content">See <see cref="Identity.ContentOf(Fares.Fare)"/>; 0 where the fare or booking itself has not come yet.</param>
public sealed record KnownIdentity(long Key, long Content)
{
    /// <summary>What is left for ever of a trip that was settled otherwise before its fare came: whenever that comes, nothing comes of it.</summary>
    public static KnownIdentity Settled(long key) => new(-key, 0);

    /// <summary>True if it is that.</summary>
    public bool IsSettled => Key < 0;
}

/// <summary>A trip as stored.</summary>
public sealed record StoredTrip(long Key, TripState State, IReadOnlyList<StoredOperation> Operations, IReadOnlyList<StoredTimer> Timers);

/// <summary>An operation with the exact bytes that are sent at every try.</summary>
public sealed record StoredOperation(long TripKey, Operation Operation, ReadOnlyMemory<byte> Body, DateTimeOffset StoredAt);

/// <summary>A timer of a trip. The car's clock may be wrong when it is set or read; <see cref="After"/> bounds what is left of it.</summary>
public sealed record StoredTimer(long TripKey, TimerKind Kind, Reference? Reference, DateTimeOffset SetAt, TimeSpan After);

/// <summary>
/// A line of a trip's history: what happened, when, and what came back. Never a secret; phone numbers masked before they come here.
/// </summary>
/// <param name="TripKey">The trip; null for what concerns the whole car.</param>
/// <param name="At">The car's clock.</param>
/// <param name="Actor">Who: <c>meter</c>, <c>driver</c>, <c>epayment</c>, <c>agent</c>, <c>technician</c>.</param>
/// <param name="What">One word for the kind: <c>fare</c>, <c>create</c>, <c>paid</c>.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Reference">The payment, if it concerns one.</param>
/// <param name="Code">HTTP status and error code, for calls.</param>
/// <param name="TraceId">The service's own trace id, for calls.</param>
/// <param name="Duration">How long a call took.</param>
public sealed record HistoryLine(
    long? TripKey, DateTimeOffset At, string Actor, string What, string Text, string? Reference = null, string? Code = null, string? TraceId = null, TimeSpan? Duration = null);

/// <summary>What one commit stores.</summary>
public sealed class OutboxBatch
{
    /// <summary>Trips with their new state.</summary>
    public Dictionary<long, TripState> Trips { get; } = [];

    public List<(Identity Identity, KnownIdentity Known)> Identities { get; } = [];

    public List<StoredOperation> AddedOperations { get; } = [];

    public List<string> RemovedOperations { get; } = [];

    public List<StoredTimer> StartedTimers { get; } = [];

    public List<(long TripKey, TimerKind Kind, Reference? Reference)> StoppedTimers { get; } = [];

    public List<HistoryLine> History { get; } = [];

    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Must be on disk when <see cref="IOutbox.Commit"/> returns. Without it the batch may be lost by a power cut, but never in part.</summary>
    public bool Sync { get; set; }

    public bool IsEmpty =>
        Trips.Count == 0 && Identities.Count == 0 && AddedOperations.Count == 0 && RemovedOperations.Count == 0 && StartedTimers.Count == 0
        && StoppedTimers.Count == 0 && History.Count == 0 && Settings.Count == 0;
}

/// <summary>There is no room for a batch; nothing of it is stored, and the store can be used further.</summary>
public sealed class OutboxFullException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A write or sync of the store has failed: what is on disk is not known, and the store must be opened anew.</summary>
public sealed class OutboxFailedException(string message, Exception? inner = null) : Exception(message, inner);
