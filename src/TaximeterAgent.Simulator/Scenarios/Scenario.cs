namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Something that happens to a taxi driver, played against a real agent and judged from outside.</summary>
/// <param name="name">As it is called by.</param>
/// <param name="description">What happens, for <c>list</c>.</param>
/// <param name="needsRelay">True: it is about the fleet's cloud side and cannot be played without.</param>
internal abstract class Scenario(string name, string description, bool needsRelay)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public bool NeedsRelay { get; } = needsRelay;

    /// <summary>Plays it, once or in several sub-runs. Failures are outcomes, not exceptions.</summary>
    public abstract Task<IReadOnlyList<Outcome>> RunAsync(Stage stage, CancellationToken cancellation);
}

/// <summary>How one run ended: what was wrong with it, and what was seen.</summary>
/// <param name="Name">The scenario's, or the sub-run's.</param>
/// <param name="Faults">Empty for PASS.</param>
/// <param name="Skipped">Why it was not played, or null.</param>
/// <param name="Ledger">The run's part of the ledger file; null if it was not played.</param>
internal sealed record Outcome(string Name, IReadOnlyList<string> Faults, string? Skipped, ScenarioLedger? Ledger);

/// <summary>A scenario of one run: a script that says at its end what must have come of it.</summary>
internal sealed class PlayedScenario(
    string name,
    string description,
    Func<World, Task<Expectation>> script,
    Func<WorldOptions, WorldOptions>? configure = null,
    bool needsRelay = false) : Scenario(name, description, needsRelay)
{
    public override async Task<IReadOnlyList<Outcome>> RunAsync(Stage stage, CancellationToken cancellation)
    {
        WorldOptions options = stage.Options(Name);
        return [await stage.PlayAsync(configure?.Invoke(options) ?? options, script, cancellation)];
    }
}
