using System.Text;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Journal;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>The file before the database: what of it is taken after a cut, and what never.</summary>
public sealed class JournalTests : IDisposable
{
    private const long This = 77;

    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private readonly OutboxFiles _files;

    public JournalTests()
    {
        _files = new OutboxFiles(_directory.At("outbox"));
        Directory.CreateDirectory(_files.Directory);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Records_are_read_as_they_were_written()
    {
        Write("one", "", new string('x', 9_000), "four");
        Assert.Equal(["one", "", new string('x', 9_000), "four"], Read());
        // A sector each, three for the long one.
        Assert.Equal(6 * JournalRecord.Sector, new FileInfo(_files.Journal).Length);
    }

    [Fact]
    public void What_is_in_the_database_is_not_read_again_and_a_gap_is_no_beginning()
    {
        Write("one", "two");
        Assert.Empty(Read(folded: 2));
        Assert.Empty(Read(folded: 5));
        using (var journal = JournalFile.Open(_files, This))
        {
            journal.Read(2);
            journal.Append("three"u8, sync: true);
        }

        Assert.Equal(["three"], Read(folded: 2));
        var refused = Assert.Throws<OutboxUnusableException>(() => Read(folded: 1));
        Assert.Equal(OutboxTrouble.Damaged, refused.Trouble);
        Assert.Contains("begins with record 3, and the database ends with 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_outboxs_journal_is_refused()
    {
        Write("one");
        using var journal = JournalFile.Open(_files, This + 1);
        Assert.Contains("belongs to another outbox", Assert.Throws<OutboxUnusableException>(() => journal.Read(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_with_any_byte_changed_ends_the_reading()
    {
        Write("one", "two", "three");
        var whole = File.ReadAllBytes(_files.Journal);
        for (var at = 0; at < JournalRecord.HeaderLength + 3; at++)
        {
            var changed = whole.ToArray();
            changed[JournalRecord.Sector + at] ^= 0x10;
            File.WriteAllBytes(_files.Journal, changed);
            Assert.Equal(["one"], Read());
        }
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_shows_the_records_before_the_cut()
    {
        Write("one", new string('x', 9_000));
        var whole = File.ReadAllBytes(_files.Journal);
        for (var length = 0; length <= whole.Length; length += 512)
        {
            File.WriteAllBytes(_files.Journal, whole[..length]);
            Assert.Equal(length >= JournalRecord.Sector + JournalRecord.HeaderLength + 9_000 ? 2 : length > 0 ? 1 : 0, Read().Count);
        }
    }

    [Fact]
    public void What_was_written_after_something_that_was_lost_is_never_taken_for_what_follows_what_came_in_its_place()
    {
        // Neither was synced, and the disk had written the second only.
        using (var journal = JournalFile.Open(_files, This))
        {
            journal.Read(0);
            journal.Append("lost"u8, sync: false);
            journal.Append("left"u8, sync: false);
        }

        var bytes = File.ReadAllBytes(_files.Journal);
        bytes.AsSpan(0, JournalRecord.Sector).Clear();
        File.WriteAllBytes(_files.Journal, bytes);

        using (var journal = JournalFile.Open(_files, This))
        {
            Assert.Empty(journal.Read(0));
            // The very same words.
            journal.Append("lost"u8, sync: true);
        }

        Assert.Equal(["lost"], Read());
    }

    [Fact]
    public void Statements_keep_their_numbers_for_ever()
    {
        // Journals of older agents are read by these. A statement that changes gets a new number; the old words stay under the old one.
        string[] begin =
        [
            "INSERT INTO trips (key,", "UPDATE trips SET meter", "UPDATE trips SET updated_at", "INSERT INTO operations (id,", "DELETE FROM operations", "INSERT OR REPLACE INTO timers",
            "DELETE FROM timers", "INSERT INTO identities", "INSERT INTO history", "INSERT INTO settings", "UPDATE counters SET value = ?1 WHERE name = 'last_key'",
            "UPDATE trips SET state = ?2, phones = 0", "UPDATE operations SET phone", "DELETE FROM history", "DELETE FROM trips", "UPDATE trips SET open",
            "UPDATE trips SET closed_at = ?1 WHERE key IN", "DELETE FROM history", "DELETE FROM trips WHERE key = ?1",
        ];
        Assert.Equal(begin.Length, JournalStatements.Count);
        Assert.All(begin.Index(), one => Assert.StartsWith(one.Item, JournalStatements.Of((byte)one.Index), StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => JournalStatements.Of((byte)begin.Length));
    }

    [Fact]
    public void Values_of_every_kind_come_back()
    {
        var log = new StatementLog();
        object?[] values = [null, 0L, long.MinValue, long.MaxValue, -1L, "", "Åse 'x' \0", Array.Empty<byte>(), new byte[] { 0, 255 }];
        log.Add(OutboxSql.AddHistory, values);
        log.Add(OutboxSql.RemoveOperation, ["id"]);
        var read = StatementLog.Read(log.Content).ToList();
        Assert.Equal([OutboxSql.AddHistory, OutboxSql.RemoveOperation], read.Select(one => one.Sql));
        Assert.Equal(values, read[0].Values);
        Assert.Throws<ArgumentException>(() => log.Add(OutboxSql.AddHistory, [1.5]));
    }

    [Fact]
    public void A_batch_that_is_refused_leaves_nothing_in_the_journal()
    {
        using (var outbox = SqliteOutbox.Open(_files.Directory, _clock))
        {
            outbox.Commit(Examples.FareBatch(1));
            var wrong = new OutboxBatch { Sync = true };
            wrong.History.Add(Examples.Line(1, "must not be seen"));
            wrong.AddedOperations.Add(Examples.Create(99, 99));
            Assert.Throws<InvalidOperationException>(() => outbox.Commit(wrong));
            outbox.Commit(Examples.FareBatch(2, 2));
            _directory.CopyDatabase("outbox", "after");
        }

        using var after = SqliteOutbox.Open(_directory.At("after"), _clock);
        Assert.Equal([1L, 2L], after.LoadOpen().Select(trip => trip.Key));
        Assert.DoesNotContain(after.Reader.HistoryOf(1), line => line.Text == "must not be seen");
    }

    [Fact]
    public void What_a_crash_left_in_the_journal_is_written_once_more_into_the_database_before_it_is_acted_on()
    {
        using (var outbox = SqliteOutbox.Open(_files.Directory, _clock))
        {
            outbox.Commit(Examples.FareBatch(1));
            _directory.CopyDatabase("outbox", "after");
        }

        using var after = SqliteOutbox.Open(_directory.At("after"), _clock);
        // By a connection of its own, which sees the database alone.
        using var other = OutboxReader.Open(_directory.At("after"));
        Assert.Single(other.List());
    }

    [Fact]
    public void A_database_from_before_with_the_journal_from_after_is_refused()
    {
        using (var outbox = SqliteOutbox.Open(_files.Directory, _clock))
        {
            outbox.Commit(Examples.FareBatch(1));
            _directory.CopyDatabase("outbox", "mixed");
            outbox.Fold();
            outbox.Commit(Examples.FareBatch(2, 2));
            File.Copy(_files.Journal, _directory.At("mixed/outbox.journal"), overwrite: true);
        }

        var refused = Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(_directory.At("mixed"), _clock));
        Assert.Equal(OutboxTrouble.Damaged, refused.Trouble);
        Assert.Contains("its journal does not fit to it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_of_an_older_agent_is_brought_in_before_its_schema_is_brought_forward()
    {
        using (var outbox = SqliteOutbox.Open(_files.Directory, _clock))
        {
            outbox.Commit(Examples.FareBatch(1));
            _directory.CopyDatabase("outbox", "older");
        }

        // What the old words would not fit any more.
        TaximeterAgent.Outbox.Migrations.Migration next = new(Schema.Newest + 1, "ALTER TABLE trips RENAME COLUMN updated_at TO changed_at; DELETE FROM history");
        using var newer = SqliteOutbox.Open(_directory.At("older"), _clock, [.. Schema.Migrations, next]);
        Assert.Single(newer.LoadOpen());
        Assert.Empty(newer.Reader.HistoryOf(1));
    }

    private void Write(params string[] contents)
    {
        using var journal = JournalFile.Open(_files, This);
        journal.Read(0);
        foreach (var content in contents)
            journal.Append(Encoding.UTF8.GetBytes(content), sync: true);
    }

    private List<string> Read(long folded = 0)
    {
        using var journal = JournalFile.Open(_files, This);
        return [.. journal.Read(folded).Select(Encoding.UTF8.GetString)];
    }
}
