using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Tests.Outbox;

// What years leave in an outbox, and what they must not take away.
public abstract partial class OutboxStoreContractTests
{
    private static DateTimeOffset YearsLater => Examples.Noon.AddDays(500);

    [Fact]
    public void What_a_person_has_to_look_at_stays_with_its_lines_however_old()
    {
        Keep(1, Examples.Closed(1) with { Stopped = "impossible" });
        Keep(2, Examples.Closed(2));

        PruneAll(YearsLater);

        Assert.Equal("impossible", Store.Load(1)!.State.Stopped);
        Assert.Single(Store.Reader.HistoryOf(1));
        Assert.Null(Store.Load(2));

        // Too much is too much: the lines go, and the trip that somebody has to look at stays.
        var flood = new OutboxBatch();
        for (var i = 0; i < 50; i++)
            flood.History.Add(Examples.Line(null, $"line {i}"));
        Store.Commit(flood);
        PruneAll(YearsLater, maximumLines: 10);
        Assert.Empty(Store.Reader.HistoryOf(1));
        Assert.NotNull(Store.Load(1));
    }

    [Fact]
    public void Once_a_person_has_looked_it_goes_as_others_do()
    {
        Keep(1, Examples.Closed(1) with { Stopped = "impossible" });
        PruneAll(YearsLater);
        var given = new OutboxBatch();
        given.Trips[1] = Examples.Closed(1) with { Stopped = "impossible", GivenUp = true };
        Store.Commit(given);
        PruneAll(YearsLater);
        Assert.Null(Store.Load(1));
    }

    [Fact]
    public void Unpaid_trips_that_the_driver_can_turn_to_stay_and_older_ones_go()
    {
        const int more = 5;
        for (var key = 1; key <= IOutbox.UnpaidMaximum + more; key++)
            Keep(key, Unpaid(key));
        PruneAll(YearsLater);
        var left = Store.LoadOpen().Select(trip => trip.Key).ToList();
        Assert.Equal(Enumerable.Range(more + 1, IOutbox.UnpaidMaximum).Select(key => (long)key), left);
        Assert.Null(Store.Load(more));
    }

    [Fact]
    public void Where_no_time_is_certain_nothing_is_old_but_too_much_is_still_too_much()
    {
        for (var key = 1; key <= OutboxRetention.TripsKept + 20; key++)
            Keep(key, Examples.Closed(key));
        Keep(OutboxRetention.TripsKept + 21, Examples.Open(OutboxRetention.TripsKept + 21));

        PruneAll(null, maximumLines: 1_000_000);
        Assert.NotNull(Store.Load(1));

        PruneAll(null, maximumLines: 100);
        Assert.Equal(100, Store.Reader.Counts().HistoryLines);
        Assert.Null(Store.Load(21));
        Assert.NotNull(Store.Load(22));
        // All are still known.
        Assert.All(Enumerable.Range(1, OutboxRetention.TripsKept + 21), key => Assert.NotNull(Store.Find(Identity.OfTrip(Examples.Trip(key)))));
    }

    [Fact]
    public void Closed_while_the_clock_stood_wrong_is_closed_now()
    {
        Clock.Now = DateTimeOffset.UnixEpoch.AddHours(3);
        Keep(1, Examples.Closed(1));
        Clock.Now = Examples.Noon.AddYears(70);
        Keep(2, Examples.Closed(2));
        Clock.Now = Examples.Noon;
        Keep(3, Examples.Closed(3));
        Keep(4, Examples.Open(4));

        Assert.Equal(2, Store.StampAnew(Examples.Noon.AddHours(1)));
        Assert.Equal(0, Store.StampAnew(Examples.Noon.AddHours(1)));

        // None is old yet, and a week later all are, but for the one that is under way.
        Assert.Equal(0, Store.WipePhones(Examples.Noon).Trips);
        Assert.Equal(3, Store.WipePhones(Examples.Noon.AddDays(7)).Trips);
        Assert.NotNull(Store.Load(4)!.State.Phone);
    }

    [Fact]
    public void A_line_from_the_future_does_not_keep_what_is_behind_it_for_ever()
    {
        var batch = new OutboxBatch();
        batch.History.Add(Examples.Line(9, "2099", Examples.Noon.AddYears(73)));
        batch.History.Add(Examples.Line(9, "old", Examples.Noon));
        batch.History.Add(Examples.Line(9, "young", YearsLater));
        Store.Commit(batch);
        PruneAll(Examples.Noon.AddDays(100), now: YearsLater);
        Assert.Equal(["young"], Store.Reader.HistoryOf(9).Select(line => line.Text));
    }

    [Fact]
    public void A_line_from_before_there_were_agents_says_nothing_of_its_age()
    {
        var batch = new OutboxBatch();
        batch.History.Add(Examples.Line(9, "1970", DateTimeOffset.UnixEpoch));
        batch.History.Add(Examples.Line(9, "young", YearsLater));
        Store.Commit(batch);
        PruneAll(YearsLater.AddDays(-1), now: YearsLater);
        Assert.Equal(["1970", "young"], Store.Reader.HistoryOf(9).Select(line => line.Text));
    }

    [Fact]
    public void That_a_trip_was_void_before_its_fare_outlasts_the_trip_and_a_start()
    {
        var identity = Identity.OfTrip(Examples.Trip(1));
        var batch = new OutboxBatch();
        batch.Trips[1] = new TripState { Trip = Examples.Trip(1), Settled = SettledBy.Void };
        batch.Identities.Add((identity, new KnownIdentity(1, 0)));
        batch.History.Add(Examples.Line(1));
        Store.Commit(batch);
        Assert.False(Store.Find(identity)!.IsSettled);

        PruneAll(YearsLater);

        Assert.Null(Store.Load(1));
        Assert.True(Store.Find(identity)!.IsSettled);
        Store.Flush();
        Crash();
        Assert.True(Store.Find(identity)!.IsSettled);
        Assert.Null(Store.Load(1));
        Assert.Equal(2, Store.NextKey());
    }

    [Fact]
    public void A_power_cut_after_pruning_brings_nothing_back()
    {
        for (var key = 1; key <= 3; key++)
            Keep(key, Examples.Closed(key));
        Store.Idle();
        PruneAll(YearsLater);
        Clock.Now = YearsLater;
        Keep(4, Examples.Closed(4));
        Store.Flush();
        Crash();
        Assert.Equal([4L], Store.Reader.List().Select(trip => trip.Key));
        Assert.NotNull(Store.Find(Identity.OfTrip(Examples.Trip(2))));
    }

    private static TripState Unpaid(int number) => Examples.Open(number) with
    {
        Attempts = [Examples.Attempt(number) with { Existence = Existence.Exists, State = PaymentState.Expired, Ending = Ending.Expired, CreateId = null }],
        Word = new Word(1, WordKind.Unpaid, Examples.Reference(number)) { Amount = 0, Reason = UnpaidReason.Expired, Due = 34_500, Acknowledged = true },
    };

    private void Keep(int key, TripState state, int lines = 1)
    {
        var batch = new OutboxBatch();
        batch.Trips[key] = state;
        batch.Identities.Add((Identity.OfTrip(Examples.Trip(key)), new KnownIdentity(key, 1)));
        for (var line = 1; line <= lines; line++)
            batch.History.Add(Examples.Line(key, $"line {line}", Clock.Now));
        Store.Commit(batch);
        Store.Tend();
    }

    private void PruneAll(DateTimeOffset? olderThan, long maximumLines = 1_000_000, DateTimeOffset? now = null)
    {
        while (Store.Prune(olderThan, maximumLines, now: now) > 0)
        {
        }
    }
}
