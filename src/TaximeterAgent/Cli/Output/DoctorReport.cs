namespace TaximeterAgent.Cli.Output;

/// <summary>What <c>doctor</c> found.</summary>
internal sealed record DoctorReport
{
    /// <summary>True if nothing is wrong with what could be looked at.</summary>
    public required bool Healthy { get; init; }

    /// <summary><c>green</c>, <c>yellow</c> or <c>red</c>: the worst of the findings.</summary>
    public required string Worst { get; init; }

    /// <summary>The car's number; missing while the configuration is wrong.</summary>
    public string? Car { get; init; }

    /// <summary>The version of the agent that answered; missing where none did.</summary>
    public string? Agent { get; init; }

    /// <summary>In the order in which one explains the next.</summary>
    public required IReadOnlyList<FindingReport> Findings { get; init; }

    /// <summary>What could not be looked at.</summary>
    public required IReadOnlyList<UnseenReport> Unseen { get; init; }
}

/// <summary>Something that is wrong with the car.</summary>
internal sealed record FindingReport
{
    /// <summary>From 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>A word that stays; docs/technician.md has each.</summary>
    public required string Kind { get; init; }

    /// <summary>The part of the car.</summary>
    public required string Part { get; init; }

    /// <summary><c>red</c>: payments do not work or soon will not. <c>yellow</c>: worth a look.</summary>
    public required string Level { get; init; }

    /// <summary>What was seen.</summary>
    public required string Seen { get; init; }

    /// <summary>Why it is so.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do.</summary>
    public required string Cure { get; init; }
}

/// <summary>A part that could not be looked at, or not wholly.</summary>
/// <param name="Why">Why not, and what would help.</param>
internal sealed record UnseenReport(string Part, string Why);
