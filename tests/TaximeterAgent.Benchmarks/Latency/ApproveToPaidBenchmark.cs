using System.Diagnostics;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Benchmarks.Latency;

/// <summary>From a hint that says that the customer has approved to PAID, whole on the line: a reading, a receipt, a capture, and what has to be on the disk between them.</summary>
internal sealed class ApproveToPaidBenchmark : Benchmark
{
    private const double Goal = 1.6;
    private const string Phone = "91234567";

    public override string Name => "approve-to-paid";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var (port, barePort) = (LoopbackPorts.Free(), LoopbackPorts.Free());
        await using var car = await BenchCar.CreateAsync(Name, Unhurried, HintSender.Configure(port));
        car.World.Apis.Customers.Number("47" + Phone, CustomerPlan.DoesNothing);
        await car.World.SwitchOnAsync();
        using var hints = await HintSender.ConnectAsync(port, stop);
        await using var bare = await BareHintPath.StartAsync(car, barePort, stop);

        var count = run.Quick ? 8 : 120;
        var ours = new Latencies(count, token => ApproveAsync(car, hints, token));
        var limit = new Latencies(count, bare.SampleAsync);
        await run.CompareAsync(
            new Comparison(Name, Unit.Seconds, Goal, ours.MeasureAsync, limit.MeasureAsync) { Remarks = () => [ours.Describe("ours"), limit.Describe("limit")] },
            stop);
    }

    /// <summary>Nothing is looked for by itself while a sample lasts.</summary>
    internal static TaximeterAgent.Simulator.Scenarios.Pace Unhurried => BenchCar.AtOnce with { PollFirst = TimeSpan.FromMinutes(5), PollEvery = TimeSpan.FromMinutes(5) };

    /// <summary>One sample: a fare is asked for, the customer approves, and then the hint comes.</summary>
    internal static async Task<(long Begin, long End)> ApproveAsync(BenchCar car, HintSender hints, CancellationToken stop)
    {
        var fare = car.NewFare(Phone);
        var reference = Reference.OfTrip("taxi", TaximeterAgent.Simulator.Scenarios.AgentConfiguration.CarId, new TripId(fare.Key.Meter, fare.Key.Trip, fare.Key.Start), 1).ToString();
        var created = car.Wire.NextAnswerAsync(ServiceCall.IsCreate);
        car.World.Meter.Finish(fare);
        await car.ForAsync(created, "the request for the fare", stop);
        if (!car.World.Apis.Server.CustomerActs(reference, CustomerAct.Approve))
            throw new InvalidOperationException($"the service has no payment {reference}");
        await Task.Delay(Latencies.Rest, stop);

        var paid = car.FrameAsync("PAID", fromMeter: false);
        var begin = await hints.SendAsync(reference, stop);
        return (begin, await car.ForAsync(paid, "PAID", stop));
    }
}
