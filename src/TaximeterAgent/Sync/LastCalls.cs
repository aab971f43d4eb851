using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>
/// What the payment service last said, for people: kept in memory, decides nothing. Noted by the calls, read from any thread. Ages are monotonic, so that a clock
/// that is set does not make a call old.
/// </summary>
internal sealed class LastCalls(TimeProvider time)
{
    private readonly Lock _one = new();
    private Noted? _success;
    private Noted? _failure;
    private (DateTimeOffset Server, long At)? _clock;

    /// <summary>Notes what came of a try.</summary>
    /// <param name="kind">The call.</param>
    /// <param name="report">What came of it.</param>
    /// <param name="serverTime">The <c>Date</c> of the answer, if there was one.</param>
    public void Note(OperationKind kind, CallReport report, DateTimeOffset? serverTime)
    {
        var now = time.GetTimestamp();
        lock (_one)
        {
            if (EndOf(kind, report) is { } end)
                _failure = new Noted(kind, report, end, now);
            else
                _success = new Noted(kind, report, null, now);
            if (serverTime is { } server)
                _clock = (server, now);
        }
    }

    /// <summary>The last call that the service answered as asked; null if there was none since the agent started.</summary>
    public LastCall? Success => Shown(() => _success);

    /// <summary>The last call that failed, however many succeeded since.</summary>
    public LastCall? Failure => Shown(() => _failure);

    /// <summary>By how much the car's clock is ahead of the service's, to some seconds; negative if it is behind, null before the service has said a time.</summary>
    public TimeSpan? Skew
    {
        get
        {
            lock (_one)
                return _clock is { } clock ? time.GetUtcNow() - (clock.Server + time.GetElapsedTime(clock.At)) : null;
        }
    }

    // A payment that is not there is what the first look for an old one hopes for: an answer, no failure.
    internal static CallEnd? EndOf(OperationKind kind, CallReport report) => report switch
    {
        { Offline: true } => CallEnd.Unreachable,
        { Outcome: TryOutcome.NotSent } => CallEnd.NoToken,
        { Outcome: TryOutcome.Unknown } => CallEnd.NoAnswer,
        { Outcome: TryOutcome.Refused { Kind: Refusal.KeysRefused } } => CallEnd.KeysRefused,
        { Outcome: TryOutcome.Refused { Kind: Refusal.NotFound } } when kind == OperationKind.Query => null,
        { Outcome: TryOutcome.Refused } => CallEnd.Refused,
        _ => null,
    };

    private LastCall? Shown(Func<Noted?> noted)
    {
        lock (_one)
        {
            return noted() is { } call
                ? new LastCall(call.Kind, time.GetElapsedTime(call.At), call.Report.Duration, call.End, call.Report.Code, call.Report.TraceId)
                : null;
        }
    }

    private sealed record Noted(OperationKind Kind, CallReport Report, CallEnd? End, long At);
}

/// <summary>A call that was made.</summary>
/// <param name="Ago">How long ago it ended.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="End">How it failed; null if it did not.</param>
/// <param name="Code">HTTP status and error code.</param>
/// <param name="TraceId">The service's trace id.</param>
internal sealed record LastCall(OperationKind Kind, TimeSpan Ago, TimeSpan? Duration, CallEnd? End, string? Code, string? TraceId);

/// <summary>How a call can fail.</summary>
internal enum CallEnd
{
    /// <summary>Nothing reached the service, or its answer did not reach us: the network.</summary>
    Unreachable,

    /// <summary>The service gave no token this time, so the call was not made.</summary>
    NoToken,

    /// <summary>An answer that says nothing: 5xx, unreadable.</summary>
    NoAnswer,

    /// <summary>The service refuses the keys.</summary>
    KeysRefused,

    /// <summary>The service refuses this call; it is well itself.</summary>
    Refused,
}
