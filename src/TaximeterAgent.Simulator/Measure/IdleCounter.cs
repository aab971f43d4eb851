using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Measure;

/// <summary>
/// Counts how often an agent with nothing to do is woken: meter, keypad and display are there, the meter beats, and nobody drives. Beside it runs an empty generic host,
/// counted over the same seconds: the limit is measured in the same run as what it limits.
/// </summary>
internal static class IdleCounter
{
    /// <summary>Until both have started, and the compiler has done what the start gave it to do.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromSeconds(15);

    /// <param name="agent">The agent's program.</param>
    /// <param name="window">What is counted.</param>
    /// <param name="watchdog">After what silence systemd's watchdog would kill the agent; zero if it is not watched.</param>
    /// <param name="time">Measures the window.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="settling">What passes before; null: <see cref="Settling"/>.</param>
    public static async Task<IdleCount> CountAsync(
        IReadOnlyList<string> agent, TimeSpan window, TimeSpan watchdog, TimeProvider time, CancellationToken cancellation, TimeSpan? settling = null)
    {
        using var systemd = new WatchdogListener();
        var options = new WorldOptions { Name = "idle", Pace = Pace.RealTime, AgentCommand = agent };
        await using World world = await World.CreateAsync(options, new Transcript(TextWriter.Null, time), time, wire: null);
        int heartbeats = 0;
        world.Meter.FrameLogged += frame => Interlocked.Add(ref heartbeats, frame.FromMeter && frame.Payload.StartsWith("PING|", StringComparison.Ordinal) ? 1 : 0);
        if (watchdog > TimeSpan.Zero)
            systemd.Watch(world.AgentEnvironment, watchdog);
        await world.SwitchOnAsync();
        await using AgentProcess host = AgentProcess.Start(EmptyHost.Command, [], world.Places.Root, Path.Combine(world.Places.Root, "empty-host"));
        await Task.Delay(settling ?? Settling, time, cancellation);
        int agentId = ProcessOf(world.Agent!.Id);
        int hostId = ProcessOf(host.Id);

        int heartbeatsBefore = Volatile.Read(ref heartbeats);
        int ticksBefore = systemd.Ticks;
        (TaskCounters agentBefore, TaskCounters hostBefore) = (TaskCounters.Of(agentId), TaskCounters.Of(hostId));
        long began = time.GetTimestamp();
        await Task.Delay(window, time, cancellation);
        (TaskCounters agentAfter, TaskCounters hostAfter) = (TaskCounters.Of(agentId), TaskCounters.Of(hostId));
        TimeSpan took = time.GetElapsedTime(began);
        return new IdleCount
        {
            Took = took,
            Heartbeats = Volatile.Read(ref heartbeats) - heartbeatsBefore,
            WatchdogTicks = systemd.Ticks - ticksBefore,
            Watchdog = watchdog,
            AgentThreads = agentAfter.Since(agentBefore),
            HostThreads = hostAfter.Since(hostBefore),
            Processor = (agentAfter.Processor - agentBefore.Processor) / took,
        };
    }

    // A wrapper that leads the process group may have started the program as its child instead of becoming it.
    private static int ProcessOf(int started)
    {
        string children = File.ReadAllText($"/proc/{started}/task/{started}/children").Trim();
        return children.Length == 0 ? started : ProcessOf(int.Parse(children.Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
