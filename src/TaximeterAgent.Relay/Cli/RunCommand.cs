using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using TaximeterAgent.Relay.Hosting;

namespace TaximeterAgent.Relay.Cli;

/// <summary><c>taximeter-relay run</c>: the relay itself, until SIGTERM.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Build(Option<string> file)
    {
        var command = new Command(Name, "Runs the relay until SIGTERM or Ctrl+C.");
        CommandLine.SetWork(command, file, async (_, options, stop) =>
        {
            await using var web = RelayHost.Build(options);
            try
            {
                await web.StartAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Told to stop while it was still starting: that is a clean stop too.
                return ExitCode.Ok;
            }

            await web.WaitForShutdownAsync(stop);
            return ExitCode.Ok;
        });
        return command;
    }
}
