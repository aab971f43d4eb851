using System.Globalization;

namespace TaximeterAgent.Benchmarks.Growth;

/// <summary><c>years</c>: by how many bytes for a trip the outbox's files still grow once the retention is reached, and how large they are then.</summary>
/// <remarks>Ten years with twenty trips a day, seen at each year's end; from the second end on nothing may come but what is kept for ever. Quick: four years with four trips a day.</remarks>
internal sealed class YearsBenchmark : Benchmark
{
    private const int Years = 10;
    private const int TripsADay = 20;
    private const int QuickYears = 4;
    private const int QuickTripsADay = 4;

    /// <summary>Bytes for a trip that is known for ever, with what a tree leaves free.</summary>
    private const double Most = 64;

    public override string Name => "years";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var (years, tripsADay) = run.Quick ? (QuickYears, QuickTripsADay) : (Years, TripsADay);
        var place = Directory.CreateTempSubdirectory("taximeter-years-").FullName;
        try
        {
            var day = Path.Combine(place, "day");
            using (var disk = new KeptDisk(day))
                CalmDay.Drive(50, disk);
            var (settled, history) = PastTrips.Typical(day);
            var ends = PastYears.Pass(Path.Combine(place, "years"), settled, history, years, tripsADay, stop);
            await run.CountAsync("years", Unit.Bytes, Growth(ends), Most, remarks: [.. ends.Select((end, year) => string.Create(
                CultureInfo.InvariantCulture, $"after {year + 1} years: {Unit.Bytes.Write(end.Bytes)[0]}, {end.Known} trips known, {end.Kept} kept, {end.Lines} lines of history"))]);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>Bytes a trip from the second year's end to the last.</summary>
    internal static double Growth(IReadOnlyList<YearEnd> ends) => (double)(ends[^1].Bytes - ends[1].Bytes) / (ends[^1].Known - ends[1].Known);
}
