using System.Reflection;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What people are shown.</summary>
public sealed class OutboxReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private readonly SqliteOutbox _outbox;

    public OutboxReaderTests() => _outbox = SqliteOutbox.Open(_directory.At("outbox"), _clock);

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Trips_are_listed_newest_first_by_what_they_are()
    {
        _outbox.Commit(Examples.FareBatch(1));
        _clock.Now = _clock.Now.AddHours(1);
        var batch = new OutboxBatch();
        batch.Trips[2] = Examples.Closed(2);
        batch.Trips[3] = Examples.Open(3) with { Stopped = "cannot be" };
        _outbox.Commit(batch);
        _outbox.Fold();

        using var reader = OutboxReader.Open(_directory.At("outbox"));

        Assert.Equal([3L, 2L, 1L], reader.List().Select(trip => trip.Key));
        Assert.Equal([1L], reader.List(TripFilter.Open).Select(trip => trip.Key));
        Assert.Equal([3L, 1L], reader.List(TripFilter.Unpaid).Select(trip => trip.Key));
        Assert.Equal([3L], reader.List(TripFilter.Failed).Select(trip => trip.Key));
        Assert.Equal([3L, 2L], reader.List(since: Examples.Noon.AddMinutes(1)).Select(trip => trip.Key));
        Assert.Equal([3L], reader.List(limit: 1).Select(trip => trip.Key));
        Assert.Equal((1, 2, 1, 1), (reader.Counts().Open, reader.Counts().Unpaid, reader.Counts().Failed, reader.Counts().Operations));
    }

    [Fact]
    public void A_summary_says_what_matters_and_masks_the_number()
    {
        _outbox.Commit(Examples.FareBatch(1));
        _clock.Now = _clock.Now.AddHours(1);
        var batch = new OutboxBatch();
        batch.Trips[1] = Examples.Closed();
        _outbox.Commit(batch);

        var trip = Assert.Single(_outbox.Reader.List());

        Assert.Equal(Examples.Trip(), trip.Trip);
        Assert.Equal(Examples.Nok(34_500), trip.Total);
        Assert.Equal((34_500, 0), (trip.Kept, trip.Refunded));
        Assert.Equal((Examples.Noon, Examples.Noon.AddHours(1), Examples.Noon.AddHours(1)), (trip.LearntAt, trip.ChangedAt, trip.ClosedAt));
        Assert.Equal("+47 •••• ••67", trip.MaskedPhone);
        Assert.DoesNotContain(Examples.Digits, trip.ToString(), StringComparison.Ordinal);
        Assert.Equal([Examples.Reference()], trip.References);
    }

    [Fact]
    public void A_trip_is_found_by_its_number_its_whole_name_or_its_booking()
    {
        var again = new TripId("meter-8", "1", "2026-11-03T11:31:00+01:00");
        var batch = new OutboxBatch();
        batch.Trips[1] = Examples.Open(1);
        batch.Trips[2] = new TripState { Trip = again, Settled = SettledBy.Void };
        batch.Trips[3] = Examples.Open(3);
        batch.Trips[4] = new TripState { Booking = new Booking("app/77", Examples.Phone, Currency.NOK, null) };
        _outbox.Commit(batch);

        Assert.Equal([3L], Keys("3"));
        Assert.Equal([1L, 2L], Keys("1").Order());
        Assert.Equal([2L], Keys("meter-8/1/2026-11-03T11:31:00+01:00"));
        Assert.Equal([4L], Keys("app/77"));
        Assert.Empty(Keys("99"));
        Assert.Empty(Keys("meter-8/2/2026-11-03T11:31:00+01:00"));

        IEnumerable<long> Keys(string text) => _outbox.Reader.FindByNumber(text).Select(trip => trip.Key);
    }

    [Fact]
    public void History_is_told_in_order_with_everything_that_was_written()
    {
        var batch = new OutboxBatch();
        batch.History.AddRange([Examples.Line(1, "first"), Examples.Line(2, "other"), Examples.Line(null, "the car"), Examples.Line(1, "second")]);
        batch.History.Add(new HistoryLine(1, Examples.Noon, "driver", "number", "third"));
        _outbox.Commit(batch);
        Assert.Equal(
            [Examples.Line(1, "first"), Examples.Line(1, "second"), new HistoryLine(1, Examples.Noon, "driver", "number", "third")],
            _outbox.Reader.HistoryOf(1));
        Assert.Equal(["second", "third"], _outbox.Reader.HistoryOf(1, 2).Select(line => line.Text));
        Assert.Equal(5, _outbox.Reader.Counts().HistoryLines);
    }

    [Fact]
    public void A_reader_sees_what_was_brought_into_the_database_after_it_was_opened()
    {
        using var reader = OutboxReader.Open(_directory.At("outbox"));
        Assert.Empty(reader.List());
        _outbox.Commit(Examples.FareBatch(1));
        Assert.Empty(reader.List());
        Assert.Single(_outbox.Reader.List());
        _outbox.Fold();
        Assert.Single(reader.List());
        _outbox.Commit(Examples.FareBatch(2, 2));
        _outbox.Fold();
        Assert.Equal(2, reader.List().Count);
    }

    [Fact]
    public void An_outbox_can_be_read_while_no_agent_runs()
    {
        _outbox.Commit(Examples.FareBatch(1));
        _outbox.Fold();
        _directory.CopyDatabase("outbox", "crashed");
        using var reader = OutboxReader.Open(_directory.At("crashed"));
        Assert.Single(reader.List());
    }

    [Fact]
    public void Where_there_is_no_outbox_none_is_made()
    {
        Directory.CreateDirectory(_directory.At("empty"));
        Assert.Contains("no outbox", Assert.Throws<OutboxUnusableException>(() => OutboxReader.Open(_directory.At("empty"))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.At("empty")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void A_limit_has_its_range(int limit) => Assert.Throws<ArgumentOutOfRangeException>(() => _outbox.Reader.List(limit: limit));

    public static TheoryData<string> Statements => [.. typeof(OutboxSql).GetFields(BindingFlags.Public | BindingFlags.Static).Select(sql => sql.Name).Where(name => name is not ("Begin" or "Commit"))];

    [Theory]
    [MemberData(nameof(Statements))]
    public void No_statement_scans_a_table_or_sorts(string name)
    {
        using var connection = new SqliteConnection($"Data Source={_outbox.File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + (string)typeof(OutboxSql).GetField(name)!.GetRawConstantValue()!;
        for (var i = 1; i <= 12; i++)
            command.Parameters.AddWithValue($"?{i}", 1);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            Assert.DoesNotContain("SCAN", row.GetString(3), StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", row.GetString(3), StringComparison.Ordinal);
        }
    }
}
