using TaximeterAgent.Core.Payments;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox.Older;

/// <summary>The trips of a fixture, brought about by the present agent. With the variable set it writes the fixture of the present schema: docs/reliability.md.</summary>
public sealed class FixtureTests : IDisposable
{
    /// <summary>Names the file that the present outbox is written to as SQL.</summary>
    private const string Variable = "TAXIMETER_DUMP_OUTBOX";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_present_agent_brings_trips_to_every_standing_and_its_outbox_can_be_written_as_SQL()
    {
        var clock = new ToldClock(TimeSpan.Zero);
        using (var trips = new ManyTrips(SqliteOutbox.Open(_directory.At("outbox"), clock), clock, new ToldPayments(clock), "a"))
        {
            trips.Make();
            foreach (var standing in Enum.GetValues<Standing>())
                Assert.True(Standings.Are(standing, trips.State(standing)), $"{standing}: {trips.State(standing)} {string.Join(' ', trips.State(standing).Attempts)}");
        }

        var sql = OutboxDump.Of(_directory.At("outbox/outbox.db"));
        Assert.Contains($"PRAGMA user_version={Schema.Migrations[^1].Version};", sql, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
            File.WriteAllText(file, sql);
    }
}
