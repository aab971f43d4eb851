using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Sync;

public sealed class RateWindowTests
{
    private const int Maximum = 4;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly RateWindow _rate;

    public RateWindowTests() => _rate = new RateWindow(_time, s_window, Maximum);

    [Fact]
    public void One_more_call_than_the_window_takes_waits_until_the_first_lies_behind_it()
    {
        for (var i = 0; i < Maximum; i++)
        {
            Assert.Null(_rate.NotBefore("taxi-1", OperationKind.Capture));
            _rate.Made("taxi-1", OperationKind.Capture);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(_time.GetTimestamp() + _time.Ticks(s_window - TimeSpan.FromSeconds(Maximum)), _rate.NotBefore("taxi-1", OperationKind.Capture));
        Assert.Null(_rate.NotBefore("taxi-1", OperationKind.Refund));
        Assert.Null(_rate.NotBefore("taxi-2", OperationKind.Capture));
        _time.Advance(s_window - TimeSpan.FromSeconds(Maximum));
        Assert.Null(_rate.NotBefore("taxi-1", OperationKind.Capture));
    }

    [Fact]
    public void The_service_is_given_the_time_that_it_asks_for()
    {
        _rate.RetryAfter("taxi-1", OperationKind.Query, TimeSpan.FromSeconds(30));
        Assert.Equal(_time.After(TimeSpan.FromSeconds(30)), _rate.NotBefore("taxi-1", OperationKind.Query));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(_rate.NotBefore("taxi-1", OperationKind.Query));
    }

    // A car makes some ten thousand payments a year, and the agent runs for as long.
    [Fact]
    public void What_lies_behind_the_window_is_forgotten()
    {
        for (var trip = 0; trip < 1_000; trip++)
        {
            _rate.Made($"taxi-{trip}", OperationKind.Create);
            _rate.Made($"taxi-{trip}", OperationKind.Capture);
            _rate.RetryAfter($"taxi-{trip}", OperationKind.Capture, TimeSpan.FromSeconds(20));
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.InRange(_rate.Count, 1, 8);
    }
}
