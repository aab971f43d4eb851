namespace TaximeterAgent.EPayment;

/// <summary>What one exchange with the server came to, before its body is understood.</summary>
internal abstract record RawResult
{
    private RawResult()
    {
    }

    /// <summary>A whole answer. <paramref name="Token"/> is the one it was asked with.</summary>
    internal sealed record Answer(int Status, byte[] Body, TimeSpan? RetryAfter, DateTimeOffset? ServerTime = null, AccessToken? Token = null) : RawResult;

    internal sealed record NotSent(NotSentKind Kind, string Detail, Problem? TokenProblem = null) : RawResult;

    internal sealed record Unknown(UnknownKind Kind, string Detail, int? Status = null) : RawResult;
}
