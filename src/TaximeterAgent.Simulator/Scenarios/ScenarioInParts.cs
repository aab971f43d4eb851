namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A scenario of several runs, each in a world of its own: <c>name/part</c>.</summary>
internal sealed class ScenarioInParts(string name, string description, IReadOnlyList<ScenarioPart> parts, bool needsRelay = false) : Scenario(name, description, needsRelay)
{
    public override async Task<IReadOnlyList<Outcome>> RunAsync(Stage stage, CancellationToken cancellation)
    {
        var outcomes = new List<Outcome>();
        foreach (ScenarioPart part in parts)
            outcomes.Add(await RunPartAsync(part, stage, cancellation));
        return outcomes;
    }

    /// <summary>Plays one part by itself.</summary>
    public Task<Outcome> RunPartAsync(string part, Stage stage, CancellationToken cancellation) => RunPartAsync(parts.Single(one => one.Name == part), stage, cancellation);

    private Task<Outcome> RunPartAsync(ScenarioPart part, Stage stage, CancellationToken cancellation)
    {
        WorldOptions options = stage.Options($"{Name}/{part.Name}");
        return stage.PlayAsync(part.Configure?.Invoke(options) ?? options, part.Script, cancellation);
    }
}

/// <param name="Name">What tells it from the others.</param>
/// <param name="Script">What happens.</param>
/// <param name="Configure">How its world differs.</param>
internal sealed record ScenarioPart(string Name, Func<World, Task<Expectation>> Script, Func<WorldOptions, WorldOptions>? Configure = null);
