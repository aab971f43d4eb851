namespace TaximeterAgent.Core.Ports;

/// <summary>A stored trip cannot be read: written by a newer agent, or damaged. The message names its key and what is wrong, never a phone number.</summary>
/// <remarks>There is no inner exception: it may quote what is stored, and a log writes inner exceptions too.</remarks>
/// <param name="key">The trip's.</param>
/// <param name="why">What is wrong, without a phone number.</param>
public sealed class TripStateUnreadableException(long key, string why)
    : Exception($"Trip {key}: its stored state cannot be read ({why}). It was written by a newer agent, or the store is damaged.")
{
    public long Key { get; } = key;
}
