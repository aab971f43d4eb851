using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Sync;

/// <summary>A trip's history tells its story: what the meter said and was answered, what was decided, what was tried; and does not grow without end.</summary>
public sealed class TripStoryTests : IDisposable
{
    private const string Start = "2026-11-20T10:00:00Z";
    private const string Fare = "meter=NO-4711|trip=1042|start=2026-11-20T10:00:00Z|finish=2026-11-20T10:24:10Z|total=34500|fare=34500|suppl=0|tip=0|cur=NOK|vat=1200|supplvat=1200|dist=12345|tariff=2";

    private readonly ManualTime _time = new();
    private readonly MemoryOutbox _outbox = new();
    private readonly DeskBench _bench;

    public TripStoryTests() => _bench = new DeskBench(_outbox, _time);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_meters_frame_comes_first_with_its_answer_then_what_follows_from_it()
    {
        Say($"FARE|1|{Fare}|phone=4791234567");
        var lines = Lines();
        Assert.Equal(("meter", "frame"), (lines[0].Actor, lines[0].What));
        Assert.StartsWith("FARE|1|", lines[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("(ACK)", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains(lines, line => line is { Actor: "agent", What: "decided" } && line.Text.Contains("request of 345.00 NOK is made", StringComparison.Ordinal));
        Assert.All(_outbox.History, line => Assert.DoesNotContain("91234", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_meter_that_says_the_same_for_hours_has_few_lines()
    {
        for (var times = 1; times <= 1_000; times++)
            Say($"FARE|{times}|{Fare}");
        var frames = Lines().Where(line => line.What == "frame").ToList();
        Assert.InRange(frames.Count, 2, 11);
        Assert.EndsWith("(512 times)", frames[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conflict_is_told_with_its_NAK()
    {
        Say($"FARE|1|{Fare}");
        Say($"FARE|2|{Fare.Replace("34500", "34600", StringComparison.Ordinal)}");
        Assert.EndsWith("(NAK, conflict)", Lines().Last(line => line.What == "frame").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_is_no_fare_is_in_the_history_of_the_car_and_of_no_trip()
    {
        Say("FARE|1|meter=NO-4711|trip=1042");
        Say("PING|2");
        Assert.StartsWith("FARE|1|", Assert.Single(_outbox.History, line => line is { TripKey: null, What: "frame" }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_for_hours_has_few_lines_and_the_timer_that_ends_it_one()
    {
        Say($"FARE|1|{Fare}|phone=4791234567");
        for (var minute = 0; minute < 240; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            _bench.Engine.Drain();
        }

        var lines = Lines();
        Assert.InRange(lines.Count, 5, 30);
        Assert.Single(lines, line => line.What == "timer" && line.Text.Contains("as long as the policy allows", StringComparison.Ordinal));
        Assert.Contains(lines, line => line is { What: "decided" } && line.Text.StartsWith("UNPAID: nothing can be approved any more, 345.00 NOK", StringComparison.Ordinal));
    }

    [Fact]
    public void The_story_adds_no_sync_and_no_commit_to_what_is_stored_anyway()
    {
        Say($"FARE|1|{Fare}");
        var commits = _outbox.Commits;
        for (var times = 3; times <= 3 + 100; times++)
            Say($"FARE|{times}|{Fare}");
        Assert.True(_outbox.Commits - commits <= 8, $"{_outbox.Commits - commits} commits for 101 repeats");
    }

    private List<Core.Ports.HistoryLine> Lines()
    {
        var key = _bench.Engine.Book.Find(Identity.OfTrip(new TripId(DeskBench.Meter, "1042", Start)))!.Key;
        return [.. _outbox.History.Where(line => line.TripKey == key)];
    }

    private void Say(string payload) => _bench.Engine.Do(() => _bench.Engine.Link.Receive(FrameWriter.Write(payload, out _)));
}
