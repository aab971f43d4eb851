namespace TaximeterAgent.Sync;

/// <summary>Durations in a <see cref="TimeProvider"/>'s monotonic timestamps: the car's wall clock may jump by years.</summary>
internal static class Schedule
{
    // So long that it never comes, and short enough to be added to a timestamp.
    private const long Longest = long.MaxValue / 4;

    public static long After(this TimeProvider time, TimeSpan duration) => time.GetTimestamp() + time.Ticks(duration);

    public static long Ticks(this TimeProvider time, TimeSpan duration)
    {
        // Seconds and the rest by themselves: their product with the frequency may be more than 64 bits hold, and what deals in 128 is not compiled ahead.
        var (seconds, rest) = Math.DivRem(duration.Ticks, TimeSpan.TicksPerSecond);
        return seconds >= Longest / time.TimestampFrequency ? Longest : (seconds * time.TimestampFrequency) + (rest * time.TimestampFrequency / TimeSpan.TicksPerSecond);
    }

    public static long? Earliest(long? left, long? right) => left is { } l && right is { } r ? Math.Min(l, r) : left ?? right;
}
