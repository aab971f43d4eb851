using System.Globalization;

namespace TaximeterAgent.Benchmarks.Soak;

/// <summary>
/// Many trips through one agent at full speed: what it holds afterwards, beside what it held after a tenth of them. The whole form takes long and runs only if it is named.
/// </summary>
internal sealed class SoakBenchmark : Benchmark
{
    private const int Trips = 100_000;
    private const int QuickTrips = 1_000;

    /// <summary>What a heap, and the pool of threads, may differ by though nothing grows.</summary>
    private const double HeapSlack = 256 * 1024;
    private const double ThreadSlack = 2;

    /// <summary>Connections to the service that are kept may be eight, or one.</summary>
    private const double DescriptorSlack = 8;
    private const double ResidentGrowth = 1.1;

    public override string Name => "soak";

    public override bool OnlyIfNamed => true;

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var (early, late, took) = await SoakShift.RunAsync(run.Trips ?? (run.Quick ? QuickTrips : Trips), leak: null, stop);
        await TellAsync(run, early, late, took);
    }

    /// <summary>Four lines.</summary>
    public static async Task TellAsync(Measurements run, SoakReading early, SoakReading late, TimeSpan took)
    {
        await run.CountAsync(
            "soak-heap",
            Unit.Bytes,
            late.Heap,
            early.Heap + HeapSlack,
            false,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{late.Trips} trips in {took.TotalSeconds:0} s, {late.Trips / took.TotalSeconds:0.#}/s; after {early.Trips}: heap {early.Heap:0} B, resident {early.Resident:0} B, {early.Descriptors} descriptors, {early.Threads} threads"),
            string.Create(CultureInfo.InvariantCulture, $"after {late.Trips}: heap {late.Heap:0} B, resident {late.Resident:0} B, {late.Descriptors} descriptors, {late.Threads} threads"));
        await run.CountAsync("soak-resident", Unit.Bytes, late.Resident, early.Resident * ResidentGrowth);
        await run.CountAsync("soak-descriptors", Unit.Number, late.Descriptors, early.Descriptors + DescriptorSlack);
        await run.CountAsync("soak-threads", Unit.Number, late.Threads, early.Threads + ThreadSlack);
    }
}
