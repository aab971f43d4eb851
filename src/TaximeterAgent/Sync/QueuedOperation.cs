using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>An operation that is not finished, as people are shown it.</summary>
/// <param name="Stored">The call, its key and bytes.</param>
/// <param name="State">Where it is.</param>
/// <param name="DueIn">How long until it is tried; null unless it is planned.</param>
/// <param name="ForNetwork">It is tried at once when the network is back.</param>
internal readonly record struct QueuedOperation(StoredOperation Stored, QueueState State, TimeSpan? DueIn = null, bool ForNetwork = false);

/// <summary>Where an operation is.</summary>
internal enum QueueState
{
    /// <summary>Stored, and not to be sent before something else is known: its payment is read first, or no agent runs.</summary>
    Resting,

    /// <summary>It has a time.</summary>
    Planned,

    /// <summary>Sent; its answer is awaited.</summary>
    OnItsWay,
}
