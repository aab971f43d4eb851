namespace TaximeterAgent.Exploration.Model;

/// <summary>How a promise was broken.</summary>
internal enum Broken
{
    /// <summary>An acknowledged fare is in no store, or closed without a word.</summary>
    Lost,

    /// <summary>More is or can be charged than is due.</summary>
    Double,

    /// <summary>Authorized, neither captured nor released, and nobody is going to.</summary>
    Stranded,

    /// <summary>Something was said, or is believed, that the ledger contradicts.</summary>
    Untrue,

    /// <summary>The trip does not come to its end although the world is healthy.</summary>
    Stuck,

    /// <summary>A rule of money, or of the port, that is not one of the above.</summary>
    Rule,
}

/// <summary>A step that must not be possible.</summary>
internal sealed class Violation(Broken how, string what) : Exception($"{how}: {what}")
{
    public Broken How { get; } = how;

    public string What { get; } = what;
}
