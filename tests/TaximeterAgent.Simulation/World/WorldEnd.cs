namespace TaximeterAgent.Simulation;

/// <summary>What is left of a world that has come to its end.</summary>
/// <param name="Seed">What made it.</param>
/// <param name="Verdict">What was broken first; null if the promise was kept.</param>
/// <param name="Tally">What has happened in it.</param>
/// <param name="Screens">What the driver has seen.</param>
/// <param name="History">Line by line, if somebody wanted to know.</param>
internal sealed record WorldEnd(int Seed, Verdict? Verdict, Tally Tally, IReadOnlyCollection<string> Screens, string History)
{
    /// <summary>Runs a world to its end.</summary>
    public static WorldEnd Of(Func<World> make)
    {
        using var world = make();
        var verdict = world.Run();
        return new WorldEnd(world.Seed, verdict, world.Tally, world.DriverJudge.Seen, world.History.ToString());
    }
}
