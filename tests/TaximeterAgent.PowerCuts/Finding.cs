using TaximeterAgent.PowerCuts.Disk;

namespace TaximeterAgent.PowerCuts;

/// <summary>How the promise was broken.</summary>
internal enum Broken
{
    /// <summary>Something that was acknowledged is not there.</summary>
    Missing,

    /// <summary>The store shows what no commit has left.</summary>
    Half,

    /// <summary>The store does not open, or cannot be read.</summary>
    Unopened,
}

/// <summary>What is wrong with the store after a cut.</summary>
internal sealed record Finding(Broken How, string What);

/// <summary>A cut that breaks the promise, with all that is needed to see it again.</summary>
/// <param name="Seed">Of the workload.</param>
/// <param name="Cuts">The last one broke it; the store went on after those before.</param>
/// <param name="Finding">What is wrong.</param>
/// <param name="Description">Which writes were dropped, torn and kept.</param>
internal sealed record Violation(int Seed, IReadOnlyList<Cut> Cuts, Finding Finding, string Description)
{
    public string Replay => $"--seed {Seed} --replay {string.Join('/', Cuts)}";
}
