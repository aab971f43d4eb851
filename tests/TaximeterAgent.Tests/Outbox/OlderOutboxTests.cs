using System.Globalization;
using TaximeterAgent.Cli;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Migrations;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>Outboxes as agents of older versions wrote them (<c>Fixtures/schema-N.sql</c>), and the way back.</summary>
public sealed class OlderOutboxTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();

    private string Outbox => _directory.At("outbox");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_outbox_of_each_older_schema_opens_with_every_fare_and_every_byte_that_was_to_be_sent()
    {
        for (var version = 1; version < Schema.Migrations[^1].Version; version++)
        {
            var directory = Fill(version);

            using var outbox = SqliteOutbox.Open(directory, _clock);

            Assert.False(outbox.IsNew);
            var open = outbox.LoadOpen();
            Assert.Equal([1, 2, 3], open.Select(trip => trip.Key));
            Assert.All(open, trip =>
            {
                var number = (int)trip.Key;
                Assert.Equal(Examples.Fare(number), trip.State.Fare);
                Assert.Equal(Examples.Reference(number), Assert.Single(trip.State.Attempts).Reference);
                Assert.Equal(Examples.Create(trip.Key, number).Body.ToArray(), Assert.Single(trip.Operations).Body.ToArray());
                Assert.Equal(TimerKind.OfflineTooLong, Assert.Single(trip.Timers).Kind);
                Assert.Equal(trip.Key, outbox.Find(Identity.OfTrip(Examples.Trip(number)))!.Key);
            });
            Assert.Equal(4, outbox.NextKey());
            outbox.Commit(Examples.FareBatch(4, 4));
            Assert.Equal(4, outbox.LoadOpen().Count);
        }
    }

    [Fact]
    public async Task An_agent_that_is_older_than_its_outbox_says_so_changes_nothing_and_ends_with_74()
    {
        SqliteOutbox.Open(Outbox, _clock, [.. Schema.Migrations, new Migration(99, "CREATE TABLE districts (name TEXT)")]).Dispose();
        var database = Path.Combine(Outbox, "outbox.db");
        var before = await File.ReadAllBytesAsync(database);
        using var configuration = new TestConfiguration();
        configuration.With("Outbox:Directory", $"\"{Outbox}\"");

        var (exitCode, _, error) = await AgentProcess.RunAsync(["run", "--config", configuration.File]);

        Assert.Equal(ExitCode.InputOutput, exitCode);
        Assert.Contains("written by a newer agent (schema version 99", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(database));
    }

    private string Fill(int version)
    {
        var directory = _directory.At(string.Create(CultureInfo.InvariantCulture, $"schema-{version}"));
        Directory.CreateDirectory(directory);
        var sql = File.ReadAllText(Path.Combine(Repository.Root, "tests", "TaximeterAgent.Tests", "Outbox", "Fixtures", $"schema-{version}.sql"));
        using var connection = OutboxConnection.OpenForWriting(Path.Combine(directory, "outbox.db"), create: true);
        Schema.Execute(connection, sql);
        return directory;
    }
}
