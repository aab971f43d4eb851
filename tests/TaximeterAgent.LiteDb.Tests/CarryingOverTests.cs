using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Carrying;
using TaximeterAgent.Tests.Cli;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>From one store to the other and back: all of it, or nothing; and whatever interrupts it, there is a whole outbox.</summary>
public sealed class CarryingOverTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();

    public static TheoryData<string, string> BothWays => new() { { "sqlite", "litedb" }, { "litedb", "sqlite" } };

    private string Outbox => _directory.At("outbox");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task Everything_is_carried_over_and_the_old_one_is_kept(string from, string to)
    {
        var before = Filled(from);

        var (exitCode, output, error) = await RunAsync("outbox", "migrate", "--from", from, "--to", to, "--json");

        Assert.True(exitCode == ExitCode.Ok, error);
        Assert.Equal(before, Lines(to));
        var done = JsonDocument.Parse(output).RootElement;
        var described = JsonDocument.Parse(CommandOutputDocument.Write()).RootElement.GetProperty("$defs").GetProperty("MigrationReport").GetProperty("properties");
        Assert.Equal(described.EnumerateObject().Select(one => one.Name).Order(), done.EnumerateObject().Select(one => one.Name).Order());
        Assert.Equal((31, 16 + 1), (done.GetProperty("trips").GetInt64(), done.GetProperty("operations").GetInt64()));
        var kept = done.GetProperty("keptIn").GetString()!;
        Assert.True(File.Exists(Path.Combine(kept, Name(from))));
        Assert.False(File.Exists(Path.Combine(Outbox, Name(from))));
        Assert.False(Directory.Exists(Path.Combine(Outbox, CarryingOver.Making)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Outbox, Name(to))));
        // With the old value no agent starts, and it is said what to set.
        Assert.Contains($"Set Outbox:Store to \"{to}\"", Assert.Throws<OutboxUnusableException>(() => Open(from)).Message, StringComparison.Ordinal);
        // It goes on there: keys, lines and operations.
        using var outbox = Open(to);
        Assert.Equal(32, outbox.NextKey());
        outbox.Commit(Examples.FareBatch(32, 32));
        Assert.Throws<InvalidOperationException>(() => outbox.Commit(Examples.FareBatch(33, 32)));
    }

    [Fact]
    public void There_and_back_is_the_same()
    {
        var before = Filled("sqlite");
        Carry("sqlite", "litedb").Run(CancellationToken.None);
        var back = Carry("litedb", "sqlite").Run(CancellationToken.None);
        Assert.Equal(before, Lines("sqlite"));
        Assert.Equal((31L, false), (back.Count.Trips, back.Finished));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(Outbox, CarryingOver.Kept)).Length);
    }

    [Theory]
    [InlineData("sqlite", "litedb", "the new one is opened again", true)]
    [InlineData("sqlite", "litedb", "the new one gets its name", true)]
    [InlineData("sqlite", "litedb", "the old one is moved away", false)]
    [InlineData("litedb", "sqlite", "the new one is opened again", true)]
    [InlineData("litedb", "sqlite", "the new one gets its name", true)]
    [InlineData("litedb", "sqlite", "the old one is moved away", false)]
    public void Interrupted_anywhere_nothing_is_lost_and_the_same_command_finishes(string from, string to, string where, bool startsAsBefore)
    {
        var before = Filled(from);
        var interrupted = new CarryingOver(Outbox, Kind(from), Kind(to), _clock) { Before = step => { if (step == where) throw new IOException("the power is cut"); } };
        Assert.Throws<IOException>(() => interrupted.Run(CancellationToken.None));

        if (startsAsBefore)
        {
            Assert.Equal(before, Lines(from));
        }
        else
        {
            Assert.Contains("that was not finished", Assert.Throws<OutboxUnusableException>(() => Open(from)).Message, StringComparison.Ordinal);
            Assert.Contains("that was not finished", Assert.Throws<OutboxUnusableException>(() => Open(to)).Message, StringComparison.Ordinal);
        }

        var done = Carry(from, to).Run(CancellationToken.None);
        Assert.Equal(!startsAsBefore, done.Finished);
        Assert.Equal(before, Lines(to));
    }

    [Fact]
    public void Two_that_are_not_the_same_are_both_left_alone()
    {
        Filled("sqlite");
        var interrupted = new CarryingOver(Outbox, OutboxStore.Sqlite, OutboxStore.LiteDb, _clock) { Before = step => { if (step.Contains("moved", StringComparison.Ordinal)) throw new IOException(); } };
        Assert.Throws<IOException>(() => interrupted.Run(CancellationToken.None));
        // Somebody has written to one of them.
        var files = new OutboxFiles(Outbox) { MayBeTwo = true };
        using (var outbox = OutboxStores.Open(OutboxStore.LiteDb, files, OutboxLock.Take(files), _clock))
            outbox.Commit(Examples.FareBatch(99, 99));

        var refused = Assert.Throws<ContentDiffersException>(() => Carry("sqlite", "litedb").Run(CancellationToken.None));

        Assert.Contains("the highest key is 31 and 99", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(files.Database) && File.Exists(files.LiteDb));
    }

    [Fact]
    public async Task While_an_agent_runs_nothing_is_done()
    {
        Filled("sqlite");
        using var running = Open("sqlite");
        var (exitCode, _, error) = await RunAsync("outbox", "migrate", "--from", "sqlite", "--to", "litedb");
        Assert.Equal(ExitCode.TryAgain, exitCode);
        Assert.Contains("systemctl stop taximeter-agent", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Outbox, "outbox.litedb")));
    }

    [Fact]
    public async Task What_is_there_already_or_not_there_at_all_is_said()
    {
        Directory.CreateDirectory(Outbox);
        Assert.Equal(ExitCode.NotFound, (await RunAsync("outbox", "migrate", "--from", "sqlite", "--to", "litedb")).ExitCode);
        Filled("litedb");
        var (exitCode, _, error) = await RunAsync("outbox", "migrate", "--from", "sqlite", "--to", "litedb");
        Assert.Equal(ExitCode.NotFound, exitCode);
        Assert.Contains("the trips are there already", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RunAsync("outbox", "migrate", "--from", "sqlite", "--to", "sqlite")).ExitCode);
    }

    [Fact]
    public void Ctrl_C_leaves_everything_as_it_was()
    {
        var before = Filled("sqlite");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Carry("sqlite", "litedb").Run(stop.Token));
        Assert.Equal(before, Lines("sqlite"));
        Assert.False(Directory.Exists(Path.Combine(Outbox, CarryingOver.Making)));
    }

    [Fact]
    public void A_difference_of_any_kind_is_found()
    {
        foreach (var (change, expected) in new (Action<IOutbox>, string)[]
        {
            (outbox => outbox.Commit(new OutboxBatch { Settings = { ["empty"] = "x" } }), "setting empty and setting empty differ"),
            (outbox => outbox.Commit(new OutboxBatch { History = { Examples.Line(1, "more") } }), "of the history is in one of them only"),
            (outbox => outbox.Commit(new OutboxBatch { RemovedOperations = { "z" } }), "operation z of trip 31 and operation a of trip 31 differ"),
            (outbox => outbox.Commit(new OutboxBatch { StoppedTimers = { (1, Core.Payments.TimerKind.Certain, Examples.Reference()) } }), "timer Certain of trip 1 and timer OfflineTooLong of trip 1 differ"),
            (outbox => outbox.Commit(new OutboxBatch { Identities = { (Core.Payments.Identity.OfBooking("other"), new KnownIdentity(1, 1)) } }), "the identity of trip"),
            (outbox => outbox.Commit(new OutboxBatch { Trips = { [5] = Examples.Closed(5) } }), "trip 5 and trip 5 differ"),
        })
        {
            using var one = OutboxStores.Open(OutboxStore.Sqlite, _directory.At(Guid.NewGuid().ToString("N")), _clock);
            using var other = OutboxStores.Open(OutboxStore.LiteDb, _directory.At(Guid.NewGuid().ToString("N")), _clock);
            FilledOutbox.Fill(one);
            FilledOutbox.Fill(other);
            Assert.Null(ContentComparison.Of((IOutboxContent)one, (IOutboxContent)other, CancellationToken.None).Difference);
            change(other);
            Assert.Contains(expected, ContentComparison.Of((IOutboxContent)one, (IOutboxContent)other, CancellationToken.None).Difference, StringComparison.Ordinal);
        }
    }

    private static OutboxStore Kind(string name) => name == "litedb" ? OutboxStore.LiteDb : OutboxStore.Sqlite;

    private static string Name(string store) => store == "litedb" ? "outbox.litedb" : "outbox.db";

    private IOutboxStore Open(string store) => OutboxStores.Open(Kind(store), Outbox, _clock);

    private CarryingOver Carry(string from, string to) => new(Outbox, Kind(from), Kind(to), _clock);

    private List<string> Filled(string store)
    {
        using (var outbox = Open(store))
            FilledOutbox.Fill(outbox);
        return Lines(store);
    }

    // Read apart from the comparison that is on trial.
    private List<string> Lines(string store)
    {
        using var outbox = Open(store);
        var content = (IOutboxContent)outbox;
        return
        [
            .. content.Trips().Select(row => row.ToString()),
            .. content.Operations().Select(row => $"{row with { Body = default }} {Convert.ToHexString(row.Body.Span)}"),
            .. content.Timers().Select(row => row.ToString()),
            .. content.History().Select(row => row.ToString()),
            .. content.Identities().Select(row => row.ToString()),
            .. content.Settings().Select(row => row.ToString()),
            $"{content.LastKey}",
        ];
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] words)
    {
        var configuration = _directory.At("config.json");
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new { Outbox = new { Directory = Outbox } }));
        return await Invocation.RunAsync([.. words, "--config", configuration]);
    }
}
