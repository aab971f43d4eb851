using System.Diagnostics;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Latency;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>What is measured has happened: at the real agent, and at the limit.</summary>
public sealed class FareToWireTests
{
    [Fact]
    public async Task A_sample_is_one_request_of_the_real_agent_for_that_fare()
    {
        await using var car = await BenchCar.CreateAsync("fare-to-wire", BenchCar.AtOnce, AgentCommand.BuiltWithUs());
        await car.World.SwitchOnAsync();
        for (var trips = 1; trips <= 2; trips++)
        {
            var before = Stopwatch.GetTimestamp();
            var (begin, end) = await FareToWireBenchmark.FareAsync(car, CancellationToken.None);

            Assert.True(before < begin && begin < end && end < Stopwatch.GetTimestamp(), "the stamps lie in their order");
            Assert.Equal(trips, car.World.Apis.Payments().Count);
        }

        Assert.Empty(car.World.Violations());
    }

    [Fact]
    public async Task An_agent_that_never_answers_is_broken_and_no_figure()
    {
        var benchmark = new Bench("fare-to-wire", async (run, stop) =>
        {
            await using var car = await BenchCar.CreateAsync("fare-to-wire", BenchCar.AtOnce, ["/bin/sh", "-c", "echo I say nothing more; sleep 60"], patience: TimeSpan.FromSeconds(1));
            car.World.Meter.SwitchOn();
            car.World.StartAgent();
            await FareToWireBenchmark.FareAsync(car, stop);
        });

        var (code, output, _) = await Bench.RunAsync([benchmark]);

        Assert.Equal(ExitCode.Broken, code);
        Assert.Contains("bench fare-to-wire broken: the request for the fare did not come within 1 s; the agent wrote last: I say nothing more", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bare_loop_writes_and_posts_once_for_each_input()
    {
        await using var car = await BenchCar.CreateAsync("bare", BenchCar.AtOnce, ["/bin/true"]);
        var file = Path.Combine(car.World.Places.Root, "bare");
        using var line = new PseudoTerminal();
        // It ends with its line.
        var loop = Task.Factory.StartNew(() => BareLoop.RunAsync([line.Path, "3", car.Wire.Address, file], CancellationToken.None), TaskCreationOptions.LongRunning).Unwrap();
        for (var inputs = 1; inputs <= 2; inputs++)
        {
            var create = car.Wire.NextAnswerAsync(ServiceCall.IsCreate);
            var early = car.Wire.NextAsync(ServiceCall.IsCreate);
            line.Write("in"u8);
            await Task.WhenAny(early, loop, Task.Delay(200));
            Assert.False(early.IsCompleted, "a part of an input is no input");
            line.Write("!"u8);
            await Patience.ForAsync(create, "the request", CancellationToken.None);

            Assert.Equal(inputs, car.World.Apis.Payments().Count);
            Assert.Equal(512 * inputs, new FileInfo(file).Length);
        }

        line.Dispose();
        await Assert.ThrowsAnyAsync<IOException>(() => loop);
        Assert.Empty(car.World.Violations());
    }

    [Fact]
    public async Task A_measurement_is_the_median_of_its_samples_and_the_percentile_knows_all_but_the_warm_up()
    {
        // Each sample takes a millisecond more than the one before it.
        long length = 0;
        var latencies = new Latencies(3, _ => Task.FromResult((1L, 1 + ++length * Stopwatch.Frequency / 1000)));

        var medians = new List<double>();
        while (medians.Count < 3)
            medians.Add(await latencies.MeasureAsync(default));

        Assert.Equal([0.002, 0.005, 0.008], medians);
        Assert.Equal("ours: median 6.5ms, p99 9ms of 6 samples", latencies.Describe("ours"));
    }

    [Fact]
    public async Task A_sample_that_ended_before_it_began_is_no_fast_sample() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Latencies(1, _ => Task.FromResult((2L, 1L))).MeasureAsync(default));
}
