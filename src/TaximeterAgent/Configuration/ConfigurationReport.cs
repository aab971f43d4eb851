using System.Collections.Immutable;

namespace TaximeterAgent.Configuration;

/// <summary>One key as it stands after all sources.</summary>
/// <param name="Text">As it was written; null for no value; a secret's is masked.</param>
internal sealed record ConfigurationEntry(ConfigurationKey Key, string? Text, ConfigurationSource Source);

/// <summary>What came of reading the configuration.</summary>
internal sealed class ConfigurationReport
{
    /// <summary>What stands for a secret wherever people read.</summary>
    public const string Masked = "(set, not shown)";

    /// <summary>The file that was asked for, whether or not it could be read.</summary>
    public required string File { get; init; }

    /// <summary>Null if there is any fault.</summary>
    public required AgentOptions? Options { get; init; }

    /// <summary>Everything that is wrong, each once.</summary>
    public required ImmutableArray<ConfigurationFault> Faults { get; init; }

    /// <summary>
    /// Secrets that are nowhere. The agent runs without them: it stores and acknowledges fares, says that it is not set up, and requests nothing. A check of the
    /// configuration has them for faults.
    /// </summary>
    public required ImmutableArray<ConfigurationFault> Missing { get; init; }

    /// <summary>Secrets that are encrypted for the service alone, and where: they are there, and cannot be looked at here.</summary>
    public ImmutableArray<(ConfigurationKey Key, string Path)> Encrypted { get; init; } = [];

    /// <summary>True if the agent starts and has all that it needs.</summary>
    public bool Ok => Options is not null && Missing.IsEmpty;

    /// <summary>All that a check has to say: faults, and secrets that are missing.</summary>
    public ImmutableArray<ConfigurationFault> Problems => Faults.AddRange(Missing);

    /// <summary>Every key with its value and where that came from, in the order of the reference page.</summary>
    public required ImmutableArray<ConfigurationEntry> Entries { get; init; }

    /// <summary>One key's value as it is written, else its default; whatever is wrong with others.</summary>
    public string TextOf(ConfigurationKey key) => Entries.First(entry => entry.Key == key).Text ?? key.Default!;

    /// <summary>The secrets themselves, for the one purpose of keeping them out of what is written.</summary>
    public required ImmutableArray<string> Secrets { get; init; }
}
