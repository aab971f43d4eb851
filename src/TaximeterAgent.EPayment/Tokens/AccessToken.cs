namespace TaximeterAgent.EPayment;

/// <summary>An access token and its life, in the monotonic time of the clock that it was fetched with: the car's calendar may be wrong.</summary>
internal sealed class AccessToken(string value, long fetchedAt, TimeSpan life)
{
    /// <summary>A tenth of its life, at most five minutes.</summary>
    private readonly TimeSpan _early = TimeSpan.FromTicks(Math.Min(life.Ticks / 10, TimeSpan.FromMinutes(5).Ticks));

    /// <summary>The header value that carries it.</summary>
    internal string Authorization { get; } = "Bearer " + value;

    internal bool IsAlive(TimeProvider time) => time.GetElapsedTime(fetchedAt) < life;

    internal TimeSpan Left(TimeProvider time) => life - time.GetElapsedTime(fetchedAt);

    internal bool IsDueForRenewal(TimeProvider time) => time.GetElapsedTime(fetchedAt) >= life - _early;

    public override string ToString() => "AccessToken (not shown)";
}

/// <summary>A token, or why there is none.</summary>
internal readonly record struct TokenResult(AccessToken? Token, RawResult.NotSent? Failure);
