namespace TaximeterAgent.Simulator.Server;

/// <summary>When a failed delivery is tried again.</summary>
public static class WebhookSchedule
{
    /// <summary>As documented: about 2 s four times, a minute, two minutes, hourly for a day, then daily.</summary>
    public static IReadOnlyList<TimeSpan> Documented { get; } =
    [
        .. Enumerable.Repeat(TimeSpan.FromSeconds(2), 4),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        .. Enumerable.Repeat(TimeSpan.FromHours(1), 24),
        TimeSpan.FromDays(1),
    ];

    /// <summary>The documented waiting times, each so many times shorter, for a run that cannot take a week.</summary>
    public static IReadOnlyList<TimeSpan> Shortened(double times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        return [.. Documented.Select(wait => wait / times)];
    }
}
