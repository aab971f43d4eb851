namespace TaximeterAgent.Configuration;

/// <summary>Values from variables such as <c>TAXIMETER_Car__Id</c>. The prefix is ours alone, so a variable that no key answers to is a slip.</summary>
internal static class EnvironmentSource
{
    public const string Prefix = "TAXIMETER_";

    public static void Collect(IReadOnlyDictionary<string, string> environment, Collected collected)
    {
        foreach (var variable in environment.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (Keys.All.FirstOrDefault(key => key.Variable == variable) is { } key)
                collected.Put(key, new RawValue(RawKind.Text, environment[variable], new ConfigurationSource(SourceKind.Environment, variable)));
            else
                collected.Fault(variable, "an unknown variable", Expected(variable));
        }
    }

    private static string Expected(string variable) =>
        Nearest.To(variable[Prefix.Length..], Keys.All.Select(key => key.Variable[Prefix.Length..])) is { } nearest
            ? $"a known one; the nearest is {Prefix}{nearest}"
            : $"one of the keys in docs/configuration.md as {Prefix}Section__Key";
}
