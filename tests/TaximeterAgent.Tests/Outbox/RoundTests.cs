using System.Reflection;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Round;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What was committed since the last fold is in tables of its own; nobody who asks can tell.</summary>
public sealed class RoundTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private SqliteOutbox _outbox;

    public RoundTests() => _outbox = SqliteOutbox.Open(_directory.At("outbox"), _clock);

    public static TheoryData<string> Statements => [.. typeof(RoundSql).GetFields(BindingFlags.Public | BindingFlags.Static).Select(sql => sql.Name)];

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    /// <summary>Commits of every kind in any order, and between them folds, ends in good order, starts after a crash, wipes and looks by people.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_committed_is_read_back_as_from_an_outbox_that_has_no_rounds(int seed)
    {
        var chance = new Random(seed);
        using var plain = new MemoryOutbox();
        for (var step = 0; step < 400; step++)
        {
            var batch = Batch(chance);
            var refused = Record.Exception(() => plain.Commit(batch));
            Assert.Equal(refused?.GetType(), Record.Exception(() => _outbox.Commit(batch))?.GetType());
            Between(chance.Next(30));
            Same(plain, chance.Next(1, 9));
        }

        _outbox.Fold();
        for (var key = 1; key < 9; key++)
            Same(plain, key);
        Assert.Equal(plain.LoadOpen().Select(trip => trip.Key), _outbox.LoadOpen().Select(trip => trip.Key));
        foreach (var key in plain.History.Select(line => line.TripKey!.Value).Distinct())
            Assert.Equal(plain.History.Where(line => line.TripKey == key).Select(line => line.Text), _outbox.Reader.HistoryOf(key, 1_000).Select(line => line.Text));
    }

    [Fact]
    public void A_trip_that_is_named_after_its_round_is_found_by_its_name()
    {
        var booked = new OutboxBatch();
        booked.Trips[1] = Examples.Open() with { Trip = null };
        _outbox.Commit(booked);
        _outbox.Fold();
        var named = new OutboxBatch();
        named.Trips[1] = Examples.Open(77);
        _outbox.Commit(named);
        Assert.Equal(1, Assert.Single(_outbox.Reader.FindByNumber("77")).Key);
        _outbox.Fold();
        Assert.Equal(1, Assert.Single(_outbox.Reader.FindByNumber("77")).Key);
    }

    [Fact]
    public void A_refused_batch_takes_back_what_was_put_away_for_it()
    {
        _outbox.Commit(Examples.FareBatch(1));
        // Looks at the database's own tables, and with that the round is put away.
        Assert.Single(_outbox.Reader.List());
        _outbox.Commit(Examples.FareBatch(2, 2));
        var wrong = new OutboxBatch();
        wrong.AddedOperations.Add(Examples.Create(99, 99));
        Assert.Throws<InvalidOperationException>(() => _outbox.Commit(wrong));
        _clock.Now = Examples.Noon.AddDays(1);
        Assert.Equal(0, _outbox.Prune(Examples.Noon, long.MaxValue / 2));
        Assert.Equal([1L, 2L], _outbox.LoadOpen().Select(trip => trip.Key));
        Assert.Equal(2, _outbox.Reader.List().Count);
    }

    [Fact]
    public void The_round_has_the_columns_of_the_database()
    {
        foreach (var table in new[] { "trips", "operations", "timers", "history", "identities" })
            Assert.Equal(Columns("main", table), Columns("temp", $"round_{table}"));

        IEnumerable<string> Columns(string schema, string table)
        {
            using var command = _outbox.Connection.CreateCommand();
            command.CommandText = $"SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_info('{table}', '{schema}')";
            using var row = command.ExecuteReader();
            var columns = new List<string>();
            while (row.Read())
                columns.Add(row.GetString(0));
            Assert.NotEmpty(columns);
            return columns;
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void No_statement_scans_a_table_or_sorts(string name) =>
        Assert.All(Plan((string)typeof(RoundSql).GetField(name)!.GetRawConstantValue()!), step => Assert.False(
            step.Contains("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal), step));

    [Fact]
    public void What_puts_a_round_away_goes_through_the_round_alone()
    {
        var steps = RoundSql.PutAway.SelectMany(Plan).ToList();
        Assert.Contains(steps, step => step.StartsWith("SCAN round_", StringComparison.Ordinal));
        Assert.All(steps, step => Assert.False(step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.StartsWith("SCAN round_", StringComparison.Ordinal), step));
        Assert.All(steps, step => Assert.DoesNotContain("TEMP B-TREE", step, StringComparison.Ordinal));
    }

    private static OutboxBatch Batch(Random chance)
    {
        var batch = new OutboxBatch { Sync = chance.Next(2) == 0 };
        long key = chance.Next(1, 9);
        var number = (int)key;
        if (chance.Next(3) > 0)
            batch.Trips[key] = (chance.Next(2) == 0 ? Examples.Open(number) : Examples.Closed(number)) with { RefundTarget = chance.Next(3) };
        if (chance.Next(3) == 0)
            batch.Identities.Add((Identity.OfTrip(Examples.Trip(chance.Next(1, 12))), new KnownIdentity(key, chance.Next())));
        if (chance.Next(3) == 0)
            batch.AddedOperations.Add(Examples.Create(key, number, $"{key}-{chance.Next(6)}"));
        if (chance.Next(2) == 0)
            batch.RemovedOperations.Add($"{key}-{chance.Next(6)}");
        if (chance.Next(3) == 0)
            batch.StoppedTimers.Add((key, chance.Next(2) == 0 ? TimerKind.OfflineTooLong : TimerKind.NoShow, null));
        if (chance.Next(3) == 0)
            batch.StartedTimers.Add(new StoredTimer(key, chance.Next(2) == 0 ? TimerKind.OfflineTooLong : TimerKind.NoShow, null, Examples.Noon, TimeSpan.FromSeconds(chance.Next(1, 900))));
        if (chance.Next(2) == 0)
            batch.History.Add(Examples.Line(key, $"line {chance.Next()}"));
        if (chance.Next(4) == 0)
            batch.Settings["heard"] = $"{chance.Next()}";
        return batch;
    }

    // What happens seldom, of a commit's kind or not.
    private void Between(int what)
    {
        switch (what)
        {
            case 0 or 1:
                _outbox.Fold();
                break;
            case 2:
                Assert.NotNull(_outbox.Reader.List());
                break;
            case 3:
                _outbox.Dispose();
                _outbox = SqliteOutbox.Open(_directory.At("outbox"), _clock);
                break;
            case 4:
                // All that was not synced goes to the journal, and is found there.
                _outbox.Flush();
                var place = Guid.NewGuid().ToString();
                _directory.CopyDatabase("outbox", place);
                using (var found = SqliteOutbox.Open(_directory.At(place), _clock))
                    Assert.Equal(_outbox.LoadOpen().Select(trip => trip.Key), found.LoadOpen().Select(trip => trip.Key));
                break;
            case 5:
                _outbox.Prune(DateTimeOffset.UnixEpoch, long.MaxValue / 2);
                break;
        }
    }

    private void Same(MemoryOutbox plain, long key)
    {
        var (expected, found) = (plain.Load(key), _outbox.Load(key));
        Assert.Equal(expected is null ? null : TripStateJson.Write(expected.State), found is null ? null : TripStateJson.Write(found.State));
        Assert.Equal(Operations(expected), Operations(found));
        Assert.Equal(Timers(expected), Timers(found));
        for (var number = 1; number < 12; number++)
            Assert.Equal(plain.Find(Identity.OfTrip(Examples.Trip(number))), _outbox.Find(Identity.OfTrip(Examples.Trip(number))));
        Assert.Equal(plain.Setting("heard"), _outbox.Setting("heard"));

        static IEnumerable<string> Operations(StoredTrip? trip) => trip?.Operations.Select(one => $"{one.Operation} {Convert.ToHexString(one.Body.Span)} {one.StoredAt:O}") ?? [];
        static IEnumerable<string> Timers(StoredTrip? trip) => (trip?.Timers ?? []).Select(one => one.ToString()).Order(StringComparer.Ordinal);
    }

    private List<string> Plan(string sql)
    {
        using var command = _outbox.Connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        for (var i = 1; sql.Contains($"?{i}", StringComparison.Ordinal); i++)
            command.Parameters.AddWithValue($"?{i}", 1);
        using var row = command.ExecuteReader();
        var steps = new List<string>();
        while (row.Read())
            steps.Add(row.GetString(3));
        return steps;
    }
}
