namespace TaximeterAgent.EPayment;

/// <summary>How it stands with a sales unit's access token. The token itself is never in it.</summary>
/// <param name="Left">How long the token at hand still lives; null if there is none.</param>
/// <param name="LastFailure">The last fetch that brought none, however many have succeeded since; null if all did.</param>
public sealed record TokenState(TimeSpan? Left, TokenFailure? LastFailure);

/// <summary>A token that could not be had.</summary>
/// <param name="Kind"><see cref="NotSentKind.TokenRefused"/> if the keys are wrong; else what kept the answer away.</param>
/// <param name="Detail">Error names for the technician, at most 200 characters; no host, no secret.</param>
/// <param name="Ago">How long ago, monotonic.</param>
public sealed record TokenFailure(NotSentKind Kind, string Detail, TimeSpan Ago)
{
    /// <summary>The HTTP status, if the token endpoint answered.</summary>
    public int? Status { get; init; }

    /// <summary>The server's trace id, where the answer had one.</summary>
    public string? TraceId { get; init; }
}
