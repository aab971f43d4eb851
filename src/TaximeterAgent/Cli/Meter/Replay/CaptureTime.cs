namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary>Time as the capture has it. It stands still where the capture says none, and never goes back.</summary>
internal sealed class CaptureTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => _now;

    public void MoveTo(DateTimeOffset at) => _now = at > _now ? at : _now;
}
