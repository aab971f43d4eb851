namespace TaximeterAgent.EPayment;

/// <summary>What one exchange gave, before anybody has read it.</summary>
internal abstract record RawAnswer
{
    /// <summary>An answer with its whole body.</summary>
    public sealed record Whole(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, DateTimeOffset? ServerTime) : RawAnswer;

    /// <summary>An answer whose body is too large or broke off.</summary>
    public sealed record Torn(int Status, string Detail) : RawAnswer;

    /// <summary>Nothing reached the server.</summary>
    public sealed record NotSent(NotSentKind Kind, string Detail, Problem? TokenProblem = null) : RawAnswer;

    /// <summary>It may have reached the server.</summary>
    public sealed record Unknown(UnknownKind Kind, string Detail) : RawAnswer;
}
