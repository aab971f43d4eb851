using System.Diagnostics;
using System.Globalization;
using System.Net;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Backlog;

/// <summary>
/// Fares that were stored without network, from the first request once it is there to the last answer to a capture: beside the same calls from memory, over the same slow
/// network; and once more on a disk that takes 10 ms longer for each sync.
/// </summary>
internal sealed class BacklogBenchmark : Benchmark
{
    private const double Goal = 1.5;
    private const double CallsGoal = 4;
    private const int Trips = 1_000;
    private const int QuickTrips = 24;
    private const string Strace = "/usr/bin/strace";

    /// <summary>Calls on their way at a time: the dispatcher's bound.</summary>
    private const int Together = 8;

    /// <summary>Each way; 40 ms for a call.</summary>
    private static readonly TimeSpan s_oneWay = TimeSpan.FromMilliseconds(20);

    public override string Name => "backlog";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var trips = run.Quick ? QuickTrips : Trips;
        await CompareAsync(run, Name, BoardBuild.Agent, trips, stop);
        if (!File.Exists(Strace))
            throw new NotHereException("strace is not installed: no slower disk");
        await CompareAsync(run, $"{Name}-slow-disk", [Strace, "--seccomp-bpf", "-f", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:delay_exit=10000", .. BoardBuild.Agent], trips, stop);
    }

    private static async Task CompareAsync(Measurements run, string name, IReadOnlyList<string> agent, int trips, CancellationToken stop)
    {
        await using var car = await StoredTrips.CreateAsync(agent, trips, s_oneWay);
        await using var bare = LimitProcess.Start(BareBacklog.Name, [car.Address, trips, Together], car.Folder);
        await bare.LineAsync(stop);
        await run.CompareAsync(
            new Comparison(
                name,
                Unit.Seconds,
                Goal,
                token => car.SettleAsync(token),
                async token =>
                {
                    var through = car.Count();
                    await bare.TellAsync("go");
                    await bare.LineAsync(token);
                    return through.Seconds;
                })
            {
                Remarks = () => [string.Create(CultureInfo.InvariantCulture, $"{trips} trips, {Together} calls at a time, {2 * s_oneWay.TotalMilliseconds} ms for a call's way there and back")],
            },
            stop);
        await run.CountAsync($"{name}-calls", Unit.Number, car.CallsPerTrip, CallsGoal);
    }
}
