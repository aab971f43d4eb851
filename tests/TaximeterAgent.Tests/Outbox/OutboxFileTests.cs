using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Migrations;

namespace TaximeterAgent.Tests.Outbox;

// Modes are those of Linux, as is all of the agent.
#pragma warning disable CA1416

/// <summary>The files themselves: who may read them, and what is refused and left as it is.</summary>
public sealed class OutboxFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();

    private string Outbox => _directory.At("outbox");

    private string Database => Path.Combine(Outbox, "outbox.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Directory_and_files_are_for_the_owner_only()
    {
        using var outbox = SqliteOutbox.Open(Outbox, _clock);
        outbox.Commit(Examples.FareBatch(1));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Outbox));
        var files = Directory.GetFiles(Outbox);
        Assert.Equal(["outbox.db", "outbox.db-shm", "outbox.db-wal", "outbox.journal", "outbox.lock"], files.Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Files_that_others_may_read_are_closed_to_them()
    {
        SqliteOutbox.Open(Outbox, _clock).Dispose();
        File.SetUnixFileMode(Database, OwnerOnly | UnixFileMode.OtherRead);
        File.SetUnixFileMode(Outbox, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using var outbox = SqliteOutbox.Open(Outbox, _clock);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Database));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Outbox));
    }

    [Fact]
    public void A_directory_that_holds_other_things_keeps_its_mode()
    {
        Directory.CreateDirectory(Outbox);
        File.WriteAllText(Path.Combine(Outbox, "other"), "");
        var mode = OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(Outbox, mode);
        SqliteOutbox.Open(Outbox, _clock).Dispose();
        Assert.Equal(mode, File.GetUnixFileMode(Outbox));
    }

    [Fact]
    public void An_outbox_that_was_closed_can_be_opened_though_a_process_that_is_being_started_has_a_copy_of_its_handles()
    {
        int copy;
        using (SqliteOutbox.Open(Outbox, _clock))
        {
            var held = Directory.GetFiles("/proc/self/fd").Single(link => new FileInfo(link).LinkTarget == Path.Combine(Outbox, "outbox.lock"));
            copy = Duplicate(int.Parse(Path.GetFileName(held), System.Globalization.CultureInfo.InvariantCulture));
        }

        using var copied = new Microsoft.Win32.SafeHandles.SafeFileHandle(copy, ownsHandle: true);
        Assert.False(copied.IsInvalid);
        SqliteOutbox.Open(Outbox, _clock).Dispose();
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "dup")]
    private static extern int Duplicate(int descriptor);

    [Fact]
    public void An_outbox_is_new_once()
    {
        using (var outbox = SqliteOutbox.Open(Outbox, _clock))
            Assert.True(outbox.IsNew);
        using (var outbox = SqliteOutbox.Open(Outbox, _clock))
            Assert.False(outbox.IsNew);
    }

    [Fact]
    public void What_an_interrupted_making_left_is_cleared_away()
    {
        Directory.CreateDirectory(Outbox);
        File.WriteAllText(Database + ".new", "half a database");
        File.WriteAllText(Database + ".new-journal", "and its journal");
        using var outbox = SqliteOutbox.Open(Outbox, _clock);
        outbox.Commit(Examples.FareBatch(1));
        Assert.False(File.Exists(Database + ".new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("SQLite format 3\0 and then nothing that makes sense")]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is(string content)
    {
        Directory.CreateDirectory(Outbox);
        File.WriteAllText(Database, content.PadRight(content.Length == 7 ? 5_000 : content.Length, 'x'));
        RefusedUnchanged("not a SQLite database");
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Outbox);
        using (var other = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; CREATE TABLE customers (name TEXT)";
            command.ExecuteNonQuery();
        }

        RefusedUnchanged("another program");
    }

    [Fact]
    public void A_newer_database_is_refused_and_left_as_it_is()
    {
        SqliteOutbox.Open(Outbox, _clock).Dispose();
        Patch(60, 99);
        RefusedUnchanged($"newer agent (schema version 99, this agent knows up to {Schema.Newest})");
    }

    [Fact]
    public void A_newer_version_that_is_only_in_the_WAL_is_refused_too()
    {
        using (var newer = SqliteOutbox.Open(_directory.At("newer"), _clock))
            newer.Commit(Examples.FareBatch(1));
        using (var newer = new SqliteConnection($"Data Source={Path.Combine(_directory.At("newer"), "outbox.db")};Pooling=False"))
        {
            newer.Open();
            using var command = newer.CreateCommand();
            command.CommandText = $"PRAGMA user_version={Schema.Newest + 1}";
            command.ExecuteNonQuery();
            _directory.CopyDatabase("newer", "outbox");
        }

        var wal = File.ReadAllBytes(Database + "-wal");
        RefusedUnchanged("newer agent");
        Assert.Equal(wal, File.ReadAllBytes(Database + "-wal"));
    }

    [Fact]
    public void A_first_page_that_a_cut_destroyed_in_a_checkpoint_is_read_from_the_WAL()
    {
        using (var running = SqliteOutbox.Open(_directory.At("running"), _clock))
        {
            for (var key = 1; key <= 20; key++)
                running.Commit(Examples.FareBatch(key, key));
            running.Fold();
            _directory.CopyDatabase(_directory.At("running"), "outbox");
        }

        using (var file = File.OpenHandle(Database, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.Write(file, [.. Enumerable.Repeat((byte)0xA5, 4_096)], 0);
        using var outbox = SqliteOutbox.Open(Outbox, _clock);
        Assert.Equal(20, outbox.LoadOpen().Count);
    }

    [Fact]
    public void What_a_start_shows_is_in_the_database_before_anybody_acts_on_it()
    {
        using var running = SqliteOutbox.Open(_directory.At("running"), _clock);
        running.Commit(Examples.FareBatch(1, sync: false));
        running.Fold();
        _directory.CopyDatabase(_directory.At("running"), "killed");

        using var started = SqliteOutbox.Open(_directory.At("killed"), _clock);
        Directory.CreateDirectory(Outbox);
        File.Copy(Path.Combine(_directory.At("killed"), "outbox.db"), Database);
        using var outbox = SqliteOutbox.Open(Outbox, _clock);
        Assert.Equal(started.LoadOpen().Select(trip => trip.Key), outbox.LoadOpen().Select(trip => trip.Key));
        Assert.Single(outbox.LoadOpen());
    }

    [Fact]
    public void A_damaged_database_is_refused_and_left_as_it_is()
    {
        Damage.Make(Outbox);
        RefusedUnchanged("damaged");
    }

    [Fact]
    public void A_WAL_without_its_database_is_not_replayed_into_a_new_one()
    {
        Directory.CreateDirectory(Outbox);
        File.WriteAllText(Database + "-wal", "commits");
        var refused = Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, _clock));
        Assert.Contains("is missing", refused.Message, StringComparison.Ordinal);
        Assert.Equal("commits", File.ReadAllText(Database + "-wal"));
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public void Nor_is_a_journal_without_its_database()
    {
        using (var running = SqliteOutbox.Open(_directory.At("running"), _clock))
        {
            running.Commit(Examples.FareBatch(1));
            _directory.CopyDatabase("running", "outbox");
        }

        File.Delete(Database);
        File.Delete(Database + "-wal");
        var refused = Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, _clock));
        Assert.Contains($"is missing, but {Path.Combine(Outbox, "outbox.journal")} still holds commits", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Theory]
    [InlineData("/proc/self")]
    [InlineData("/proc/self/outbox")]
    public void A_directory_that_cannot_be_written_is_named(string directory)
    {
        // Read-only for root too.
        var refused = Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(directory, _clock));
        Assert.Contains("/proc/", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_agent_in_the_same_process_is_refused()
    {
        using var outbox = SqliteOutbox.Open(Outbox, _clock);
        Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, _clock));
        outbox.Commit(Examples.FareBatch(1));
    }

    [Fact]
    public void A_path_with_characters_of_an_URI_is_taken_literally()
    {
        var odd = _directory.At("a b%20c?d#e&ø");
        using (var outbox = SqliteOutbox.Open(odd, _clock))
            outbox.Commit(Examples.FareBatch(1));
        Assert.True(File.Exists(Path.Combine(odd, "outbox.db")));
    }

    [Fact]
    public void An_older_database_is_brought_forward_with_all_that_is_in_it()
    {
        using (var outbox = SqliteOutbox.Open(Outbox, _clock))
            outbox.Commit(Examples.FareBatch(1));
        Migration next = new(Schema.Migrations[^1].Version + 1, "ALTER TABLE trips ADD COLUMN district TEXT; CREATE TABLE districts (name TEXT)");
        using (var outbox = SqliteOutbox.Open(Outbox, _clock, [.. Schema.Migrations, next]))
            Assert.Single(outbox.LoadOpen());
        Assert.Contains("newer agent", Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, _clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_the_first_version_is_brought_forward_and_its_trip_can_be_held()
    {
        using (var first = SqliteOutbox.Open(Outbox, _clock, [Migration0001.Step]))
            first.Commit(Examples.FareBatch(1));
        using (var outbox = SqliteOutbox.Open(Outbox, _clock))
        {
            var trip = Assert.Single(outbox.LoadOpen());
            outbox.Commit(new OutboxBatch { Sync = true, Trips = { [trip.Key] = trip.State with { Held = true } } });
            Assert.True(outbox.Load(trip.Key)!.State.Held);
        }

        Assert.Contains("newer agent", Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, _clock, [Migration0001.Step])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_fails_leaves_the_older_version_usable()
    {
        using (var outbox = SqliteOutbox.Open(Outbox, _clock))
            outbox.Commit(Examples.FareBatch(1));
        Migration next = new(Schema.Migrations[^1].Version + 1, "CREATE TABLE districts (name TEXT); CREATE TABLE trips (name TEXT)");
        Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, _clock, [.. Schema.Migrations, next]));
        using (var outbox = SqliteOutbox.Open(Outbox, _clock))
            Assert.Single(outbox.LoadOpen());
        Migration mended = new(Schema.Migrations[^1].Version + 1, "CREATE TABLE districts (name TEXT)");
        SqliteOutbox.Open(Outbox, _clock, [.. Schema.Migrations, mended]).Dispose();
    }

    [Fact]
    public void Versions_count_from_one_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, Schema.Migrations.Count), Schema.Migrations.Select(step => step.Version));

    private void RefusedUnchanged(string why)
    {
        var before = File.ReadAllBytes(Database);
        var refused = Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, _clock));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith(Database, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Database));
    }

    private void Patch(int at, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        using var file = File.OpenHandle(Database, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(file, bytes, at);
    }
}
