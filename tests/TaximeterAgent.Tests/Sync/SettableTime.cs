namespace TaximeterAgent.Tests.Sync;

/// <summary>A board's two clocks: what the date says can be set to anything, and what has passed goes on regardless.</summary>
internal sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    private long _passed;
    private DateTimeOffset _now = now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>The date is set.</summary>
    public void Set(DateTimeOffset to) => _now = to;

    /// <summary>Time passes, for both.</summary>
    public void Pass(TimeSpan by)
    {
        _passed += by.Ticks;
        _now += by;
    }
}
