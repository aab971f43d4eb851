using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>An agent whose paper does not lead to the payment is found out.</summary>
public sealed class PaperScenarioTests
{
    [Theory]
    [InlineData("TAXIMETER_Printer__Kind=none", "a request for")]
    [InlineData("TAXIMETER_Printer__Qr=raster", "the slip has 0 codes")]
    public async Task An_agent_that_prints_no_code_fails(string setting, string finding)
    {
        Outcome outcome = await PartRun.PlayAsync("qr-on-paper", "scanned", ["env", setting, .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(15));
        Assert.Contains(outcome.Faults, fault => fault.Contains(finding, StringComparison.Ordinal));
    }
}
