using System.Diagnostics;

namespace TaximeterAgent.Simulator.Car;

/// <summary>The agent as its own process, with an environment of its own and its output in files.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    /// <summary>Gives the agent a process group of its own, so that a wrapper and what it started are signalled as one. Part of util-linux: every Debian has it.</summary>
    private const string GroupLeader = "/usr/bin/setsid";

    /// <summary>What is kept of each stream for a failure's message.</summary>
    private const int TailLines = 15;

    private readonly Process _process;
    private readonly bool _inGroup = File.Exists(GroupLeader);
    private int _killed;
    private int _disposed;
    private readonly Capture _output;
    private readonly Capture _errors;

    private AgentProcess(Process process, string logName)
    {
        _process = process;
        OutputFile = logName + ".out";
        ErrorFile = logName + ".err";
        _output = new Capture(OutputFile);
        _errors = new Capture(ErrorFile);
        process.OutputDataReceived += (_, line) => _output.Take(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.Take(line.Data);
    }

    public int Id => _process.Id;

    public string OutputFile { get; }

    public string ErrorFile { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>128 + the signal's number for a process ended by a signal.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines that it wrote, errors last.</summary>
    public IReadOnlyList<string> Tail => [.. _output.Tail, .. _errors.Tail];

    /// <param name="command">The program and its first arguments.</param>
    /// <param name="arguments">What is appended.</param>
    /// <param name="folder">Its working directory, its home and the place of its temporary files.</param>
    /// <param name="logName">Path without ending: <c>.out</c> and <c>.err</c> are written.</param>
    /// <param name="environment">What it is given besides the bare environment.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static AgentProcess Start(
        IReadOnlyList<string> command, IReadOnlyList<string> arguments, string folder, string logName, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] words = [.. File.Exists(GroupLeader) ? [GroupLeader] : Array.Empty<string>(), .. command, .. arguments];
        var start = new ProcessStartInfo(words[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string word in words.Skip(1))
            start.ArgumentList.Add(word);
        Clean(start.Environment, folder);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var agent = new AgentProcess(new Process { StartInfo = start }, logName);
        agent._process.Start();
        agent._process.StandardInput.Close();
        agent._process.BeginOutputReadLine();
        agent._process.BeginErrorReadLine();
        return agent;
    }

    /// <summary>SIGKILL, as if the ignition had been switched off; does not wait.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _killed, 1) != 0)
            return;
        // Whatever a wrapper started is in its group, and ends with it even if the wrapper itself is gone.
        if (_inGroup)
            Posix.Kill(_process.Id, group: true);
        // Just started, it may not have made its group yet.
        if (!_process.HasExited)
            Posix.Kill(_process.Id, group: false);
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code, or null if it has not ended in time.</summary>
    public async Task<int?> StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited)
            Posix.Terminate(_process.Id, group: _inGroup);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public Task WaitForExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        // A car that is given up with its ignition off disposes of it again.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await KillAsync();
        _output.Dispose();
        _errors.Dispose();
        _process.Dispose();
    }

    /// <summary>Nothing of the caller's environment reaches the agent but what a program needs to run at all.</summary>
    private static void Clean(IDictionary<string, string?> environment, string folder)
    {
        string? path = environment.TryGetValue("PATH", out string? given) ? given : null;
        string? root = environment.TryGetValue("DOTNET_ROOT", out given) ? given : null;
        environment.Clear();
        environment["PATH"] = path ?? "/usr/local/bin:/usr/bin:/bin";
        if (root is not null)
            environment["DOTNET_ROOT"] = root;
        environment["HOME"] = folder;
        environment["TMPDIR"] = folder;
        environment["LANG"] = "C.UTF-8";
        environment["DOTNET_EnableDiagnostics"] = "0"; // a killed process would leave its diagnostics socket behind
    }

    private sealed class Capture : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly StreamWriter _file;
        private readonly Queue<string> _tail = new();
        private bool _closed;

        public Capture(string path) => _file = new StreamWriter(path) { AutoFlush = true };

        public IReadOnlyList<string> Tail
        {
            get
            {
                lock (_gate)
                    return [.. _tail];
            }
        }

        public void Take(string? line)
        {
            if (line is null)
                return;
            lock (_gate)
            {
                if (_closed)
                    return;
                _file.WriteLine(line);
                _tail.Enqueue(line);
                if (_tail.Count > TailLines)
                    _tail.Dequeue();
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _closed = true;
                _file.Dispose();
            }
        }
    }
}
