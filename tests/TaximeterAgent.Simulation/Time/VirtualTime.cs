namespace TaximeterAgent.Simulation;

/// <summary>
/// A clock as somebody in the world sees it: the server a right one, each life of the agent one that begins at its start and may show any date. Its timers fire
/// on the one thread. Once it is <see cref="Dead"/>, none does.
/// </summary>
internal sealed class VirtualTime(VirtualClock clock, TimeSpan wrongBy = default) : TimeProvider
{
    /// <summary>When the world begins.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);

    // A board that has just started counts from near nothing.
    private readonly long _startedAt = clock.Now - TimeSpan.TicksPerSecond;

    /// <summary>Whose clock this was has lost its power.</summary>
    public bool Dead { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => clock.Now - _startedAt;

    public override DateTimeOffset GetUtcNow() => Epoch + TimeSpan.FromTicks(clock.Now) + wrongBy;

    /// <summary>A timestamp of this clock in the world's ticks.</summary>
    public long ToWorld(long timestamp) => timestamp + _startedAt;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, clock, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(VirtualTime owner, VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime >= TimeSpan.Zero)
                clock.After(dueTime, () => Fire(version, period));
            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int version, TimeSpan period)
        {
            if (version != _version || owner.Dead)
                return;
            if (period > TimeSpan.Zero)
                Change(period, period);
            callback(state);
        }
    }
}
