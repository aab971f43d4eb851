using System.Globalization;

namespace TaximeterAgent.Benchmarks.Growth;

/// <summary><c>growth</c>: pages that SQLite looks into for a fare with years of trips in the outbox, beside those with none.</summary>
/// <remarks>
/// The same calm day of the deterministic simulation is driven with both: the agent's own engine on the real outbox, and nothing of chance. Every page that SQLite
/// asks its cache for counts, whether it is there or has to be read from the card: the latter alone are nearly none in a small outbox, and a ratio to nothing says
/// nothing. They are told beside it. In the cache is at first what opening the outbox has left there; what that reads is not counted.
/// </remarks>
internal sealed class GrowthBenchmark : Benchmark
{
    private const int Past = 200_000;
    private const int QuickPast = 20_000;
    private const int Trips = 150;
    private const int QuickTrips = 50;
    private const double Most = 1.1;

    public override string Name => "growth";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var (past, trips) = run.Quick ? (QuickPast, QuickTrips) : (Past, Trips);
        var place = Directory.CreateTempSubdirectory("taximeter-growth-").FullName;
        try
        {
            var none = Drive(Path.Combine(place, "none"), trips);
            var (settled, history) = PastTrips.Typical(Path.Combine(place, "none"));
            var many = Path.Combine(place, "many");
            PastTrips.Store(many, settled, history, past, stop);
            var size = new FileInfo(Path.Combine(many, "outbox.db")).Length;
            var grown = Drive(many, trips);
            if (none.Trips != grown.Trips)
                throw new InvalidOperationException($"the days were not the same: {none.Trips} trips and {grown.Trips}");
            await run.CountAsync("growth", Unit.Number, grown.Pages / none.Pages, Most, remarks: string.Create(
                CultureInfo.InvariantCulture,
                $"with {past} trips ({Unit.Bytes.Write(size)[0]}) {grown.Pages:0.0} pages a fare, of which {grown.FromDisk:0.00} were not in the cache; with none {none.Pages:0.0} and {none.FromDisk:0.00}; {none.Trips} fares"));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static (double Pages, double FromDisk, long Trips) Drive(string directory, int trips)
    {
        using var disk = new KeptDisk(directory);
        var driven = CalmDay.Drive(trips, disk);
        return ((double)disk.Pages / driven, (double)disk.FromDisk / driven, driven);
    }
}
