using System.CommandLine;
using TaximeterAgent.Cli.Configure;
using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting;
using TaximeterAgent.Hosting.Logging;
using TaximeterAgent.Masking;

namespace TaximeterAgent.Cli;

/// <summary><c>taximeter-agent run</c>: the agent itself, until SIGTERM.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Build(Option<string> file, RunAgent run)
    {
        var command = new Command(Name, "Runs the agent until SIGTERM or Ctrl+C.");
        command.SetAction((parsed, stop) => RunAsync(parsed.GetRequiredValue(file), run, parsed.InvocationConfiguration.Error, stop));
        return command;
    }

    /// <summary>The command itself, with its configuration file.</summary>
    public static async Task<int> RunAsync(string file, RunAgent run, TextWriter error, CancellationToken stop)
    {
        // Beside the configuration: the meter waits.
        using var opening = OutboxOpening.Prepare();
        var report = ConfigurationLoader.Load(file);
        if (report.Options is null)
            return await ConfigCommand.TellFaultsAsync(report, error);
        try
        {
            return await run(report.Options, report, opening, stop);
        }
        catch (Exception exception)
        {
            // Nothing above this can mend it. Told whole, because it is for whoever mends the program; but no secret and no number leaves with it.
            await error.WriteLineAsync($"{CommandLine.Name}: stopped by a mistake in the program");
            await error.WriteLineAsync(PhoneText.Any.Mask(new Redaction(report.Secrets).Mask(exception.ToString())));
            return ExitCode.Software;
        }
    }
}
