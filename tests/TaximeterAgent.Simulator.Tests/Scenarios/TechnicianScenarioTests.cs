using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>An agent that does not do what a technician orders is found out.</summary>
public sealed class TechnicianScenarioTests
{
    private static readonly string Heedless = Path.Combine(AppContext.BaseDirectory, "Scenarios", "heedless-agent.sh");

    [Theory]
    [InlineData("hold", "a technician has it in hand")]
    [InlineData("goes-on", "while the trip was held the service was sent")]
    [InlineData("resolve", "the release of all did not come")]
    public async Task An_agent_that_does_not_heed_the_technician_fails(string fault, string finding)
    {
        Outcome outcome = await PartRun.PlayAsync("technician-resolves", "authorized", ["bash", Heedless, fault, .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(15));
        Assert.Contains(outcome.Faults, found => found.Contains(finding, StringComparison.Ordinal));
    }
}
