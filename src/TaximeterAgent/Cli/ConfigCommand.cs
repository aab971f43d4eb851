using System.CommandLine;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli;

/// <summary><c>taximeter-agent config …</c>: the configuration, without starting the agent.</summary>
internal static class ConfigCommand
{
    public static Command Build(Option<string> file)
    {
        var check = new Command("check", "Checks the configuration: one line per fault on stderr, or ok.");
        check.SetAction((parsed, _) =>
            CheckAsync(parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));

        // For whoever changes the keys: it writes docs/configuration.md.
        var reference = new Command("reference", "Writes the reference page of all keys.") { Hidden = true };
        reference.SetAction((parsed, stop) => parsed.InvocationConfiguration.Output.WriteAsync(ReferencePage.Write().AsMemory(), stop));

        return new Command("config", "Looks at the configuration.") { check, reference };
    }

    /// <summary>One line per fault.</summary>
    public static async Task<int> TellFaultsAsync(ConfigurationReport report, TextWriter error)
    {
        foreach (var fault in report.Faults.Concat(report.Missing))
            await error.WriteLineAsync(fault.ToString());
        return ExitCode.Configuration;
    }

    private static async Task<int> CheckAsync(string file, TextWriter output, TextWriter error)
    {
        var report = ConfigurationLoader.Load(file);
        if (report.Options is null || !report.Missing.IsEmpty)
            return await TellFaultsAsync(report, error);
        await output.WriteLineAsync("ok");
        return ExitCode.Ok;
    }
}
