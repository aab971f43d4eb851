namespace TaximeterAgent.Cli.Output;

/// <summary>What <c>meter test</c> found.</summary>
internal sealed record MeterTestReport
{
    /// <summary>True if the meter was heard, and hears.</summary>
    public required bool Passed { get; init; }

    /// <summary>The command's exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>For people: what was seen, in order; the last says what it comes to.</summary>
    public required IReadOnlyList<string> Lines { get; init; }
}
