using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What years leave in the outbox, and what they must not take away.</summary>
public sealed class OutboxYearsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private readonly SqliteOutbox _outbox;

    public OutboxYearsTests() => _outbox = SqliteOutbox.Open(_directory.At("outbox"), _clock);

    private static DateTimeOffset Later => Examples.Noon.AddDays(500);

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void What_a_person_has_to_look_at_stays_with_its_lines_however_old()
    {
        Store(1, Examples.Closed(1) with { Stopped = "impossible" });
        Store(2, Examples.Closed(2));

        PruneAll(Later);

        Assert.Equal("impossible", _outbox.Load(1)!.State.Stopped);
        Assert.Single(_outbox.Reader.HistoryOf(1));
        Assert.Null(_outbox.Load(2));

        // Too much is too much: the lines go, and the trip that somebody has to look at stays.
        var flood = new OutboxBatch();
        for (var i = 0; i < 50; i++)
            flood.History.Add(Examples.Line(null, $"line {i}"));
        _outbox.Commit(flood);
        PruneAll(Later, maximumLines: 10);
        Assert.Empty(_outbox.Reader.HistoryOf(1));
        Assert.NotNull(_outbox.Load(1));
    }

    [Fact]
    public void Once_a_person_has_looked_it_goes_as_others_do()
    {
        Store(1, Examples.Closed(1) with { Stopped = "impossible" });
        PruneAll(Later);
        var given = new OutboxBatch();
        given.Trips[1] = Examples.Closed(1) with { Stopped = "impossible", GivenUp = true };
        _outbox.Commit(given);
        PruneAll(Later);
        Assert.Null(_outbox.Load(1));
    }

    [Fact]
    public void Unpaid_trips_that_the_driver_can_turn_to_stay_and_older_ones_go()
    {
        const int more = 5;
        for (var key = 1; key <= IOutbox.UnpaidMaximum + more; key++)
            Store(key, Unpaid(key));
        PruneAll(Later);
        var left = _outbox.LoadOpen().Select(trip => trip.Key).ToList();
        Assert.Equal(Enumerable.Range(more + 1, IOutbox.UnpaidMaximum).Select(key => (long)key), left);
        Assert.Null(_outbox.Load(more));
    }

    [Fact]
    public void Where_no_time_is_certain_nothing_is_old_but_too_much_is_still_too_much()
    {
        for (var key = 1; key <= OutboxRetention.TripsKept + 20; key++)
            Store(key, Examples.Closed(key));
        Store(OutboxRetention.TripsKept + 21, Examples.Open(OutboxRetention.TripsKept + 21));

        PruneAll(null, maximumLines: 1_000_000);
        Assert.NotNull(_outbox.Load(1));

        PruneAll(null, maximumLines: 100);
        Assert.Equal(100, Count("history"));
        Assert.Null(_outbox.Load(21));
        Assert.NotNull(_outbox.Load(22));
        // All are still known.
        Assert.Equal(OutboxRetention.TripsKept + 21, Count("identities"));
    }

    [Fact]
    public void Closed_while_the_clock_stood_wrong_is_closed_now()
    {
        _clock.Now = DateTimeOffset.UnixEpoch.AddHours(3);
        Store(1, Examples.Closed(1));
        _clock.Now = Examples.Noon.AddYears(70);
        Store(2, Examples.Closed(2));
        _clock.Now = Examples.Noon;
        Store(3, Examples.Closed(3));
        Store(4, Examples.Open(4));

        Assert.Equal(2, _outbox.StampAnew(Examples.Noon.AddHours(1)));
        Assert.Equal(0, _outbox.StampAnew(Examples.Noon.AddHours(1)));

        // None is old yet, and a week later all are, but for the one that is under way.
        Assert.Equal(0, _outbox.WipePhones(Examples.Noon).Trips);
        Assert.Equal(3, _outbox.WipePhones(Examples.Noon.AddDays(7)).Trips);
        Assert.NotNull(_outbox.Load(4)!.State.Phone);
    }

    [Fact]
    public void A_line_from_the_future_does_not_keep_what_is_behind_it_for_ever()
    {
        var batch = new OutboxBatch();
        batch.History.Add(Examples.Line(9, "2099", Examples.Noon.AddYears(73)));
        batch.History.Add(Examples.Line(9, "old", Examples.Noon));
        batch.History.Add(Examples.Line(9, "young", Later));
        _outbox.Commit(batch);
        PruneAll(Examples.Noon.AddDays(100), now: Later);
        Assert.Equal(["young"], _outbox.Reader.HistoryOf(9).Select(line => line.Text));
    }

    [Fact]
    public void A_line_from_before_there_were_agents_says_nothing_of_its_age()
    {
        var batch = new OutboxBatch();
        batch.History.Add(Examples.Line(9, "1970", DateTimeOffset.UnixEpoch));
        batch.History.Add(Examples.Line(9, "young", Later));
        _outbox.Commit(batch);
        PruneAll(Later.AddDays(-1), now: Later);
        Assert.Equal(["1970", "young"], _outbox.Reader.HistoryOf(9).Select(line => line.Text));
    }

    [Fact]
    public void That_a_trip_was_void_before_its_fare_outlasts_the_trip_and_a_start()
    {
        var identity = Identity.OfTrip(Examples.Trip(1));
        var batch = new OutboxBatch();
        batch.Trips[1] = new TripState { Trip = Examples.Trip(1), Settled = SettledBy.Void };
        batch.Identities.Add((identity, new KnownIdentity(1, 0)));
        batch.History.Add(Examples.Line(1));
        _outbox.Commit(batch);
        Assert.False(_outbox.Find(identity)!.IsSettled);

        PruneAll(Later);

        Assert.Null(_outbox.Load(1));
        Assert.True(_outbox.Find(identity)!.IsSettled);
        _outbox.Flush();
        _directory.CopyDatabase("outbox", "after");
        using var after = SqliteOutbox.Open(_directory.At("after"), _clock);
        Assert.True(after.Find(identity)!.IsSettled);
        Assert.Null(after.Load(1));
        Assert.Equal(2, after.NextKey());
    }

    [Fact]
    public void A_power_cut_after_pruning_brings_nothing_back()
    {
        for (var key = 1; key <= 3; key++)
            Store(key, Examples.Closed(key));
        _outbox.Idle();
        PruneAll(Later);
        _clock.Now = Later;
        Store(4, Examples.Closed(4));
        _outbox.Flush();
        _directory.CopyDatabase("outbox", "after");
        using var after = SqliteOutbox.Open(_directory.At("after"), _clock);
        Assert.Equal([4L], after.Reader.List().Select(trip => trip.Key));
        Assert.NotNull(after.Find(Identity.OfTrip(Examples.Trip(2))));
    }

    [Fact]
    public void At_steady_traffic_the_file_grows_by_the_identities_alone_once_the_retention_is_reached()
    {
        const int tripsADay = 2;
        const int retention = 400;
        var sizes = new List<(long File, long Identities)>();
        var key = 0;
        for (var year = 1; year <= 5; year++)
        {
            for (var day = 0; day < 365; day++)
            {
                for (var trip = 0; trip < tripsADay; trip++)
                    Store(++key, Examples.Closed(key), lines: 6);
                _clock.Now += TimeSpan.FromDays(1);
                if (day % 5 == 0)
                    PruneAll(_clock.Now.AddDays(-retention), now: _clock.Now);
            }

            _outbox.Idle();
            sizes.Add((new FileInfo(_outbox.File).Length, Pages("identities")));
        }

        Assert.Equal(key, Count("identities"));
        // From the second year on: not a page more than the identities take, and some that come and go.
        var (second, fifth) = (sizes[1], sizes[4]);
        Assert.InRange(fifth.File - second.File, 0, fifth.Identities - second.Identities + second.File / 20);
        Assert.True(sizes[1].File > sizes[0].File);
        Assert.InRange(Count("history"), 6 * tripsADay * retention, 6 * tripsADay * (retention + 10));
        // Some fifty bytes each, with what a tree leaves free.
        Assert.InRange(fifth.Identities / (double)key, 30, 70);
    }

    [Fact]
    public void What_a_burst_has_needed_is_used_again_before_the_file_grows()
    {
        for (var key = 1; key <= 1_500; key++)
            Store(key, Examples.Closed(key), lines: 6);
        _outbox.Idle();
        var burst = new FileInfo(_outbox.File).Length;
        PruneAll(Later);
        _clock.Now = Later;
        for (var key = 1_501; key <= 2_700; key++)
            Store(key, Examples.Closed(key), lines: 6);
        _outbox.Idle();
        Assert.InRange(new FileInfo(_outbox.File).Length, burst, burst + burst / 20 + 1_200 * 70);
    }

    [Fact]
    public void What_a_whole_year_has_left_is_not_looked_through_again_for_each_piece()
    {
        for (var key = 1; key <= 3_000; key++)
            Store(key, Examples.Closed(key), lines: 6);
        _outbox.PagesRead(reset: true);
        _outbox.Prune(Later, 1_000_000, 20);
        var first = _outbox.PagesRead(reset: true);
        _outbox.Prune(Later, 1_000_000, 20);
        var second = _outbox.PagesRead(reset: true);
        Assert.True(second.Found + second.Missed < (first.Found + first.Missed) / 2, $"{first}, then {second}");
    }

    [Fact]
    public void A_number_of_a_line_that_is_given_again_makes_no_young_line_old()
    {
        Store(1, Examples.Closed(1), lines: 50);
        PruneAll(Later);
        _clock.Now = Later;
        Store(2, Examples.Closed(2), lines: 80);
        PruneAll(Later.AddDays(-1));
        Assert.Equal(80, Count("history"));
    }

    [Fact]
    public void A_technician_may_make_the_file_small_while_the_agent_is_stopped()
    {
        for (var key = 1; key <= 500; key++)
            Store(key, Examples.Closed(key), lines: 6);
        Store(501, Examples.Open(501));
        PruneAll(Later);
        var file = _outbox.File;
        _outbox.Dispose();
        var before = new FileInfo(file).Length;
        using (var technician = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            technician.Open();
            using var vacuum = technician.CreateCommand();
            vacuum.CommandText = "VACUUM";
            vacuum.ExecuteNonQuery();
        }

        Assert.InRange(new FileInfo(file).Length, 1, before / 2);
        using var after = SqliteOutbox.Open(_directory.At("outbox"), _clock);
        Assert.Equal(501, Assert.Single(after.LoadOpen()).Key);
        Assert.NotNull(after.Find(Identity.OfTrip(Examples.Trip(7))));
        Assert.Equal(502, after.NextKey());
        after.Commit(Examples.FareBatch(502, 502));
    }

    private static TripState Unpaid(int number) => Examples.Open(number) with
    {
        Attempts = [Examples.Attempt(number) with { Existence = Existence.Exists, State = PaymentState.Expired, Ending = Ending.Expired, CreateId = null }],
        Word = new Word(1, WordKind.Unpaid, Examples.Reference(number)) { Amount = 0, Reason = UnpaidReason.Expired, Due = 34_500, Acknowledged = true },
    };

    private void Store(int key, TripState state, int lines = 1)
    {
        var batch = new OutboxBatch();
        batch.Trips[key] = state;
        batch.Identities.Add((Identity.OfTrip(Examples.Trip(key)), new KnownIdentity(key, 1)));
        for (var line = 1; line <= lines; line++)
            batch.History.Add(Examples.Line(key, $"line {line}", _clock.Now));
        _outbox.Commit(batch);
        _outbox.Tend();
    }

    private void PruneAll(DateTimeOffset? olderThan, long maximumLines = 1_000_000, DateTimeOffset? now = null)
    {
        while (_outbox.Prune(olderThan, maximumLines, now: now) > 0)
        {
        }
    }

    private long Count(string table) => Number($"SELECT count(*) FROM {table}");

    // Its share of the file: what it takes in a file of its own, filled in the same order.
    private long Pages(string table)
    {
        _outbox.Idle();
        var alone = _directory.At($"alone-{Guid.NewGuid():N}.db");
        using (var connection = new SqliteConnection($"Data Source={alone};Pooling=False"))
        {
            connection.Open();
            using var copy = connection.CreateCommand();
            copy.CommandText = $"""
                ATTACH '{_outbox.File}' AS outbox;
                CREATE TABLE {table} (id BLOB PRIMARY KEY, trip_key INTEGER, content INTEGER) WITHOUT ROWID;
                INSERT INTO {table} SELECT * FROM outbox.{table} ORDER BY trip_key;
                """;
            copy.ExecuteNonQuery();
        }

        return new FileInfo(alone).Length;
    }

    private long Number(string sql)
    {
        using var command = _outbox.Connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
