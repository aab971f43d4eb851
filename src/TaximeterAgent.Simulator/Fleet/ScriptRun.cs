using System.Diagnostics;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>A script or a command that ends by itself, and what it said.</summary>
public sealed record ScriptRun(int Code, string Output, string Errors)
{
    // In a session of its own: Ctrl+C at the terminal is for the simulator, which then ends in order what the script has begun.
    private const string Session = "/usr/bin/setsid";

    private static readonly string[] Others = ["RELAY_", "RABBITMQ_"];

    // A broker takes half a minute to start on a machine that others use as well.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public string Said => Output + Errors;

    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">What it is given besides ours.</param>
    /// <exception cref="IOException">It does not end.</exception>
    public static async Task<ScriptRun> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        string[] words = [.. File.Exists(Session) ? [Session, "--wait"] : Array.Empty<string>(), .. command];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Whoever runs us may have sourced another fleet's addresses and passwords.
        foreach (string name in start.Environment.Keys.Where(name => Others.Any(other => name.StartsWith(other, StringComparison.Ordinal))).ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ScriptRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"'{string.Join(' ', command)}' has not ended within {Patience.TotalMinutes:0} minutes");
        }
    }
}
