using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli;

#pragma warning disable CA1416 // Modes are those of Linux, as is all of the agent.

/// <summary><c>outbox quarantine</c>: what is broken is kept and a new outbox is begun; what is not broken stays.</summary>
public sealed class QuarantineTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public QuarantineTests() => _configuration.With("Outbox:Directory", JsonSerializer.Serialize(Outbox));

    private string Outbox => _files.Path("outbox");

    private string Database => Path.Combine(Outbox, "outbox.db");

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_damaged_database_is_kept_with_its_WAL_and_a_new_one_is_begun()
    {
        Damage.Make(Outbox);
        await File.WriteAllTextAsync(Database + "-wal", "commits");
        await File.WriteAllTextAsync(Database + "-shm", "index");
        var damaged = await File.ReadAllBytesAsync(Database);

        var (exitCode, output, error) = await RunAsync("--yes", "--json");

        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        var done = JsonDocument.Parse(output).RootElement;
        var kept = done.GetProperty("keptIn").GetString()!;
        Assert.Equal(Path.Combine(Outbox, "outbox.quarantine"), Path.GetDirectoryName(kept));
        Assert.Equal(["outbox.db", "outbox.db-shm", "outbox.db-wal", "outbox.journal"], Directory.GetFiles(kept).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Path.Combine(kept, "outbox.db")));
        Assert.Equal("commits", await File.ReadAllTextAsync(Path.Combine(kept, "outbox.db-wal")));
        Assert.All(Directory.GetFiles(kept), file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(kept));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Database));
        Assert.Equal((Database, Caller.Here()), (done.GetProperty("database").GetString(), done.GetProperty("by").GetString()));
        Assert.Contains("damaged", done.GetProperty("fault").GetString(), StringComparison.Ordinal);

        using var begun = SqliteOutbox.Open(Outbox, TimeProvider.System);
        Assert.False(begun.IsNew);
        Assert.Empty(begun.Reader.List());
        Assert.NotNull(begun.Setting(IOutbox.BegunAnew));
        var line = Assert.Single(History());
        Assert.StartsWith($"{Caller.Here()} set the outbox aside, {Database}: it is damaged", line, StringComparison.Ordinal);
        Assert.EndsWith($"it is kept in {kept}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outbox.db", "a list of fares")]
    [InlineData("outbox.db-wal", "commits without their database")]
    public async Task What_is_foreign_or_half_is_set_aside_too(string name, string content)
    {
        Directory.CreateDirectory(Outbox);
        await File.WriteAllTextAsync(Path.Combine(Outbox, name), content);

        var (exitCode, output, _) = await RunAsync("--yes");

        Assert.Equal(ExitCode.Ok, exitCode);
        var kept = Directory.GetDirectories(Path.Combine(Outbox, "outbox.quarantine")).Single();
        Assert.Equal(content, await File.ReadAllTextAsync(Path.Combine(kept, name)));
        Assert.Contains($"kept in\t{kept}\n", output, StringComparison.Ordinal);
        Assert.Contains("next\tstart the agent: systemctl start taximeter-agent\n", output, StringComparison.Ordinal);
        SqliteOutbox.Open(Outbox, TimeProvider.System).Dispose();
    }

    [Fact]
    public async Task A_healthy_one_stays_unless_it_is_forced_and_then_its_unfinished_trips_are_named()
    {
        using (var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System))
            outbox.Commit(Examples.FareBatch(1));
        var before = await File.ReadAllBytesAsync(Database);

        var refused = await RunAsync("--yes");
        Assert.Equal((ExitCode.NotPossible, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("nothing is wrong with it", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database));

        var forced = await RunAsync("--yes", "--force");
        Assert.Equal(ExitCode.Ok, forced.ExitCode);
        Assert.Contains($"not finished\t{Examples.Trip()}\n", forced.Output, StringComparison.Ordinal);
        Assert.Contains(History(), line => line.Contains($"not finished in the outbox that was set aside: {Examples.Trip()}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_newer_one_is_not_broken()
    {
        SqliteOutbox.Open(Outbox, TimeProvider.System, [.. Schema.Migrations, new(Schema.Migrations[^1].Version + 1, "CREATE TABLE districts (name TEXT)")]).Dispose();

        var (exitCode, _, error) = await RunAsync("--yes");

        Assert.Equal(ExitCode.NotPossible, exitCode);
        Assert.Contains("written by a newer agent", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Outbox, "outbox.quarantine")));
    }

    [Fact]
    public async Task While_an_agent_has_it_nothing_is_moved()
    {
        using var running = SqliteOutbox.Open(Outbox, TimeProvider.System);

        var (exitCode, output, error) = await RunAsync("--yes", "--force");

        Assert.Equal((ExitCode.TryAgain, ""), (exitCode, output));
        Assert.Contains("systemctl stop taximeter-agent. Nothing was changed", error, StringComparison.Ordinal);
        running.Commit(Examples.FareBatch(1));
        Assert.Single(running.Reader.List());
    }

    [Fact]
    public async Task Nothing_is_done_unasked_and_where_there_is_nothing_nothing_is_made()
    {
        Assert.Equal(ExitCode.NotFound, (await RunAsync("--yes", "--force")).ExitCode);
        Assert.False(Directory.Exists(Outbox));

        Damage.Make(Outbox);
        var before = await File.ReadAllBytesAsync(Database);
        var unasked = await AgentProcess.RunAsync(["outbox", "quarantine", "--config", _configuration.File]);
        Assert.Equal(ExitCode.Usage, unasked.ExitCode);
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database));
    }

    [RootFact]
    public async Task What_root_makes_in_the_agents_directory_is_the_agents()
    {
        const uint nobody = 65534;
        Damage.Make(Outbox);
        foreach (var path in Directory.GetFiles(Outbox).Append(Outbox))
            Permissions.GiveTo(path, (nobody, nobody));

        Assert.Equal(ExitCode.Ok, (await RunAsync("--yes")).ExitCode);

        Assert.All(Directory.GetFileSystemEntries(Outbox, "*", SearchOption.AllDirectories), path => Assert.Equal((nobody, nobody), Permissions.OwnerOf(path)));
    }

    private List<string> History()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT text FROM history WHERE actor = 'technician' AND what = 'quarantine' ORDER BY id";
        using var row = command.ExecuteReader();
        var lines = new List<string>();
        while (row.Read())
            lines.Add(row.GetString(0));
        return lines;
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] more) => Invocation.RunAsync(["outbox", "quarantine", "--config", _configuration.File, .. more]);
}
