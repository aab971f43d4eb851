using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class CallLimitTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void The_sixth_capture_in_a_minute_is_turned_away_and_told_when_to_come_back()
    {
        _bench.Authorize();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, _bench.Capture(100).Status);
            _bench.Time.Advance(10);
        }

        Assert.Empty(_bench.Server.Violations);
        var sixth = _bench.Capture(100);
        _bench.AssertRefused(sixth, 429, Rules.TooManyCalls);
        Assert.Equal("10", sixth.Header("Retry-After"));
        Assert.Equal((34_500, 500, 0, 0), _bench.Aggregate());

        _bench.Time.Advance(10);
        Assert.Equal(200, _bench.Capture(100).Status);
    }

    [Fact]
    public void A_replayed_call_counts_too()
    {
        _bench.Authorize();
        for (var i = 0; i < 5; i++)
            _bench.Capture(100, "the-same-key");
        _bench.AssertRefused(_bench.Capture(100, "the-same-key"), 429, Rules.TooManyCalls);
    }

    [Theory]
    [InlineData(Operation.Create)]
    [InlineData(Operation.Cancel)]
    [InlineData(Operation.Refund)]
    public void Each_kind_of_write_is_counted_for_itself(Operation operation)
    {
        Assert.Equal(201, _bench.Create(key: "create").Status);
        _bench.Time.Advance(5);
        _bench.Capture(10_000);
        var statuses = Enumerable.Range(0, 6).Select(_ => operation switch
        {
            Operation.Create => _bench.Create(key: "create"),
            Operation.Cancel => _bench.Cancel(),
            _ => _bench.Refund(100),
        }).Select(a => a.Status).ToList();
        var refused = operation == Operation.Create ? 2 : 1; // one create has been counted already
        Assert.Equal(refused, statuses.Count(s => s == 429));
        Assert.Equal(429, statuses[^1]);
    }

    [Fact]
    public void References_are_counted_each_for_itself()
    {
        _bench.Authorize();
        _bench.Authorize("another-reference-1");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, _bench.Capture(100).Status);
            Assert.Equal(200, _bench.Capture(100, reference: "another-reference-1").Status);
        }

        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_hundred_and_twenty_reads_a_minute_are_served_and_one_more_is_not()
    {
        _bench.Create();
        for (var i = 0; i < 120; i++)
            Assert.Equal(200, _bench.Get().Status);
        for (var i = 0; i < 120; i++)
            Assert.Equal(200, _bench.Events().Status);
        Assert.Empty(_bench.Server.Violations);
        _bench.AssertRefused(_bench.Get(), 429, Rules.TooManyCalls);
        _bench.AssertRefused(_bench.Events(), 429, Rules.TooManyCalls);
    }

    [Fact]
    public void The_window_can_be_shortened()
    {
        var bench = new Bench(new ServerOptions { RateWindow = TimeSpan.FromSeconds(2) });
        bench.Authorize();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, bench.Capture(100).Status);
            bench.Time.Advance(0.5);
        }

        Assert.Empty(bench.Server.Violations);
    }
}
