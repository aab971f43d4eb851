namespace TaximeterAgent.Core.Ports;

/// <summary>A stored trip cannot be read: written by a newer agent, or damaged. The message names its key and what is wrong, never a phone number.</summary>
public sealed class TripStateUnreadableException(long key, Exception inner)
    : Exception($"Trip {key}: its stored state cannot be read ({inner.Message}). It was written by a newer agent, or the store is damaged.", inner)
{
    public long Key { get; } = key;
}
