namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A step did not come about; the message says what was awaited and what was seen last.</summary>
internal sealed class ScenarioFailed(string why) : Exception(why);

/// <summary>The scenario cannot be played here; the message says why.</summary>
internal sealed class ScenarioSkipped(string why) : Exception(why);
