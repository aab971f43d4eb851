using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Tests.Outbox;

#pragma warning disable CA1416 // Modes are those of Linux, as is all of the agent.

/// <summary>A copy that is read while the outbox is not to be touched: of one state, whoever writes meanwhile, and gone afterwards.</summary>
public sealed class OutboxCopyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();

    private string Outbox => _directory.At("outbox");

    private string Database => Path.Combine(Outbox, "outbox.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_only_the_WAL_has_is_in_the_copy_and_the_outbox_is_left_as_it_is()
    {
        using (var running = SqliteOutbox.Open(_directory.At("running"), _clock))
        {
            running.Commit(Examples.FareBatch(1));
            _directory.CopyDatabase("running", "outbox");
        }

        var before = Files();
        string place;
        using (var copy = Make())
        {
            Assert.Single(copy.Reader.List());
            Assert.Equal(Examples.Trip(), copy.Load(1)!.Trip);
            Assert.Equal((Database, _clock.Now), (copy.Database, copy.MadeAt));
            place = copy.Place;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(place));
            Assert.All(Directory.GetFiles(place), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        }

        Assert.False(Directory.Exists(place));
        Assert.Equal(before, Files());
    }

    [Fact]
    public void The_outbox_of_an_agent_that_holds_it_can_be_copied()
    {
        using var running = SqliteOutbox.Open(Outbox, _clock);
        running.Commit(Examples.FareBatch(1));
        using var copy = Make();
        running.Commit(Examples.FareBatch(2, 2));
        Assert.Single(copy.Reader.List());
    }

    [Fact]
    public void A_WAL_that_is_begun_anew_between_the_two_files_makes_the_copy_be_made_anew()
    {
        using var running = SqliteOutbox.Open(Outbox, _clock);
        running.Commit(Examples.FareBatch(1));
        var times = 0;
        using var copy = OutboxCopy.Make(Outbox, _clock, CancellationToken.None, () =>
        {
            if (times++ == 0)
                BeginWalAnew(running, 2);
        });

        Assert.Equal(2, times);
        Assert.Equal([2L, 1L], copy.Reader.List().Select(trip => trip.Key));
    }

    [Fact]
    public void Without_looking_for_that_a_trip_would_be_missing_from_such_a_copy()
    {
        // What the copy must not be, so that the test before this one can be seen to find it.
        using var running = SqliteOutbox.Open(Outbox, _clock);
        running.Commit(Examples.FareBatch(1));
        var before = WriteMark.Of(new OutboxFiles(Outbox));
        Directory.CreateDirectory(_directory.At("naive"));
        File.Copy(Database, Path.Combine(_directory.At("naive"), "outbox.db"));
        for (var key = 2; key <= 200; key++)
            running.Commit(Examples.FareBatch(key, key, sync: false));
        BeginWalAnew(running, 201);
        File.Copy(Database + "-wal", Path.Combine(_directory.At("naive"), "outbox.db-wal"));

        Assert.False(before.AllowsCopy(WriteMark.Of(new OutboxFiles(Outbox))));
        using var reader = OutboxReader.Open(_directory.At("naive"));
        Assert.NotEqual(201, Count());

        int Count()
        {
            try
            {
                return reader.List(limit: 1_000).Count;
            }
            catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or TripStateUnreadableException)
            {
                return -1;
            }
        }
    }

    [Fact]
    public void One_that_never_holds_still_is_given_up_and_said()
    {
        using var running = SqliteOutbox.Open(Outbox, _clock);
        running.Commit(Examples.FareBatch(1));
        var times = 0;

        var failed = Assert.Throws<OutboxUnusableException>(() =>
            OutboxCopy.Make(Outbox, _clock, CancellationToken.None, () => BeginWalAnew(running, ++times + 1)).Dispose());

        Assert.Equal((OutboxTrouble.Moving, OutboxCopy.TriesMaximum), (failed.Trouble, times));
        Assert.Contains("no whole copy", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_that_are_made_while_somebody_writes_are_each_of_one_state()
    {
        using var running = SqliteOutbox.Open(Outbox, _clock);
        running.Commit(Examples.FareBatch(1));
        using var end = new CancellationTokenSource();
        var written = 1;
        var writer = new Thread(() =>
        {
            while (!end.IsCancellationRequested)
            {
                BeginWalAnew(running, ++written);
                for (var more = 0; more < 200 && !end.IsCancellationRequested; more++)
                    running.Commit(Examples.FareBatch(++written, written));
            }
        });
        writer.Start();
        try
        {
            var whole = 0;
            for (var copies = 0; copies < 8; copies++)
            {
                try
                {
                    using var copy = Make();
                    var keys = copy.Reader.List(limit: IOutboxReader.LimitMaximum).Select(trip => trip.Key).Order().ToList();
                    Assert.Equal(Enumerable.Range(1, keys.Count).Select(key => (long)key), keys);
                    Assert.All(keys, key => Assert.Single(copy.Reader.HistoryOf(key)));
                    whole++;
                }
                catch (OutboxUnusableException e) when (e.Trouble == OutboxTrouble.Moving)
                {
                    // Said, and not made up.
                }
            }

            Assert.True(whole > 0, "No whole copy could be made.");
        }
        finally
        {
            end.Cancel();
            writer.Join();
        }
    }

    [Fact]
    public void An_older_one_is_brought_forward_in_the_copy_alone_and_a_newer_one_is_refused()
    {
        using (var outbox = SqliteOutbox.Open(Outbox, _clock))
            outbox.Commit(Examples.FareBatch(1));
        using (var newer = SqliteOutbox.Open(Outbox, _clock, [.. Schema.Migrations, new(Schema.Migrations[^1].Version + 1, "CREATE TABLE districts (name TEXT)")]))
            Assert.Single(newer.LoadOpen());
        Refused(OutboxTrouble.Newer);
    }

    [Fact]
    public void One_that_is_missing_foreign_or_damaged_is_named_by_its_own_name()
    {
        Refused(OutboxTrouble.Missing);
        Directory.CreateDirectory(Outbox);
        Refused(OutboxTrouble.Missing);
        File.WriteAllText(Database, "a list of fares");
        Refused(OutboxTrouble.Foreign);
        File.Delete(Database);
        File.WriteAllText(Database + "-wal", "commits");
        Refused(OutboxTrouble.Damaged);
        File.Delete(Database + "-wal");
        Damage.Make(Outbox);
        Assert.Contains("taximeter-agent outbox quarantine", Refused(OutboxTrouble.Damaged).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_leaves_nothing_behind()
    {
        using var running = SqliteOutbox.Open(Outbox, _clock);
        running.Commit(Examples.FareBatch(1));
        using var stop = new CancellationTokenSource();
        var places = Places();

        Assert.Throws<OperationCanceledException>(() => OutboxCopy.Make(Outbox, _clock, stop.Token, stop.Cancel).Dispose());

        Assert.Empty(Places().Except(places));
    }

    private OutboxUnusableException Refused(OutboxTrouble trouble)
    {
        var places = Places();
        var refused = Assert.Throws<OutboxUnusableException>(() => Make().Dispose());
        Assert.Equal((trouble, Database), (refused.Trouble, refused.File));
        Assert.DoesNotContain("taximeter-copy-", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Places().Except(places));
        return refused;
    }

    private OutboxCopy Make() => OutboxCopy.Make(Outbox, _clock, CancellationToken.None);

    // Others make copies too: only those of this outbox count.
    private List<string> Places() => [.. Directory.GetDirectories(Path.GetTempPath(), "taximeter-copy-*").Where(IsOurs)];

    private bool IsOurs(string place)
    {
        try
        {
            var database = Path.Combine(place, "outbox.db");
            return File.Exists(database) && File.Exists(Database) && File.ReadAllBytes(database).AsSpan().SequenceEqual(File.ReadAllBytes(Database));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private List<string> Files() =>
        [.. Directory.GetFiles(Outbox).Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O} {Convert.ToHexString(File.ReadAllBytes(file))}")];

    // All of the WAL into the database; the next commit begins the WAL anew.
    private static void BeginWalAnew(SqliteOutbox outbox, int key)
    {
        var batch = new Core.Ports.OutboxBatch();
        batch.Trips[1] = Examples.Closed();
        outbox.Commit(batch);
        Assert.True(outbox.WipePhones(Examples.Noon.AddDays(1)).Erased);
        outbox.Commit(Examples.FareBatch(key, key));
    }
}
