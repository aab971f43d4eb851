using System.Diagnostics;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Setup;

/// <summary>The agent as systemd runs it.</summary>
internal static class AgentService
{
    public const string Restart = $"systemctl restart {CommandLine.Name}";

    private const string Program = "systemctl";

    // What systemd itself makes when it has booted the machine: sd_booted(3).
    private const string Booted = "/run/systemd/system";

    // A stop may take until calls on their way have come to their end.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static async Task<bool> IsActiveAsync(CancellationToken stop) =>
        Directory.Exists(Booted) && await RunAsync(["is-active", "--quiet", CommandLine.Name], stop) == 0;

    /// <exception cref="CommandFailedException">It did not start again.</exception>
    public static async Task RestartAsync(CancellationToken stop)
    {
        // The drop-in may be new.
        await RunAsync(["daemon-reload"], stop);
        if (await RunAsync(["restart", CommandLine.Name], stop) is not 0 and var code)
            throw new CommandFailedException(ExitCode.Unavailable, $"{Restart} ended with {code}: look with journalctl -u {CommandLine.Name}");
    }

    private static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardInput = true })!;
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new CommandFailedException(ExitCode.NotFound, $"{Program} cannot be started: {Shown.Plain(fault.Message)}", inner: fault);
        }
        catch (OperationCanceledException fault) when (!stop.IsCancellationRequested)
        {
            throw new CommandFailedException(ExitCode.TryAgain, $"{Program} {arguments[0]} did not end within {s_patience.TotalSeconds:0} seconds", inner: fault);
        }
    }
}
