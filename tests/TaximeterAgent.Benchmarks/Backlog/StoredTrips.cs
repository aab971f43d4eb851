using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Backlog;

/// <summary>A car that drives without network and comes back to it, again and again.</summary>
internal sealed class StoredTrips : IAsyncDisposable
{
    private const string Phone = "91234567";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly BenchCar _car;
    private readonly MobileNetwork _network;
    private readonly int _trips;
    private readonly List<double> _calls = [];
    private CallCount? _counting;

    private StoredTrips(BenchCar car, int trips, TimeSpan oneWay)
    {
        _car = car;
        _trips = trips;
        // Behind the slow network: what it takes is in the figure.
        _network = new MobileNetwork(car.Wire.EndPoint, TimeProvider.System) { Latency = oneWay };
        car.World.Reconfigure(root => root["EPayment"]!["BaseUrl"] = Address);
        car.Wire.Passed += request => _counting?.Take(request);
    }

    /// <summary>The payment service, over the slow network.</summary>
    public string Address => $"http://127.0.0.1:{_network.Port}";

    public string Folder => _car.World.Places.Root;

    /// <summary>Of ours, the median of all measurements.</summary>
    public double CallsPerTrip => Median.Of(_calls) / _trips;

    /// <summary>The agent runs, and has settled a trip.</summary>
    public static async Task<StoredTrips> CreateAsync(IReadOnlyList<string> agent, int trips, TimeSpan oneWay)
    {
        var pace = BenchCar.AtOnce with { BackoffFirst = TimeSpan.FromSeconds(1), BackoffMost = TimeSpan.FromSeconds(2), RateWindow = TimeSpan.FromMilliseconds(10) };
        var car = await BenchCar.CreateAsync("backlog", pace, agent, root =>
        {
            root["Policy"]!["OfflineMaxCount"] = 1_000;
            root["Policy"]!["OfflineMaxAmount"] = 65_000_000;
        });
        var stored = new StoredTrips(car, trips, oneWay);
        try
        {
            await car.World.SwitchOnAsync();
            await car.SettleAsync(Phone, CancellationToken.None);
            return stored;
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }
    }

    /// <summary>Counts what passes from now on.</summary>
    public CallCount Count() => _counting = new CallCount(_trips);

    /// <summary>Drives without network, and then with it until all is captured: seconds from the first request on.</summary>
    public async Task<double> SettleAsync(CancellationToken stop)
    {
        _network.SwitchOff();
        for (var i = 0; i < _trips; i++)
        {
            var acknowledged = _car.FrameAsync("ACK", fromMeter: false);
            _car.World.Meter.Finish(_car.NewFare(Phone));
            await _car.ForAsync(acknowledged, "the ACK of a fare", stop);
        }

        var told = _car.FramesAsync("PAID", _trips);
        var count = Count();
        _network.SwitchOn();
        await count.Done.WaitAsync(s_patience, stop);
        await Patience.ForAsync(told, "the last PAID", stop, s_patience);
        _calls.Add(count.Calls);
        return count.Seconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _car.DisposeAsync();
        await _network.DisposeAsync();
    }
}
