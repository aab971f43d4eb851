using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>A doctor that is no good is found out.</summary>
public sealed class DoctorScenarioTests
{
    private static readonly string Blind = Path.Combine(AppContext.BaseDirectory, "Scenarios", "blind-doctor.sh");

    [Theory]
    [InlineData("blind", "nobody-runs-it", "and found []")]
    [InlineData("nervous", "healthy", "the doctor was to find [], and found [relay: relay-away: x]")]
    [InlineData("wrong-cause", "nobody-runs-it", "the doctor says 'the moon'")]
    [InlineData("no-code", "nobody-runs-it", "the doctor ended with 0")]
    public async Task A_doctor_that_is_no_good_fails(string fault, string part, string finding)
    {
        Outcome outcome = await PartRun.PlayAsync("doctor", part, ["bash", Blind, fault, .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(15));
        Assert.Contains(outcome.Faults, found => found.Contains(finding, StringComparison.Ordinal));
    }
}
