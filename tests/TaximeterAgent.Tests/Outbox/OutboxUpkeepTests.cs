using System.Text;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What is removed, and what never is.</summary>
public sealed class OutboxUpkeepTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private readonly SqliteOutbox _outbox;

    public OutboxUpkeepTests() => _outbox = SqliteOutbox.Open(_directory.At("outbox"), _clock);

    private string Journal => _directory.At("outbox/outbox.journal");

    private static DateTimeOffset Later => Examples.Noon.AddDays(30);

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_reader_puts_the_erasing_off_and_it_is_made_up_for()
    {
        _outbox.Commit(Examples.FareBatch(1));
        Close(1);
        using (var reader = new SqliteConnection($"Data Source={_outbox.File};Mode=ReadOnly;Pooling=False"))
        {
            reader.Open();
            using var command = reader.CreateCommand();
            command.CommandText = "BEGIN; SELECT count(*) FROM trips";
            command.ExecuteScalar();
            Assert.False(_outbox.WipePhones(Later).Erased);
            Assert.NotEmpty(FilesWithDigits());
        }

        Assert.Equal(new WipeResult(0, false, true), _outbox.WipePhones(Later));
        Assert.Empty(FilesWithDigits());
    }

    [Fact]
    public void A_wipe_that_a_crash_interrupted_is_made_up_for_after_the_start()
    {
        _outbox.Commit(Examples.FareBatch(1));
        Close(1);
        using var reader = new SqliteConnection($"Data Source={_outbox.File};Mode=ReadOnly;Pooling=False");
        reader.Open();
        using (var command = reader.CreateCommand())
        {
            command.CommandText = "BEGIN; SELECT count(*) FROM trips";
            command.ExecuteScalar();
        }

        Assert.False(_outbox.WipePhones(Later).Erased);
        _directory.CopyDatabase("outbox", "after");
        using var after = SqliteOutbox.Open(_directory.At("after"), _clock);
        Assert.NotEmpty(FilesWithDigits("after"));
        Assert.Equal(new WipeResult(0, false, true), after.WipePhones(Later));
        Assert.Empty(FilesWithDigits("after"));
    }

    [Theory]
    [InlineData(true, SqliteOutbox.FoldAt)]
    [InlineData(false, 4 * SqliteOutbox.FoldAt)]
    public void Neither_journal_nor_WAL_grows_without_bound(bool tended, int most)
    {
        var (journal, wal) = (0L, 0L);
        for (var key = 1; key <= 1_200; key++)
        {
            _outbox.Commit(Examples.FareBatch(key, key));
            if (tended)
                _outbox.Tend();
            journal = Math.Max(journal, new FileInfo(Journal).Length);
            wal = Math.Max(wal, new FileInfo(_outbox.File + "-wal").Length);
        }

        Assert.InRange(journal, most, most + 8_192);
        Assert.InRange(wal, 1, 6 << 20);
        Assert.Equal(1_200, _outbox.LoadOpen().Count);
    }

    [Fact]
    public void A_commit_writes_a_sector_and_the_database_not_at_all()
    {
        _outbox.Commit(Examples.FareBatch(1));
        var fare = new FileInfo(Journal).Length;
        var change = new OutboxBatch { Sync = true };
        change.Trips[1] = Examples.Open() with { Attempts = [Examples.Attempt() with { Existence = Existence.Exists, State = PaymentState.Created }] };
        change.History.Add(Examples.Line(1));
        _outbox.Commit(change);
        Assert.Equal((4_096, 8_192), (fare, new FileInfo(Journal).Length));
        Assert.Equal(0, new FileInfo(_outbox.File + "-wal").Length);
    }

    [Fact]
    public void What_is_not_synced_waits_for_the_next_that_is()
    {
        _outbox.Commit(Examples.FareBatch(1, sync: false));
        Assert.Equal(0, new FileInfo(Journal).Length);
        Assert.Single(_outbox.LoadOpen());
        _outbox.Commit(Examples.FareBatch(2, 2));
        Assert.Equal(4_096, new FileInfo(Journal).Length);
        _directory.CopyDatabase("outbox", "after");
        using var after = SqliteOutbox.Open(_directory.At("after"), _clock);
        Assert.Equal(2, after.LoadOpen().Count);
    }

    [Fact]
    public void After_a_synced_commit_its_sectors_are_not_written_again()
    {
        _outbox.Commit(Examples.FareBatch(1));
        var before = Bytes(Journal);
        _outbox.Commit(Examples.FareBatch(2, 2));
        var after = Bytes(Journal);
        Assert.Equal(0, before.Length % 4_096);
        Assert.True(after.Length > before.Length);
        Assert.True(after.AsSpan(0, before.Length).SequenceEqual(before));
    }

    [Fact]
    public void When_idle_the_WAL_is_brought_into_the_database()
    {
        _outbox.Commit(Examples.FareBatch(1));
        var before = File.GetLastWriteTimeUtc(_outbox.File);
        _outbox.Idle();
        // The database alone holds it now.
        Directory.CreateDirectory(_directory.At("alone"));
        File.Copy(_outbox.File, Path.Combine(_directory.At("alone"), "outbox.db"));
        using var alone = SqliteOutbox.Open(_directory.At("alone"), _clock);
        Assert.Single(alone.LoadOpen());
        Assert.True(File.GetLastWriteTimeUtc(_outbox.File) >= before);
    }

    [Fact]
    public void History_cannot_be_changed()
    {
        _outbox.Commit(Examples.FareBatch(1));
        _outbox.Fold();
        using var other = new SqliteConnection($"Data Source={_outbox.File};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "UPDATE history SET text = 'nothing happened'";
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
    }

    private void Close(int key)
    {
        var batch = new OutboxBatch();
        batch.Trips[key] = Examples.Closed(key);
        batch.RemovedOperations.Add(Examples.Create(key, key).Operation.Id);
        _outbox.Commit(batch);
    }

    private List<string> FilesWithDigits(string directory = "outbox") => _directory.FilesWith(directory, Examples.Digits);

    private static byte[] Bytes(string file) => TemporaryDirectory.Bytes(file);
}
