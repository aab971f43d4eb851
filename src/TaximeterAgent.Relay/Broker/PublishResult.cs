namespace TaximeterAgent.Relay.Broker;

/// <summary>What the broker says of a message.</summary>
internal enum PublishResult
{
    /// <summary>It is in at least one queue, on disk.</summary>
    Taken,

    /// <summary>No queue wants it: there is no such car.</summary>
    Unroutable,

    /// <summary>The queue that wants it is full.</summary>
    Full,

    /// <summary>The broker is away, or has not said anything in time: it may have the message or not.</summary>
    Away,
}
