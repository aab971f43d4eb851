using TaximeterAgent.Benchmarks.Growth;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>The years that are made up, and what is counted of them.</summary>
public sealed class GrowthTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("taximeter-growth-").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public void Past_trips_are_settled_and_have_their_history()
    {
        var settled = new TripState { Trip = new TripId("meter-7", "1", "2026-11-03T11:31:00+01:00"), Settled = SettledBy.Void };
        var line = new HistoryLine(1, DateTimeOffset.UnixEpoch, "meter", "fare", "345.00 NOK");
        PastTrips.Store(_place, settled, [line, line], 700, CancellationToken.None);

        using var outbox = SqliteOutbox.Open(_place, TimeProvider.System);
        Assert.Equal((0, 1_400), (outbox.Reader.Counts().Open, outbox.Reader.Counts().HistoryLines));
        Assert.Equal(700, outbox.Reader.List(limit: 1_000).Count);
        Assert.Equal(2, outbox.Reader.HistoryOf(700).Count);
        Assert.Single(outbox.Reader.FindByNumber("700"));
        Assert.Empty(outbox.LoadOpen());
    }

    [Fact]
    public void The_same_day_looks_into_the_same_pages_and_into_more_where_there_is_a_past()
    {
        Assert.Equal(Pages("one"), Pages("other"));

        var settled = new TripState { Trip = new TripId("meter-7", "1", "2026-11-03T11:31:00+01:00"), Settled = SettledBy.Void };
        var line = new HistoryLine(1, DateTimeOffset.UnixEpoch, "meter", "fare", "345.00 NOK");
        PastTrips.Store(Path.Combine(_place, "past"), settled, [line, line, line, line], 3_000, CancellationToken.None);
        var (one, past) = (Pages("none"), Pages("past"));
        Assert.Equal(one.Trips, past.Trips);
        Assert.True(past.Looked > one.Looked, $"{past.Looked} and {one.Looked}");

        (long Trips, long Looked, long FromDisk) Pages(string name)
        {
            using var disk = new KeptDisk(Path.Combine(_place, name));
            var trips = CalmDay.Drive(5, disk);
            return (trips, disk.Pages, disk.FromDisk);
        }
    }

    [Fact]
    public void Years_leave_what_is_kept_for_ever_and_no_more()
    {
        var settled = new TripState { Trip = new TripId("meter-7", "1", "2026-11-03T11:31:00+01:00"), Settled = SettledBy.Void };
        var line = new HistoryLine(1, DateTimeOffset.UnixEpoch, "meter", "fare", "345.00 NOK");
        var ends = PastYears.Pass(Path.Combine(_place, "years"), settled, [line, line], years: 4, tripsADay: 2, CancellationToken.None);

        Assert.Equal([730, 1_460, 2_190, 2_920], ends.Select(end => end.Known));
        Assert.All(ends.Skip(1), end => Assert.Equal((true, 2 * end.Kept), (end.Kept is >= 790 and <= 812, end.Lines)));
        Assert.Equal(730, ends[0].Kept);
        Assert.InRange(YearsBenchmark.Growth(ends), 0, 80);
    }

    [Fact]
    public void Growth_counts_from_the_second_years_end()
    {
        YearEnd End(long bytes, long known) => new(bytes, known, 0, 0);
        Assert.Equal(50, YearsBenchmark.Growth([End(1_000, 10), End(100_000, 20), End(100_500, 30)]));
    }
}
