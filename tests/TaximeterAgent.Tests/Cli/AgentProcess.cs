using System.Diagnostics;
using System.Runtime.InteropServices;
using TaximeterAgent.Cli;
using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting.Systemd;

namespace TaximeterAgent.Tests.Cli;

/// <summary>The agent as its own process, as systemd would start it, without the variables of whoever runs the tests.</summary>
internal sealed partial class AgentProcess : IDisposable
{
    // Long enough for a busy machine; only a hang reaches it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private AgentProcess(Process process) => _process = process;

    /// <summary>The program file beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, $"{CommandLine.Name}.dll");

    public static AgentProcess Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        StartCommand("dotnet", [Program, .. arguments], environment);

    public static AgentProcess StartCommand(string command, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new AgentProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var agent = Start(arguments, environment);
        return await agent.EndAsync();
    }

    /// <summary>What a command said on stderr, but that it still waits for an answer: on a busy machine it may have to.</summary>
    public static string WithoutWaiting(string error) =>
        string.Join('\n', error.Split('\n').Where(line => !line.StartsWith($"{CommandLine.Name}: waiting for the agent at ", StringComparison.Ordinal)));

    public async Task<string> ErrorLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _process.StandardError.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException("The agent ended.");
    }

    public async Task<string> OutputLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException("The program ended.");
    }

    public int Id => _process.Id;

    public void Terminate() => Signal(15);

    public void Signal(int number) => Assert.Equal(0, Kill(_process.Id, number));

    /// <summary>Waits for the end, and gives what was not read before.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var output = _process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = _process.StandardError.ReadToEndAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static bool IsOurs(string name) =>
        name.StartsWith(EnvironmentSource.Prefix, StringComparison.Ordinal) || name is CredentialSource.Variable or NotifySocket.Variable or ServiceManager.WatchdogVariable or ServiceManager.WatchdogProcessVariable or "JOURNAL_STREAM";

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
