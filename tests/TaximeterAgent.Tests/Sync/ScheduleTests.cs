using TaximeterAgent.Sync;

namespace TaximeterAgent.Tests.Sync;

public class ScheduleTests
{
    /// <summary>The product of both is not known to 64 bits: 30 days of a clock that counts nanoseconds are 2.6 million seconds of a thousand million ticks.</summary>
    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(10_000_000)]
    [InlineData(24_000_000)]
    [InlineData(32_768)]
    public void A_duration_is_the_same_in_any_clocks_ticks(long frequency)
    {
        var time = new Clock(frequency);
        Assert.Equal(0, time.Ticks(TimeSpan.Zero));
        Assert.Equal(frequency, time.Ticks(TimeSpan.FromSeconds(1)));
        Assert.Equal(frequency / 4, time.Ticks(TimeSpan.FromMilliseconds(250)));
        Assert.Equal(30 * 86_400 * frequency, time.Ticks(TimeSpan.FromDays(30)));
        Assert.Equal((90 * frequency) + (frequency / 2), time.Ticks(TimeSpan.FromSeconds(90.5)));
        foreach (var ticks in (long[])[1, 9_999_999, 10_000_001, 123_456_789_012_345, TimeSpan.FromDays(3_650).Ticks + 7_654_321])
            Assert.Equal((long)((Int128)ticks * frequency / TimeSpan.TicksPerSecond), time.Ticks(new TimeSpan(ticks)));
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(32_768)]
    public void What_lies_too_far_ahead_never_comes_and_can_be_added_to_a_timestamp(long frequency)
    {
        var time = new Clock(frequency);
        foreach (var far in (TimeSpan[])[TimeSpan.MaxValue, TimeSpan.MaxValue / 2])
            Assert.InRange(time.Ticks(far), (long)Int128.Min((Int128)far.Ticks * frequency / TimeSpan.TicksPerSecond, long.MaxValue / 4), long.MaxValue / 4);
        Assert.True(time.After(TimeSpan.MaxValue) > 0);
    }

    private sealed class Clock(long frequency) : TimeProvider
    {
        public override long TimestampFrequency => frequency;

        public override long GetTimestamp() => long.MaxValue / 4;
    }
}
