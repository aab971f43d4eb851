using System.Diagnostics.CodeAnalysis;

namespace TaximeterAgent.Configuration;

/// <summary>How a key's value is written in the JSON file.</summary>
internal enum ValueShape
{
    Text,
    Number,
    Boolean,
}

/// <summary>
/// One key of the configuration, declared once: reading, checking, the list of known keys and the reference page in <c>docs/</c> all come from it.
/// </summary>
internal abstract record ConfigurationKey
{
    /// <summary>The full name, sections parted by colons: <c>Meter:Serial:Port</c>.</summary>
    public required string Name { get; init; }

    public required ValueShape Shape { get; init; }

    /// <summary>What belongs there, as a fault and the reference page say it; ranges and units included.</summary>
    public required string Expected { get; init; }

    public required string Description { get; init; }

    /// <summary>The unit for the reference page; empty where there is none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The default as it would be written, or null if there is none.</summary>
    public string? Default { get; init; }

    /// <summary>How the reference page words a default that depends on other keys.</summary>
    public string? DefaultRule { get; init; }

    /// <summary>True if the agent does not start without it.</summary>
    public bool Required { get; init; }

    /// <summary>The name of the systemd credential of a secret; null for what is no secret.</summary>
    public string? Credential { get; init; }

    public bool Secret => Credential is not null;

    /// <summary>The first part of the name.</summary>
    public string Section => Name[..Name.IndexOf(':')];

    /// <summary>The environment variable: <c>TAXIMETER_Meter__Serial__Port</c>.</summary>
    public string Variable => EnvironmentSource.Prefix + Name.Replace(":", "__");

    /// <summary>True if the value can be used as it stands. Rules between keys are checked later.</summary>
    public abstract bool Accepts(RawValue value);

    // A variable has no type of its own, so its text may be a number; in the file a number in quotation marks is a slip worth telling.
    protected bool HasShape(RawValue value) => value.Kind switch
    {
        RawKind.Text => Shape == ValueShape.Text || value.Source.Kind != SourceKind.File,
        RawKind.Number => Shape == ValueShape.Number,
        RawKind.Boolean => Shape == ValueShape.Boolean,
        _ => false,
    };
}

/// <summary>Reads a value's text; false if it is none, and then <paramref name="value"/> means nothing.</summary>
internal delegate bool ValueParser<T>(string text, out T value);

/// <inheritdoc/>
internal sealed record ConfigurationKey<T> : ConfigurationKey
{
    public required ValueParser<T> Parser { get; init; }

    public bool TryRead(RawValue raw, [MaybeNullWhen(false)] out T value)
    {
        if (HasShape(raw))
            return Parser(raw.Text, out value);
        value = default;
        return false;
    }

    public override bool Accepts(RawValue value) => TryRead(value, out _);
}
