using System.CommandLine;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Configure;

/// <summary><c>taximeter-agent config explain &lt;key&gt;</c>: what a key means and how it stands, from the same table that makes the reference page.</summary>
internal static class ExplainCommand
{
    private const string SourceName = "from";

    public static Command Build(Option<string> file)
    {
        var key = new Argument<string>("key") { Description = "A key such as Meter:Serial:Port, upper or lower case; or a variable such as TAXIMETER_Car__Id." };
        var command = ConfigCommand.Reading("explain", "Says what a key means, its unit, range and default, and how it stands.", file, (parsed, read, report) => TellAsync(parsed.GetRequiredValue(key), read, report));
        command.Add(key);
        return command;
    }

    private static async Task<int> TellAsync(string name, ConfigurationReport read, Report report)
    {
        if (Find(name) is not { } key)
        {
            await report.Error.WriteLineAsync($"{CommandLine.Name}: there is no key {Shown.Quoted(name)}{Hint(name)}");
            return ExitCode.NotFound;
        }

        var entry = read.Entries.First(entry => entry.Key == key);
        var faults = read.Faults.Where(fault => fault.Where == key.Name).ToList();
        if (report.Json)
            await report.WriteJsonAsync(JsonSerializer.Serialize(Output(entry, faults), CliAnswer.Context.ConfigExplainOutput));
        else
            await report.WriteFactsAsync(Facts(entry, faults));
        return ExitCode.Ok;
    }

    private static IEnumerable<(string Name, string Value)> Facts(ConfigurationEntry entry, List<ConfigurationFault> faults)
    {
        var key = entry.Key;
        yield return ("key", key.Name);
        yield return ("meaning", key.Description.Replace("`", "", StringComparison.Ordinal));
        yield return ("expected", key.Expected);
        if (key.Unit.Length > 0)
            yield return ("unit", key.Unit);
        yield return ("default", Default(key));
        yield return ("variable", key.Variable);
        if (key.Credential is { } credential)
            yield return ("credential", credential);
        yield return ("value", ConfigReading.Value(entry) switch { null => "none", "" => "empty", var text => text });
        if (ConfigReading.Place(entry) is { Length: > 0 } place)
            yield return (SourceName, place);
        foreach (var fault in faults)
            yield return ("fault", $"found {fault.Found}; expected {fault.Expected}");
    }

    private static ConfigExplainOutput Output(ConfigurationEntry entry, List<ConfigurationFault> faults) => new()
    {
        Key = entry.Key.Name,
        Description = entry.Key.Description,
        Expected = entry.Key.Expected,
        Unit = entry.Key.Unit is { Length: > 0 } unit ? unit : null,
        Default = entry.Key.Default,
        DefaultRule = entry.Key.DefaultRule,
        Required = entry.Key.Required,
        Secret = entry.Key.Secret,
        Variable = entry.Key.Variable,
        Credential = entry.Key.Credential,
        Value = ConfigReading.Value(entry),
        Source = ConfigReading.SourceOf(entry),
        Faults = [.. faults.Select(ConfigReading.Of)],
    };

    private static string Default(ConfigurationKey key) => key switch
    {
        { Required: true } => "none: it must be set",
        { DefaultRule: { } rule } => rule.Replace("`", "", StringComparison.Ordinal),
        { Default: "" } => "empty",
        { Default: { } text } => text,
        _ => "none",
    };

    private static ConfigurationKey? Find(string name) =>
        Keys.All.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(key.Variable, name, StringComparison.OrdinalIgnoreCase));

    // A section, a name of which only the end is remembered, or a slip of the finger.
    private static string Hint(string name)
    {
        var within = Keys.All.Where(key => key.Name.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase) || key.Name.EndsWith(":" + name, StringComparison.OrdinalIgnoreCase)).Select(key => key.Name).ToList();
        if (within.Count > 0)
            return $"; there are {string.Join(", ", within)}";
        return Nearest.To(name, Keys.All.Select(key => key.Name)) is { } nearest ? $"; the nearest is {nearest}" : $"; {CommandLine.Name} config show lists them";
    }
}
