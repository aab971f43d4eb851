using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Ports;

/// <summary>The payment service, as operations see it.</summary>
public interface IPaymentCalls
{
    /// <summary>The exact bytes of an operation's body, made once, when it is stored; empty for one that has none.</summary>
    ReadOnlyMemory<byte> Body(Operation operation, TripState state);

    /// <summary>Makes one try. Never throws for what the network or the service does.</summary>
    Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken);
}

/// <summary>What came of one try, for the decision and for the history.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="Code">HTTP status and error code, for people.</param>
/// <param name="TraceId">The service's trace id.</param>
/// <param name="Duration">How long the try took.</param>
/// <param name="Offline">The network, not the service, is the reason: nothing reached it.</param>
public sealed record CallReport(TryOutcome Outcome, string? Code = null, string? TraceId = null, TimeSpan? Duration = null, bool Offline = false);
