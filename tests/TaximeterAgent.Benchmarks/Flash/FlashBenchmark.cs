using System.Globalization;

namespace TaximeterAgent.Benchmarks.Flash;

/// <summary><c>flash-syncs</c> and <c>flash-bytes</c>: what one settled trip costs the card, checkpoints included.</summary>
internal sealed class FlashBenchmark : Benchmark
{
    private const int Trips = 100;
    private const int QuickTrips = 20;
    private const double SyncsMost = 6;
    private const double BytesMost = 48 * 1024;

    public override string Name => "flash";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var trips = run.Quick ? QuickTrips : Trips;
        var trace = await TracedShift.RunAsync(trips, stop);
        await run.CountAsync("flash-syncs", Unit.Number, (double)trace.Syncs / trips, SyncsMost);
        var files = string.Join(", ", trace.BytesOf.Select(file => string.Create(CultureInfo.InvariantCulture, $"{Unit.Bytes.Write((double)file.Value / trips)[0]} to {file.Key}")));
        await run.CountAsync("flash-bytes", Unit.Bytes, (double)trace.Bytes / trips, BytesMost, remarks: $"{trips} trips, and the agent's end: {files}");
    }
}
