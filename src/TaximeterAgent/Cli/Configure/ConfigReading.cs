using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Configure;

/// <summary>A configuration as it was read, made fit for people: no secret passes here.</summary>
internal static class ConfigReading
{
    public const string Set = "set";
    public const string Missing = "missing";

    /// <summary>A value as it is shown: a secret's says only whether there is one.</summary>
    public static string? Value(ConfigurationEntry entry) => entry.Key.Secret ? entry.Text is { Length: > 0 } ? Set : Missing : entry.Text;

    public static ConfigKeyOutput Of(ConfigurationEntry entry) => new(entry.Key.Name, Value(entry), SourceOf(entry), entry.Key.Secret);

    public static ConfigFaultOutput Of(ConfigurationFault fault) => new(Shown.Plain(fault.Where), fault.Found, fault.Expected);

    public static ConfigSourceOutput SourceOf(ConfigurationEntry entry) => entry.Text is null
        ? new ConfigSourceOutput("none", null, null)
        : new ConfigSourceOutput(
            TaximeterAgent.Control.Kebab.Of(entry.Source.Kind),
            entry.Source.Kind == SourceKind.Default ? null : Shown.Plain(entry.Source.Name),
            entry.Source.Line > 0 ? entry.Source.Line : null);

    /// <summary>Where a value came from, for people.</summary>
    public static string Place(ConfigurationEntry entry) => entry.Text is null ? "" : entry.Source.ToString();

    /// <summary>The same where the file has been named.</summary>
    public static string ShortPlace(ConfigurationEntry entry) => entry is { Text: not null, Source: { Kind: SourceKind.File, Line: > 0 and var line } }
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line}")
        : Place(entry);
}
