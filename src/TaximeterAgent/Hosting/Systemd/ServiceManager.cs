using System.Globalization;

namespace TaximeterAgent.Hosting.Systemd;

/// <summary>What the agent tells the systemd that started it. Without one, every word of it goes nowhere.</summary>
internal sealed class ServiceManager(NotifySocket? socket, TimeSpan? watchdog) : IDisposable
{
    /// <summary>Microseconds after which systemd takes a silent service for dead.</summary>
    public const string WatchdogVariable = "WATCHDOG_USEC";

    /// <summary>The process that is meant; without it whoever reads it.</summary>
    public const string WatchdogProcessVariable = "WATCHDOG_PID";

    private readonly Lock _gate = new();
    private string? _status;
    private string? _unsaid;
    private bool _stopping;

    /// <summary>False where no systemd started the agent, or none that wants to be told.</summary>
    public bool IsThere => socket is not null;

    /// <summary>How often systemd wants a sign of life: half of the time after which it gives up. Null if it wants none.</summary>
    public TimeSpan? Watchdog { get; } = socket is null ? null : watchdog;

    /// <summary>
    /// Reads what systemd has said in the environment and takes it out of there, so that no child takes itself for the service.
    /// </summary>
    public static ServiceManager OfEnvironment()
    {
        var manager = Of(Environment.GetEnvironmentVariable, Environment.ProcessId);
        foreach (var name in (string[])[NotifySocket.Variable, WatchdogVariable, WatchdogProcessVariable])
            Environment.SetEnvironmentVariable(name, null);
        return manager;
    }

    /// <param name="variable">The environment.</param>
    /// <param name="process">This process.</param>
    public static ServiceManager Of(Func<string, string?> variable, int process) => new(
        NotifySocket.Open(variable(NotifySocket.Variable)),
        variable(WatchdogProcessVariable) is { Length: > 0 } meant && meant != process.ToString(CultureInfo.InvariantCulture)
            ? null
            : Half(variable(WatchdogVariable)));

    /// <summary>The service is there.</summary>
    public void Ready() => Say("READY=1");

    /// <summary>One line of how it is, for <c>systemctl status</c>; nothing is sent while it stays the same.</summary>
    public void Status(string line)
    {
        lock (_gate)
        {
            if (socket is null || _stopping || line == _status)
                return;
            _status = line;
        }

        Say("STATUS=" + line);
    }

    /// <summary>A sign of life.</summary>
    public void Alive() => Say("WATCHDOG=1");

    /// <summary>The service ends. Said once.</summary>
    public void Stopping()
    {
        lock (_gate)
        {
            if (_stopping)
                return;
            _stopping = true;
        }

        Say("STOPPING=1");
    }

    public void Dispose() => socket?.Dispose();

    private static TimeSpan? Half(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time is > 1 and < long.MaxValue / 10
            ? TimeSpan.FromMicroseconds(time / 2)
            : null;

    // What did not get through is said with the next word: systemd reads a message line by line, and a later line of a name counts.
    private void Say(string word)
    {
        if (socket is null)
            return;
        lock (_gate)
        {
            var message = _unsaid is null ? word : _unsaid + "\n" + word;
            var told = socket.Send(message);
            // Signs of life are not collected: the next one says the same.
            if (told)
                _unsaid = null;
            else if (word != "WATCHDOG=1" && message.Length < MessageMaximum)
                _unsaid = message;
        }
    }

    /// <summary>Characters of words that wait for a socket that takes nothing; what comes after is dropped.</summary>
    private const int MessageMaximum = 1024;
}
