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
