using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>An agent that leaves a dead board's payment reserved is found out.</summary>
public sealed class OrphanScenarioTests
{
    [Theory]
    [InlineData("TAXIMETER_Policy__OrphanAfter=01:00:00", "the release of what nobody has claimed did not come")]
    [InlineData("TAXIMETER_Webhooks__Secret=another", "the reading of the payment that the delivery told of did not come")]
    public async Task An_agent_that_leaves_it_reserved_fails(string setting, string finding)
    {
        Outcome outcome = await PartRun.PlayAsync("orphan-released", "unclaimed", ["env", setting, .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(15));
        Assert.Contains(outcome.Faults, fault => fault.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_waits_for_no_fare_fails()
    {
        Outcome outcome = await PartRun.PlayAsync(
            "orphan-released", "unclaimed", ["env", "TAXIMETER_Policy__OrphanAfter=00:00:00.010", .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(30));
        Assert.Contains(outcome.Faults, fault => fault.Contains("no fare could have been in time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unclaimed")]
    [InlineData("claimed")]
    public async Task The_agent_itself_releases_what_nobody_claims_and_captures_what_its_fare_claims(string part)
    {
        Outcome outcome = await PartRun.PlayAsync("orphan-released", part, AgentCommand.BuiltWithUs(), TimeSpan.FromSeconds(60));
        Assert.True(outcome.Faults.Count == 0, string.Join('\n', outcome.Faults));
    }
}
