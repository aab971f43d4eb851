namespace TaximeterAgent.Sync;

/// <summary>A time by which what is stored may be judged old.</summary>
/// <param name="Now">Never later than the true time, as far as anybody can tell.</param>
/// <param name="Confirmed">True if the payment service's clock says the same; otherwise it is the least that it must be by now.</param>
internal readonly record struct AgeTime(DateTimeOffset Now, bool Confirmed);

/// <summary>
/// The time by which what is stored grows old. What is too old is removed for ever, so a clock that stands wrong must not decide it: a board without a battery
/// starts anywhere between 1970 and the far future, and its network may be away for weeks.
/// </summary>
/// <remarks>
/// While the payment service's <c>Date</c> and the car's clock agree within <see cref="Tolerance"/>, the time is the earlier of the two. At other times it is the last time that
/// was so confirmed and what has passed since then with the agent running, by the monotonic clock, and never more than the car's clock says. So it lags behind where the car
/// stands switched off without a network, and catches up at the first answer of the service; a clock that jumps ahead moves it not at all.
/// </remarks>
/// <param name="time">The car's clock, and the monotonic one.</param>
/// <param name="skew">By how much the car's clock is ahead of the payment service's; null before the service has said a time.</param>
/// <param name="kept">The time that an earlier run has kept; null if none has.</param>
internal sealed class AgeClock(TimeProvider time, Func<TimeSpan?> skew, DateTimeOffset? kept)
{
    /// <summary>Nothing is kept for so short a time that it matters, and no wrong battery is that near by chance.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    private (DateTimeOffset Was, long At)? _known = kept is { } known ? (known, time.GetTimestamp()) : null;

    /// <summary>The time now; null while nothing is known of it: then nothing is too old.</summary>
    public AgeTime? Read()
    {
        var car = time.GetUtcNow();
        if (skew() is { } ahead && ahead.Duration() <= Tolerance)
        {
            var now = ahead > TimeSpan.Zero ? car - ahead : car;
            _known = (now, time.GetTimestamp());
            return new AgeTime(now, Confirmed: true);
        }

        if (_known is not { } last)
            return null;
        var least = last.Was + time.GetElapsedTime(last.At);
        return new AgeTime(least < car ? least : car, Confirmed: false);
    }
}
