namespace TaximeterAgent.Fleet;

/// <summary>The way to the fleet's broker. Another broker is another implementation of this and of <see cref="IFleetSession"/>, and of nothing else.</summary>
internal interface IFleetLink
{
    /// <summary>Connects once, and does not try again by itself.</summary>
    /// <exception cref="FleetAwayException">It cannot be made.</exception>
    /// <exception cref="OperationCanceledException">Stopped meanwhile.</exception>
    Task<IFleetSession> OpenAsync(CancellationToken stop);
}

/// <summary>One connection. What is lost with it is delivered again over the next. Disposing it takes a second at most, whatever the broker does.</summary>
internal interface IFleetSession : IAsyncDisposable
{
    /// <summary>Completes once, when the connection cannot be used any more, with why.</summary>
    Task<FleetAwayException> Lost { get; }

    /// <summary>Begins to bring the car's messages.</summary>
    /// <exception cref="FleetAwayException">The queues are not there, or not this car's to read.</exception>
    Task ReadAsync(IFleetMessages messages, CancellationToken stop);

    /// <summary>Publishes a report of the car's; done once the broker has it on disk.</summary>
    /// <exception cref="FleetAwayException">It is not known to have it.</exception>
    Task PublishAsync(ReadOnlyMemory<byte> report, CancellationToken stop);
}

/// <summary>
/// What the broker has for the car. A message is acknowledged when its method has come to its end; one whose method fails is not, and the connection is given up, so that
/// it comes again. A body is good until then.
/// </summary>
internal interface IFleetMessages
{
    /// <summary>A hint; several at a time.</summary>
    Task HintAsync(ReadOnlyMemory<byte> body);

    /// <summary>A booking or a cancellation; one at a time, in order.</summary>
    /// <param name="lost">The connection is lost: the same will be delivered again.</param>
    Task OrderAsync(ReadOnlyMemory<byte> body, CancellationToken lost);
}

/// <summary>Why the broker is away, as far as it makes a difference for what is to be done.</summary>
internal enum FleetCause
{
    /// <summary>No answer: the network, the address, or the broker is down.</summary>
    Unreachable,

    /// <summary>Whoever answers is not the broker, by its certificate.</summary>
    Certificate,

    /// <summary>The user or the password is wrong.</summary>
    Refused,

    /// <summary>Connected, but the car's queues are not there or not its own: it was not added, or was removed.</summary>
    NotAdded,

    /// <summary>There was a connection, and it broke.</summary>
    Lost,

    /// <summary>There is no password, so nothing is tried.</summary>
    NoPassword,

    /// <summary>The authority's file cannot be read, so nobody can be trusted.</summary>
    NoAuthority,
}

/// <summary>The broker is away.</summary>
/// <param name="cause">What kind of why.</param>
/// <param name="message">Why, for people; without secrets.</param>
internal sealed class FleetAwayException(FleetCause cause, string message, Exception? inner = null) : Exception(message, inner)
{
    public FleetCause Cause { get; } = cause;
}
