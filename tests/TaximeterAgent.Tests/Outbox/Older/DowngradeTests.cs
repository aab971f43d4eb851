using TaximeterAgent.Cli;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Hosting;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Migrations;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Outbox.Older;

/// <summary>The way back, by the agent's own process.</summary>
public sealed class DowngradeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_agent_that_is_older_than_its_outbox_names_both_versions_changes_nothing_and_ends_with_74()
    {
        var outbox = _directory.At("outbox");
        using (var newer = SqliteOutbox.Open(outbox, new StandingClock(), [.. Schema.Migrations, new Migration(99, "CREATE TABLE districts (name TEXT)")]))
            newer.Commit(new OutboxBatch { Sync = true, Settings = { [IOutbox.LastVersion] = "7.8.9" } });
        var database = Path.Combine(outbox, "outbox.db");
        var before = await File.ReadAllBytesAsync(database);
        using var configuration = new TestConfiguration();
        configuration.With("Outbox:Directory", $"\"{outbox}\"");

        var (exitCode, _, error) = await AgentProcess.RunAsync(["run", "--config", configuration.File]);

        Assert.True(exitCode == ExitCode.InputOutput, error);
        Assert.Contains("written by a newer agent (schema version 99", error, StringComparison.Ordinal);
        Assert.Contains($"this agent knows up to {Schema.Newest}", error, StringComparison.Ordinal);
        Assert.Contains("Install version 7.8.9 of the agent again; the file was not changed", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(database));
        Assert.DoesNotContain(Directory.GetFiles(outbox), file => file.EndsWith("-wal", StringComparison.Ordinal) || file.EndsWith("-shm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_that_got_ready_is_in_the_outbox_and_one_that_ended_before_is_not()
    {
        var outbox = _directory.At("outbox");
        using var configuration = new TestConfiguration();
        configuration.With("Outbox:Directory", $"\"{outbox}\"").With("Control:Socket", $"\"{_directory.At("control.sock")}\"");
        using (var agent = AgentProcess.Start(["run", "--config", configuration.File]))
        {
            for (var end = DateTime.UtcNow + TimeSpan.FromMinutes(1); !IsIn(outbox); await Task.Delay(50))
                Assert.True(DateTime.UtcNow < end, "The version is not in the outbox.");
            agent.Terminate();
            Assert.Equal(ExitCode.Ok, (await agent.EndAsync()).ExitCode);
        }

        configuration.With("Car:Id", "\"\"").With("Outbox:Directory", $"\"{outbox}-2\"");
        Assert.Equal(ExitCode.Configuration, (await AgentProcess.RunAsync(["run", "--config", configuration.File])).ExitCode);
        Assert.False(IsIn(outbox + "-2"));
    }

    private static bool IsIn(string outbox)
    {
        var database = Path.Combine(outbox, "outbox.db");
        if (!File.Exists(database))
            return false;
        using var connection = OutboxConnection.OpenForReading(database);
        using var statement = new Statement(connection, OutboxSql.FindSetting);
        using var row = statement.Query(IOutbox.LastVersion);
        return row.Read() && row.GetString(0) == Banner.Version;
    }
}
