using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Sync;

/// <summary>A request is looked at often while somebody stands beside the car, and a little less often after half a minute.</summary>
public sealed class PollPaceTests
{
    private static readonly Reference s_payment = Parse("taxi-NO4711T7-1-14ff24b4-1");

    private readonly ManualTime _time = new();
    private readonly PollPace _pace;

    public PollPaceTests() => _pace = new PollPace(_time, new DispatchOptions());

    [Theory]
    [InlineData(0, 2)]
    [InlineData(29, 2)]
    [InlineData(30, 5)]
    [InlineData(599, 5)]
    public void The_longer_it_was_waited_the_longer_it_is_until_the_next_look(int waited, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(5), _pace.First(s_payment));
        _time.Advance(TimeSpan.FromSeconds(waited));
        Assert.Equal(TimeSpan.FromSeconds(seconds), _pace.Next(s_payment));
    }

    [Fact]
    public void A_request_that_nobody_answers_is_looked_at_some_hundred_and_thirty_times_before_it_expires()
    {
        var looks = 0;
        for (var next = _pace.First(s_payment); _time.GetElapsedTime(0) < TimeSpan.FromMinutes(10); next = _pace.Next(s_payment))
        {
            _time.Advance(next);
            looks++;
        }

        Assert.InRange(looks, 110, 140);
    }

    [Fact]
    public void A_new_request_is_looked_at_often_whatever_an_older_one_has_come_to()
    {
        _pace.First(s_payment);
        _time.Advance(TimeSpan.FromMinutes(5));
        var other = Parse("taxi-NO4711T7-2-14ff24b4-1");
        _pace.First(other);
        Assert.Equal(TimeSpan.FromSeconds(2), _pace.Next(other));
        Assert.Equal(TimeSpan.FromSeconds(5), _pace.Next(s_payment));
    }

    [Fact]
    public void One_that_was_sent_before_the_agent_started_is_looked_at_as_if_it_were_new() => Assert.Equal(TimeSpan.FromSeconds(2), _pace.Next(s_payment));

    [Fact]
    public void Only_so_many_are_remembered()
    {
        _pace.First(s_payment);
        _time.Advance(TimeSpan.FromMinutes(5));
        for (var trip = 10; trip < 80; trip++)
            _pace.First(Parse($"taxi-NO4711T7-{trip}-14ff24b4-1"));
        Assert.Equal(TimeSpan.FromSeconds(2), _pace.Next(s_payment));
    }

    private static Reference Parse(string text) => Reference.TryParse(text, out var reference) ? reference : throw new ArgumentException(text);
}
