using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Latency;

/// <summary>From a fare whose customer's number the meter knows, on the line, to the first byte of the request for it at the payment service.</summary>
internal sealed class FareToWireBenchmark : Benchmark
{
    private const double Goal = 1.5;
    private const string Phone = "91234567";

    public override string Name => "fare-to-wire";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        await using var car = await BenchCar.CreateAsync(Name, BenchCar.AtOnce);
        await car.World.SwitchOnAsync();
        await using var bare = await BarePath.StartAsync(car, FareFrame(car), stop);

        var count = run.Quick ? 15 : 230;
        var ours = new Latencies(count, token => FareAsync(car, token));
        var limit = new Latencies(count, bare.SampleAsync);
        await run.CompareAsync(
            new Comparison(Name, Unit.Seconds, Goal, ours.MeasureAsync, limit.MeasureAsync) { Remarks = () => [ours.Describe("ours"), limit.Describe("limit")] },
            stop);
    }

    /// <summary>One sample; the trip is settled afterwards, so that the next finds an agent at rest.</summary>
    internal static async Task<(long Begin, long End)> FareAsync(BenchCar car, CancellationToken stop)
    {
        var said = car.FrameAsync("FARE", fromMeter: true);
        var create = car.Wire.NextAsync(ServiceCall.IsCreate);
        var paid = car.FrameAsync("PAID", fromMeter: false);
        car.World.Meter.Finish(car.NewFare(Phone));
        var begin = await said;
        var request = await car.ForAsync(create, "the request for the fare", stop);
        await car.ForAsync(paid, "PAID", stop);
        return (begin, request.Arrived);
    }

    // As long as the meter's.
    private static byte[] FareFrame(BenchCar car) => Tfp1.Frame("FARE|100|" + MeterWords.Fare(car.NewFare(Phone)));
}
