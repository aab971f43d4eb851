namespace TaximeterAgent.Sync;

/// <summary>Durations in a <see cref="TimeProvider"/>'s monotonic timestamps: the car's wall clock may jump by years.</summary>
internal static class Schedule
{
    public static long After(this TimeProvider time, TimeSpan duration) => time.GetTimestamp() + time.Ticks(duration);

    public static long Ticks(this TimeProvider time, TimeSpan duration)
    {
        var ticks = (Int128)duration.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond;
        return (long)Int128.Min(ticks, long.MaxValue / 4);
    }

    public static long? Earliest(long? left, long? right) => left is { } l && right is { } r ? Math.Min(l, r) : left ?? right;
}
