namespace TaximeterAgent.Benchmarks;

/// <summary>The last word of a line.</summary>
internal enum Verdict
{
    /// <summary>The goal is reached.</summary>
    Ok,

    /// <summary>It is not.</summary>
    Short,

    /// <summary>The limit differs from itself: the machine does other things too, and the ratio says nothing.</summary>
    Noisy,
}

/// <summary>Gives the last word.</summary>
internal static class Judge
{
    /// <summary>How far the limit may be off itself.</summary>
    public const double Noise = 0.05;

    /// <param name="self">The limit against itself.</param>
    /// <param name="ratio">Ours against the limit.</param>
    /// <param name="goal">The largest ratio that is good enough.</param>
    public static Verdict OfRatio(double self, double ratio, double goal) =>
        self > 1 + Noise || 1 / self > 1 + Noise ? Verdict.Noisy : ratio <= goal ? Verdict.Ok : Verdict.Short;

    public static Verdict OfCount(double ours, double goal, bool moreIsBetter) => (moreIsBetter ? ours >= goal : ours <= goal) ? Verdict.Ok : Verdict.Short;

    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Short => "short",
        _ => "noisy",
    };
}
