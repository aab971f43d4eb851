using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Sync;

/// <summary>A car whose keys are missing: fares are stored, nothing is requested, and the driver is told at once.</summary>
public sealed class MissingKeysTests : IDisposable
{
    private const string Start = "2026-11-20T10:00:00Z";

    private readonly ManualTime _time = new();
    private readonly DeskBench _bench;
    private readonly DriverDesk _desk;
    private IReadOnlyList<string> _shown = [];

    public MissingKeysTests()
    {
        _bench = new DeskBench(time: _time, calls: new EPaymentCalls(null, "NO4711", _time));
        _desk = new DriverDesk(
            _bench.Engine, () => new CarStatus { MeterHeard = true, SetUp = false }, _time, Language.English, Country.NO, lines => _shown = lines);
        _bench.Engine.Do(() => { });
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_display_says_it_between_trips() => Assert.Equal(["Ready", "Not set up"], _shown.Take(2));

    [Fact]
    public void A_fare_is_stored_and_acknowledged_and_the_driver_is_not_asked_for_a_number()
    {
        var answers = new List<string>();
        _bench.Written += frame => answers.Add(System.Text.Encoding.ASCII.GetString(frame));
        _bench.Fare("1", Start);
        Assert.NotNull(_bench.State("1", Start).Fare);
        Assert.Contains(answers, frame => frame.Contains("ACK|", StringComparison.Ordinal));
        Assert.Equal("Not set up", _shown[1]);
    }

    [Fact]
    public void A_request_is_refused_at_once_and_the_meter_hears_that_it_is_unpaid()
    {
        _bench.Fare("1", Start, phone: DeskBench.Phone);
        _bench.Engine.Drain(); // what came of the try
        var trip = _bench.State("1", Start);
        Assert.Equal(Ending.NotSetUp, Assert.Single(trip.Attempts).Ending);
        Assert.Equal((WordKind.Unpaid, UnpaidReason.Rejected), (trip.Word!.Kind, trip.Word.Reason!.Value));
        Assert.Equal("Not possible", _shown[1]);
        Assert.Equal(0, _bench.Engine.Dispatcher.InFlight);
    }

    [Fact]
    public void The_driver_collects_another_way()
    {
        _bench.Fare("1", Start);
        _bench.Engine.Do(() => _desk.Press(Key.Clear));
        _bench.Engine.Do(() => _desk.Press(Key.Digit1));
        Assert.Equal("Pay another way", _shown[1]);
    }
}
