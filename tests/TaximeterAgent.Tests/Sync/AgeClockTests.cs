using TaximeterAgent.Sync;

namespace TaximeterAgent.Tests.Sync;

/// <summary>By what time things grow old: a clock that stands wrong must not make them so.</summary>
public sealed class AgeClockTests
{
    private static readonly DateTimeOffset s_noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SettableTime _time = new(s_noon);
    private TimeSpan? _skew;

    [Fact]
    public void Before_anything_is_known_nothing_is_old()
    {
        var clock = Clock(null);
        Assert.Null(clock.Read());
        _skew = TimeSpan.FromDays(20_000);
        Assert.Null(clock.Read());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(+3, -3)]
    [InlineData(-3, 0)]
    [InlineData(+23, -23)]
    public void A_clock_that_agrees_with_the_services_counts_and_the_earlier_of_the_two_is_taken(int aheadHours, int hours)
    {
        _skew = TimeSpan.FromHours(aheadHours);
        Assert.Equal(new AgeTime(s_noon.AddHours(hours), Confirmed: true), Clock(null).Read());
    }

    [Theory]
    [InlineData(+25)]
    [InlineData(-25)]
    [InlineData(24 * 365 * 60)]
    public void One_that_does_not_agree_counts_for_nothing(int aheadHours)
    {
        _skew = TimeSpan.FromHours(aheadHours);
        Assert.Null(Clock(null).Read());
        Assert.Equal(new AgeTime(s_noon.AddDays(-9), Confirmed: false), Clock(s_noon.AddDays(-9)).Read());
    }

    [Fact]
    public void Without_the_service_what_was_known_goes_on_with_the_time_that_passes_and_not_with_the_clock()
    {
        var clock = Clock(s_noon);
        _time.Set(s_noon.AddYears(70));
        Assert.Equal(new AgeTime(s_noon, Confirmed: false), clock.Read());
        _time.Pass(TimeSpan.FromDays(3));
        Assert.Equal(s_noon.AddDays(3), clock.Read()!.Value.Now);
        // Nor is it ever later than the car's clock says.
        _time.Set(DateTimeOffset.UnixEpoch);
        Assert.Equal(DateTimeOffset.UnixEpoch, clock.Read()!.Value.Now);
        _time.Set(s_noon.AddDays(40));
        Assert.Equal(s_noon.AddDays(3), clock.Read()!.Value.Now);
    }

    [Fact]
    public void What_was_confirmed_in_this_run_goes_on_when_the_clock_jumps_and_the_next_answer_catches_up()
    {
        var clock = Clock(s_noon.AddDays(-100));
        _skew = TimeSpan.Zero;
        Assert.Equal(s_noon, clock.Read()!.Value.Now);
        // The clock jumps, and the service's last answer shows it.
        _time.Set(s_noon.AddYears(5));
        _skew = s_noon.AddYears(5) - s_noon;
        _time.Pass(TimeSpan.FromHours(1));
        Assert.Equal(new AgeTime(s_noon.AddHours(1), Confirmed: false), clock.Read());
        _time.Set(s_noon.AddDays(50));
        _skew = TimeSpan.Zero;
        Assert.Equal(new AgeTime(s_noon.AddDays(50), Confirmed: true), clock.Read());
    }

    private AgeClock Clock(DateTimeOffset? kept) => new(_time, () => _skew, kept);
}
