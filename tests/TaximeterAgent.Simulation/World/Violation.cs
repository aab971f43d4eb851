namespace TaximeterAgent.Simulation;

/// <summary>The ways to break the promise.</summary>
internal enum Broken
{
    Lost,
    Double,
    Stranded,
    Untrue,
    Stuck,
}

/// <summary>The promise is broken: what, and how it was seen.</summary>
internal sealed record Verdict(Broken How, string What);

/// <summary>A judge has seen enough: the world ends here.</summary>
internal sealed class BrokenPromise(Broken how, string what) : Exception(what)
{
    public Verdict Verdict { get; } = new(how, what);
}

/// <summary>The power is gone in the middle of something.</summary>
internal sealed class PowerCut() : Exception("The power was cut.");
