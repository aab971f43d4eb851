using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Fleet;

namespace TaximeterAgent.Tests.Fleet;

/// <summary>When the car reports: on change, not too often, and now and then though nothing changes.</summary>
public sealed class ReportDeskTests : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private readonly FleetBench _bench = new();
    private readonly ReportDesk _desk;

    public ReportDeskTests()
    {
        _desk = new ReportDesk(_bench.Desk.Engine, new CarReports("1.2.3", () => new StoreFigures(3, DateTimeOffset.UnixEpoch), _bench.Time), s_every, _bench.Time, NullLogger.Instance);
        _desk.Anew();
    }

    public void Dispose()
    {
        _desk.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void The_first_report_is_made_at_once_and_says_how_the_car_is()
    {
        var report = Due()!;
        Assert.Equal(("1.2.3", 0, 0, 3, true), (report.Version, report.OpenTrips, report.Operations, report.FailedTrips, report.StoreWritable));
        Assert.Equal(DateTimeOffset.UnixEpoch, report.OldestOpenTrip);
        Assert.Empty(report.Payments);
    }

    [Fact]
    public void A_change_is_reported_at_once_if_the_last_report_is_old_enough()
    {
        Due();
        _bench.Time.Advance(s_every);
        _bench.Desk.Book("app-1");
        Assert.Equal(1, Due()!.OpenTrips);
    }

    [Fact]
    public void Changes_in_quick_succession_are_one_report_when_the_time_has_come()
    {
        Due();
        for (var i = 1; i <= 5; i++)
        {
            _bench.Desk.Book($"app-{i}");
            Assert.Null(Due());
        }

        _bench.Time.Advance(s_every - TimeSpan.FromMilliseconds(1));
        Assert.Null(Due());
        _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(5, Due()!.OpenTrips);
        Assert.Null(Due());
    }

    [Fact]
    public void Nothing_is_reported_while_nothing_changes_but_a_sign_of_life_now_and_then()
    {
        Due();
        for (var passed = TimeSpan.Zero; passed < ReportDesk.Quiet - s_every; passed += s_every)
        {
            _bench.Time.Advance(s_every);
            Assert.Null(Due());
        }

        _bench.Time.Advance(s_every);
        Assert.NotNull(Due());
        Assert.Null(Due());
    }

    [Fact]
    public async Task An_answer_does_not_wait_and_counts_as_a_report()
    {
        Due();
        _bench.Desk.Book("app-1");
        var answer = new BookingAnswer("app-1", BookingOrder.Book, BookingAnswer.Stored);
        var now = await _bench.DoneAsync(_desk.NowAsync(answer, CancellationToken.None));
        Assert.Equal((1, answer), (now!.OpenTrips, Assert.Single(now.Answers)));
        _bench.Time.Advance(s_every);
        Assert.Null(Due());
    }

    [Fact]
    public void A_new_connection_begins_with_a_report()
    {
        Due();
        Assert.Null(Due());
        _desk.Anew();
        Assert.NotNull(Due());
    }

    // What is due after a round; the next may become due then.
    private CarReport? Due()
    {
        _bench.Desk.Engine.Drain();
        var next = _desk.NextAsync(CancellationToken.None);
        if (!next.IsCompleted)
            return null;
        _desk.Taken();
#pragma warning disable xUnit1031 // It is completed.
        return next.Result;
#pragma warning restore xUnit1031
    }
}
