using System.Diagnostics;
using System.Globalization;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Car;

/// <summary>A limit's program as a process of its own, started as the agent is. It says in lines how far it is; ends when disposed of.</summary>
internal sealed class LimitProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private LimitProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>Starts it with an environment like the agent's.</summary>
    /// <param name="name">Of the limit.</param>
    /// <param name="arguments">Its own.</param>
    /// <param name="folder">Its home and working directory.</param>
    /// <param name="environment">What it is given besides.</param>
    /// <exception cref="NotHereException">This is no release build.</exception>
    public static LimitProcess Start(string name, IEnumerable<object> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var command = BoardBuild.Limit(name);
        // As the agent's process: see AgentProcess.
        var start = new ProcessStartInfo("/usr/bin/setsid")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in command.Concat(arguments.Select(one => Convert.ToString(one, CultureInfo.InvariantCulture)!)))
            start.ArgumentList.Add(word);
        var kept = new[] { "PATH", "DOTNET_ROOT" }.Select(variable => (variable, Environment.GetEnvironmentVariable(variable))).ToList();
        start.Environment.Clear();
        foreach (var (variable, value) in kept.Where(pair => pair.Item2 is not null))
            start.Environment[variable] = value;
        start.Environment["HOME"] = start.Environment["TMPDIR"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        return new LimitProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it writes.</summary>
    /// <exception cref="InvalidOperationException">It has ended, or says nothing.</exception>
    public async Task<string> LineAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(s_patience);
        try
        {
            if (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
                return line;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new InvalidOperationException($"the limit's program said nothing for {s_patience.TotalSeconds} s");
        }

        throw new InvalidOperationException($"the limit's program has ended: {(await _errors).Trim()}");
    }

    /// <summary>Tells it something, as one line.</summary>
    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Posix.Kill(_process.Id, group: true);
        if (!_process.HasExited)
            Posix.Kill(_process.Id, group: false);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
