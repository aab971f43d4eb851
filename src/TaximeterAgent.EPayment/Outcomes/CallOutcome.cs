namespace TaximeterAgent.EPayment;

/// <summary>
/// How one try of a call ended: <see cref="Answered{T}"/>, <see cref="Refused{T}"/>, <see cref="NotSent{T}"/> or <see cref="Unknown{T}"/>, and nothing else. A try ends
/// in an exception only when its caller cancelled it or passed an argument that can never be right.
/// </summary>
public abstract record CallOutcome
{
    private protected CallOutcome()
    {
    }

    /// <summary>Which call it was.</summary>
    public Operation Operation { get; init; }

    /// <summary>How long the try took, monotonic, waiting for a token included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The server's trace id for its support, where the answer had one.</summary>
    public string? TraceId { get; init; }
}

/// <inheritdoc cref="CallOutcome"/>
/// <typeparam name="T">What the call answers.</typeparam>
public abstract record CallOutcome<T> : CallOutcome
{
    private protected CallOutcome()
    {
    }
}

/// <summary>The server did it, and this is what it answered.</summary>
/// <typeparam name="T">What the call answers.</typeparam>
/// <param name="Value">The answer, read and checked.</param>
public sealed record Answered<T>(T Value) : CallOutcome<T>;

/// <summary>The server refused: a definite 4xx. This try did nothing (an earlier one under the same key may have).</summary>
/// <typeparam name="T">What the call would have answered.</typeparam>
/// <param name="Problem">Why.</param>
public sealed record Refused<T>(Problem Problem) : CallOutcome<T>
{
    /// <summary>What the refusal means for this operation.</summary>
    public ErrorAdvice Advice => ErrorCatalogue.Classify(Operation, Problem.Status, Problem.ErrorCode);
}

/// <summary>The request provably did not reach the server, or reached it only without a valid token (401): nothing was done, and the same bytes may be sent again under the same key.</summary>
/// <typeparam name="T">What the call would have answered.</typeparam>
/// <param name="Kind">Where it stopped.</param>
/// <param name="Detail">Error names for the technician, at most 200 characters; no host, no secret.</param>
public sealed record NotSent<T>(NotSentKind Kind, string Detail) : CallOutcome<T>
{
    /// <summary>What the token endpoint said, if it was the token that could not be had. Its <see cref="Problem.RetryAfter"/> is to be honoured.</summary>
    public Problem? TokenProblem { get; init; }
}

/// <summary>
/// Nobody here knows whether the server did it. Never "failed": send the same bytes under the same key again, or read the payment first.
/// </summary>
/// <typeparam name="T">What the call would have answered.</typeparam>
/// <param name="Kind">What was seen instead of an answer.</param>
/// <param name="Detail">Error names for the technician, at most 200 characters; no host, no secret.</param>
public sealed record Unknown<T>(UnknownKind Kind, string Detail) : CallOutcome<T>
{
    /// <summary>The HTTP status, if one was seen.</summary>
    public int? Status { get; init; }

    /// <summary>What the server said with a 5xx (code, trace id, <c>Retry-After</c>).</summary>
    public Problem? Problem { get; init; }
}

/// <summary>Where a request stopped before it reached the server.</summary>
public enum NotSentKind
{
    /// <summary>The host's name could not be resolved.</summary>
    NameResolution,

    /// <summary>No connection: refused, unreachable, or none in time.</summary>
    Connect,

    /// <summary>The TLS handshake failed: a wrong clock, a captive portal, a certificate that is not trusted.</summary>
    Tls,

    /// <summary>The token endpoint refused the keys (400, 401, 403): trying again does not help, a technician does.</summary>
    TokenRefused,

    /// <summary>The token endpoint gave no token this time: too fast, 5xx, no or no readable answer.</summary>
    TokenUnavailable,
}

/// <summary>What was seen instead of an answer.</summary>
public enum UnknownKind
{
    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The connection broke after the request may have been sent.</summary>
    Broken,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>An answer that could not be read: too large, not JSON, missing or contradictory fields, a redirect, or about another payment.</summary>
    UnreadableAnswer,
}
