namespace TaximeterAgent.Simulator.Car;

/// <summary>The date in a world in which years pass within minutes. What is counted by the monotonic clock, every timer too, passes as it does.</summary>
internal sealed class WorldCalendar : TimeProvider
{
    private long _days;

    /// <summary>How many days have passed besides those that really have.</summary>
    public int Days => (int)Interlocked.Read(ref _days);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(Interlocked.Read(ref _days));

    /// <summary>So many days pass at once.</summary>
    public void Pass(int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        Interlocked.Add(ref _days, days);
    }
}
