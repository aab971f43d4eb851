using TaximeterAgent.Benchmarks.Backlog;
using TaximeterAgent.Benchmarks.Data;
using TaximeterAgent.Benchmarks.Flash;
using TaximeterAgent.Benchmarks.Fleet;
using TaximeterAgent.Benchmarks.Footprint;
using TaximeterAgent.Benchmarks.Growth;
using TaximeterAgent.Benchmarks.Idle;
using TaximeterAgent.Benchmarks.Latency;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Benchmarks.SimulationRate;
using TaximeterAgent.Benchmarks.Soak;

namespace TaximeterAgent.Benchmarks;

/// <summary>All benchmarks, in the order in which they run.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new FareToWireBenchmark(),
        new KeyToWireBenchmark(),
        new ApproveToPaidBenchmark(),
        new ColdStartBenchmark(),
        new MemoryBenchmark(),
        new BacklogBenchmark(),
        new IdleBenchmark(),
        new DataBenchmark(),
        new SimulationBenchmark(),
        new FlashBenchmark(),
        new GrowthBenchmark(),
        new YearsBenchmark(),
        new RelayBenchmark(),
        new RelayCarsBenchmark(),
        new SoakBenchmark(),
    ];

    public static IReadOnlyDictionary<string, LimitProgram> Limits { get; } = new Dictionary<string, LimitProgram>
    {
        [RelayBenchmark.LimitName] = RelayLimit.RunAsync,
        [BareLoop.Name] = BareLoop.RunAsync,
        [BareHint.Name] = BareHint.RunAsync,
        [BareBacklog.Name] = BareBacklog.RunAsync,
        [EmptyHosts.WithStore] = EmptyHosts.RunAsync,
        [EmptyHosts.WithWeb] = EmptyHosts.RunWithWebAsync,
        [HostedAgent.Name] = HostedAgent.RunAsync,
    };
}
