using System.Globalization;

namespace TaximeterAgent.Simulator.Measure;

/// <summary>Prints what <see cref="IdleCounter"/> counted, and judges it.</summary>
internal sealed class IdleMeasurement(TextWriter output, IReadOnlyList<string> agent, TimeProvider time)
{
    /// <param name="window">What is counted.</param>
    /// <param name="watchdog">After what silence systemd's watchdog would kill the agent; zero if it is not watched.</param>
    /// <param name="threads">True to list the threads that were woken.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>True if the agent keeps within the limits.</returns>
    public async Task<bool> RunAsync(TimeSpan window, TimeSpan watchdog, bool threads, CancellationToken cancellation)
    {
        IdleCount idle = await IdleCounter.CountAsync(agent, window, watchdog, time, cancellation);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"idle for {idle.Took.TotalSeconds:0.0} s with {idle.Heartbeats} heartbeats and {idle.WatchdogTicks} watchdog ticks: the agent was woken {idle.Switches} times, limit {idle.SwitchLimit} ({idle.HostSwitches} of an empty host + {IdleCount.PerHeartbeat} per heartbeat + {IdleCount.PerWatchdogTick} per tick); processor {idle.Processor:P2}, limit {IdleCount.ProcessorLimit:P2}"));
        if (!idle.Alive)
            await output.WriteLineAsync("  the watchdog heard too little");
        if (threads || !idle.Good)
        {
            await TellAsync("agent", idle.AgentThreads);
            await TellAsync("empty host", idle.HostThreads);
        }

        await output.WriteLineAsync(idle.Good ? "PASS idle" : "FAIL idle");
        return idle.Good;
    }

    private async Task TellAsync(string process, IReadOnlyList<(string Name, int Task, long Count)> woken)
    {
        foreach ((string name, int task, long count) in woken)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {process}: {name} ({task}) {count}"));
    }
}
