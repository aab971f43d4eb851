namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>One part of the car, looked at once.</summary>
internal abstract class Examination
{
    /// <summary>The part's name, as <c>status</c> has it.</summary>
    public abstract string Part { get; }

    /// <summary>What is waited for, for people who wait.</summary>
    public abstract string WaitsFor { get; }

    /// <summary>Looks. Never throws for what it finds.</summary>
    public abstract Task<Examined> LookAsync(Patient patient, CancellationToken stop);
}

/// <summary>What came of looking at a part.</summary>
/// <param name="Findings">What is wrong with it; empty if it is well.</param>
/// <param name="NotLooked">Why it could not be looked at, or not wholly; null if it was.</param>
internal sealed record Examined(IReadOnlyList<Finding> Findings, string? NotLooked = null)
{
    public static Examined Well { get; } = new([]);

    public static Examined Found(params IReadOnlyList<Finding> findings) => new(findings);

    public static Examined Unseen(string why) => new([], why);
}
