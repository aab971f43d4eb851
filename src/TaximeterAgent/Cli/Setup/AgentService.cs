using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Setup;

/// <summary>The agent as systemd runs it.</summary>
internal static class AgentService
{
    public const string Restart = $"{Program} restart {CommandLine.Name}";

    private const string Program = "systemctl";

    // A stop may take until calls on their way have come to their end.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>False, too, where there is no systemd, or it does not run: nothing is there to be restarted.</summary>
    public static async Task<bool> IsActiveAsync(CancellationToken stop) =>
        await SystemTool.RunAsync(Program, ["is-active", "--quiet", CommandLine.Name], s_patience, stop) is { ExitCode: 0 };

    /// <exception cref="CommandFailedException">It did not start again.</exception>
    public static async Task RestartAsync(CancellationToken stop)
    {
        // The drop-in may be new.
        await RunAsync(["daemon-reload"], stop);
        await RunAsync(["restart", CommandLine.Name], stop);
    }

    private static async Task RunAsync(string[] arguments, CancellationToken stop)
    {
        if (await SystemTool.RunAsync(Program, arguments, s_patience, stop) is not { } end)
            throw new CommandFailedException(ExitCode.NotFound, $"{Program} cannot be started");
        if (end.ExitCode is not { } code)
            throw new CommandFailedException(ExitCode.TryAgain, $"{Program} {arguments[0]} did not end within {s_patience.TotalSeconds:0} seconds");
        if (code != 0)
        {
            throw new CommandFailedException(
                ExitCode.Unavailable, $"{Program} {arguments[0]} ended with {code}: {Shown.Plain(end.Error)}; look with journalctl -u {CommandLine.Name}. The files are written: run {Restart}");
        }
    }
}
