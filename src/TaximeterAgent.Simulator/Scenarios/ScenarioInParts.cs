namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A scenario of several runs, each in a world of its own: <c>name/part</c>.</summary>
internal sealed class ScenarioInParts(string name, string description, IReadOnlyList<ScenarioPart> parts) : Scenario(name, description)
{
    public override async Task<IReadOnlyList<Outcome>> RunAsync(Stage stage, CancellationToken cancellation)
    {
        var outcomes = new List<Outcome>();
        foreach (ScenarioPart part in parts)
        {
            WorldOptions options = stage.Options($"{Name}/{part.Name}");
            outcomes.Add(await stage.PlayAsync(part.Configure?.Invoke(options) ?? options, part.Script, cancellation));
        }

        return outcomes;
    }
}

/// <param name="Name">What tells it from the others.</param>
/// <param name="Script">What happens.</param>
/// <param name="Configure">How its world differs.</param>
internal sealed record ScenarioPart(string Name, Func<World, Task<Expectation>> Script, Func<WorldOptions, WorldOptions>? Configure = null);
