using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Scenarios.Years;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>An agent that keeps what it must not keep, or forgets what it must not forget, does not come through the years; in three of them that shows.</summary>
public sealed class YearsScenarioTests
{
    private static readonly string Lossy = Path.Combine(AppContext.BaseDirectory, "Scenarios", "lossy-agent.sh");

    [Theory]
    [InlineData("TAXIMETER_Outbox__PhoneRetention=300.00:00:00", "is in the store's files after")]
    [InlineData("TAXIMETER_Outbox__HistoryRetention=3660.00:00:00", "days old, 400 are kept")]
    public async Task An_agent_that_keeps_too_much_fails(string setting, string finding) =>
        Assert.Contains(finding, await FaultsAsync(["env", setting, .. AgentCommand.BuiltWithUs()]), StringComparison.Ordinal);

    [Fact]
    public async Task An_agent_that_forgets_fails() =>
        Assert.Contains("is not known any more", await FaultsAsync(["bash", Lossy, .. AgentCommand.BuiltWithUs()]), StringComparison.Ordinal);

    private static async Task<string> FaultsAsync(IReadOnlyList<string> command)
    {
        var stage = new Stage(
            new StageSettings(Seed: 1, Pace.Shortened with { Patience = TimeSpan.FromSeconds(40) }, command, Keep: null, Wire: null),
            new Transcript(TextWriter.Null, TimeProvider.System),
            TimeProvider.System);
        IReadOnlyList<Outcome> outcomes = await TenYears.Of(new YearsPlan(Years: 3, Parked: 0, Offline: 0, Clock: 2)).RunAsync(stage, CancellationToken.None);
        return string.Join('\n', outcomes.SelectMany(outcome => outcome.Faults));
    }
}
