using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>One part of a scenario, played against an agent that may be wrong.</summary>
internal static class PartRun
{
    public static Task<Outcome> PlayAsync(string scenario, string part, IReadOnlyList<string> command, TimeSpan patience)
    {
        var stage = new Stage(
            new StageSettings(Seed: 1, Pace.Shortened with { Patience = patience }, command, Keep: null, Wire: null), new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System);
        return ((ScenarioInParts)AllScenarios.Find(scenario)!).RunPartAsync(part, stage, CancellationToken.None);
    }
}
