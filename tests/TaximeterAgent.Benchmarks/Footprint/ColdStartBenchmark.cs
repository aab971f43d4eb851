using System.Diagnostics;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Footprint;

/// <summary>From the start of the agent's process, with years in its outbox, to its first answer to the meter, which says HELLO again and again.</summary>
internal sealed class ColdStartBenchmark : Benchmark
{
    private const double Goal = 1.8;
    private const int Settled = 10_000;
    private const int Open = 20;
    private const string LimitStore = "limit.db";

    public override string Name => "cold-start";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("taxi-start-").FullName;
        try
        {
            var filled = Path.Combine(folder, "filled");
            await FilledOutbox.MakeAsync(filled, BoardBuild.Agent, Settled, Open, stop);
            File.Copy(Path.Combine(filled, "outbox.db"), Path.Combine(folder, LimitStore));
            await run.CompareAsync(
                new Comparison(Name, Unit.Seconds, Goal, token => StartAsync(BoardBuild.Agent, filled, token), token => LimitAsync(folder, token))
                {
                    Remarks = () => [$"{Settled} settled and {Open} open trips, {Unit.Bytes.Write(Directory.GetFiles(filled).Sum(file => new FileInfo(file).Length))[0]} in the outbox"],
                },
                stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One start with a copy of an outbox; then the power is cut.</summary>
    internal static async Task<double> StartAsync(IReadOnlyList<string> agent, string filled, CancellationToken stop, TimeSpan? patience = null)
    {
        using var meter = new HelloMeter();
        await using var car = await BenchCar.CreateAsync("cold-start", BenchCar.AtOnce, agent, root => root["Meter"]!["Serial"]!["Port"] = meter.Path, patience);
        foreach (var file in Directory.GetFiles(filled))
            File.Copy(file, Path.Combine(car.World.Places.Outbox, Path.GetFileName(file)));
        var answered = meter.AnswerAsync();
        var begin = Stopwatch.GetTimestamp();
        car.World.StartAgent();
        return Stopwatch.GetElapsedTime(begin, await car.ForAsync(answered, "an answer to HELLO", stop)).TotalSeconds;
    }

    private static async Task<double> LimitAsync(string folder, CancellationToken stop)
    {
        var begin = Stopwatch.GetTimestamp();
        await using var host = LimitProcess.Start(EmptyHosts.WithStore, [Path.Combine(folder, LimitStore)], folder);
        await host.LineAsync(stop);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
