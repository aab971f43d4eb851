using System.Globalization;
using System.Text.RegularExpressions;
using TaximeterAgent.Simulation;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.SimulationRate;

/// <summary>Trips that the deterministic simulation drives and judges in a second, as a process of its own and as it is run for a campaign: compiling included.</summary>
internal sealed partial class SimulationBenchmark : Benchmark
{
    private const double Goal = 2_000;

    [GeneratedRegex(@"^trips=(\d+) crashes=(\d+) .* trips/s=(\d+) trips/processor-s=(\d+)$")]
    private static partial Regex LastLine { get; }

    public override string Name => "simulation";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("taxi-simulation-");
        try
        {
            await using var simulation = AgentProcess.Start(
                [AgentCommand.DotnetHost(), typeof(Campaign).Assembly.Location], ["--seconds", run.Quick ? "5" : "20"], folder.FullName, Path.Combine(folder.FullName, "simulation"));
            await simulation.WaitForExitAsync(stop);
            await TellAsync(run, simulation.ExitCode, simulation.Tail);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The line, from how a campaign has ended.</summary>
    /// <exception cref="InvalidOperationException">A promise was broken: that it was fast is of no interest.</exception>
    public static async Task TellAsync(Measurements run, int exitCode, IReadOnlyList<string> tail)
    {
        var last = tail.Select(line => LastLine.Match(line)).LastOrDefault(match => match.Success);
        if (exitCode != 0 || last is null)
            throw new InvalidOperationException($"the simulation ended with {exitCode}: {string.Join(" / ", tail)}");
        await run.CountAsync(
            "simulation",
            Unit.PerSecond,
            long.Parse(last.Groups[3].Value, CultureInfo.InvariantCulture),
            Goal,
            moreIsBetter: true,
            $"{last.Groups[1].Value} trips with {last.Groups[2].Value} power cuts among them, on {Environment.ProcessorCount} processors; {last.Groups[4].Value} in each second of a processor's time");
    }
}
