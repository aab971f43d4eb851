namespace TaximeterAgent.Cli.Output;

/// <summary><c>config show --json</c>.</summary>
/// <param name="File">The file that was asked for.</param>
/// <param name="Ok">False if the agent would not start with it.</param>
/// <param name="Keys">Every key, in the order of the reference page.</param>
/// <param name="Faults">What is wrong; empty if nothing is.</param>
internal sealed record ConfigShowOutput(string File, bool Ok, IReadOnlyList<ConfigKeyOutput> Keys, IReadOnlyList<ConfigFaultOutput> Faults);

/// <summary>A key as it stands after all sources.</summary>
/// <param name="Value">As it would be written; a secret's is <c>set</c> or <c>missing</c>; missing where there is none.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Secret">True for what is never shown.</param>
internal sealed record ConfigKeyOutput(string Key, string? Value, ConfigSourceOutput Source, bool Secret);

/// <summary>Where a value came from.</summary>
/// <param name="Kind"><c>default</c>, <c>file</c>, <c>environment</c>, <c>credential</c>, or <c>none</c> for a key without a value.</param>
/// <param name="Name">The file, the variable or the credential's file; missing for a default.</param>
/// <param name="Line">The line in the file, from 1.</param>
internal sealed record ConfigSourceOutput(string Kind, string? Name, int? Line);

/// <summary><c>config check --json</c>.</summary>
/// <param name="Faults">What is wrong; empty if nothing is.</param>
internal sealed record ConfigCheckOutput(string File, bool Ok, IReadOnlyList<ConfigFaultOutput> Faults);

/// <summary>One thing that is wrong.</summary>
/// <param name="Where">The key, or the file or variable that could not be read.</param>
internal sealed record ConfigFaultOutput(string Where, string Found, string Expected);

/// <summary><c>config explain --json</c>.</summary>
internal sealed record ConfigExplainOutput
{
    public required string Key { get; init; }

    public required string Description { get; init; }

    /// <summary>What belongs there, its range included.</summary>
    public required string Expected { get; init; }

    /// <summary>Missing where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>As it would be written; missing where there is none, or where a rule gives it.</summary>
    public string? Default { get; init; }

    /// <summary>For a default that depends on other keys.</summary>
    public string? DefaultRule { get; init; }

    public required bool Required { get; init; }

    public required bool Secret { get; init; }

    /// <summary>The environment variable that sets it.</summary>
    public required string Variable { get; init; }

    /// <summary>The systemd credential of a secret.</summary>
    public string? Credential { get; init; }

    /// <summary>As it stands now; a secret's is <c>set</c> or <c>missing</c>.</summary>
    public string? Value { get; init; }

    public required ConfigSourceOutput Source { get; init; }

    /// <summary>What is wrong with it now.</summary>
    public IReadOnlyList<ConfigFaultOutput> Faults { get; init; } = [];
}
