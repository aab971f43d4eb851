using System.CommandLine;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Configure;

/// <summary><c>taximeter-agent config …</c>: the configuration, without starting the agent.</summary>
internal static class ConfigCommand
{
    private static readonly Column[] s_columns = [new("key"), new("value", Flows: true), new("from", Flows: true)];

    public static Command Build(Option<string> file)
    {
        var check = Reading("check", "Checks the configuration: one line per fault on stderr, or ok.", file, CheckAsync);
        var show = Reading("show", "Shows every key's value and where it came from; a secret as set or missing.", file, ShowAsync);

        // For whoever changes the keys: it writes docs/configuration.md.
        var reference = new Command("reference", "Writes the reference page of all keys.") { Hidden = true };
        reference.SetAction((parsed, stop) => parsed.InvocationConfiguration.Output.WriteAsync(ReferencePage.Write().AsMemory(), stop));

        return new Command("config", "Looks at the configuration.") { check, show, ExplainCommand.Build(file), reference };
    }

    /// <summary>One line per fault.</summary>
    public static async Task<int> TellFaultsAsync(ConfigurationReport report, TextWriter error)
    {
        foreach (var fault in report.Problems)
            await error.WriteLineAsync(fault.ToString());
        return ExitCode.Configuration;
    }

    /// <summary>A command that reads the configuration and tells of it.</summary>
    internal static Command Reading(string name, string description, Option<string> file, Func<ParseResult, ConfigurationReport, Report, Task<int>> tell)
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command(name, description) { json };
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                return await tell(parsed, ConfigurationLoader.Load(parsed.GetRequiredValue(file)), new Report(output, error, parsed.GetValue(json)));
            }
            catch (IOException e)
            {
                await error.WriteLineAsync($"{CommandLine.Name}: the output cannot be written: {Text.Line(e.Message)}");
                return ExitCode.InputOutput;
            }
        });
        return command;
    }

    private static async Task<int> CheckAsync(ParseResult parsed, ConfigurationReport read, Report report)
    {
        var ok = read.Ok;
        foreach (var (key, path) in read.Encrypted)
            await report.Error.WriteLineAsync($"{key.Name}: encrypted in {Shown.Plain(path)} for the service alone, so that it is not checked here");
        if (report.Json)
        {
            var output = new ConfigCheckOutput(read.File, ok, [.. read.Problems.Select(ConfigReading.Of)]);
            await report.WriteJsonAsync(JsonSerializer.Serialize(output, CliAnswer.Context.ConfigCheckOutput));
            return ok ? ExitCode.Ok : ExitCode.Configuration;
        }

        if (!ok)
            return await TellFaultsAsync(read, report.Error);
        await report.WriteLineAsync("ok");
        return ExitCode.Ok;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, ConfigurationReport read, Report report)
    {
        var ok = read.Ok;
        if (report.Json)
        {
            var output = new ConfigShowOutput(read.File, ok, [.. read.Entries.Select(ConfigReading.Of)], [.. read.Problems.Select(ConfigReading.Of)]);
            await report.WriteJsonAsync(JsonSerializer.Serialize(output, CliAnswer.Context.ConfigShowOutput));
        }
        else
        {
            // At a terminal the file is said once, above.
            var title = report.AtTerminal ? read.File : "";
            await report.WriteTableAsync(
                title, s_columns, [.. read.Entries.Select(entry => new[] { entry.Key.Name, ConfigReading.Value(entry) ?? "", report.AtTerminal ? ConfigReading.ShortPlace(entry) : ConfigReading.Place(entry) })]);
            await TellFaultsAsync(read, report.Error);
        }

        return ok ? ExitCode.Ok : ExitCode.Configuration;
    }
}
