using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Measure;

/// <summary>
/// How often an agent with nothing to do is woken: meter, keypad and display are there, the meter beats, and nobody drives. Beside it runs an empty generic host,
/// counted over the same seconds: the limit is measured in the same run as what it limits.
/// </summary>
internal sealed class IdleMeasurement(TextWriter output, IReadOnlyList<string> agent, TimeProvider time)
{
    private const int PerHeartbeat = 6;
    private const int PerWatchdogTick = 2;
    private const double ProcessorLimit = 0.003;

    /// <summary>Until both have started, and the compiler has done what the start gave it to do.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <param name="window">What is counted.</param>
    /// <param name="watchdog">After what silence systemd's watchdog would kill the agent; zero if it is not watched.</param>
    /// <param name="threads">True to list the threads that were woken.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>True if the agent keeps within the limits.</returns>
    public async Task<bool> RunAsync(TimeSpan window, TimeSpan watchdog, bool threads, CancellationToken cancellation)
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
        await Task.Delay(Settling, time, cancellation);
        int agentId = ProcessOf(world.Agent!.Id);
        int hostId = ProcessOf(host.Id);

        int heartbeatsBefore = Volatile.Read(ref heartbeats);
        int ticksBefore = systemd.Ticks;
        (TaskCounters agentBefore, TaskCounters hostBefore) = (TaskCounters.Of(agentId), TaskCounters.Of(hostId));
        long began = time.GetTimestamp();
        await Task.Delay(window, time, cancellation);
        (TaskCounters agentAfter, TaskCounters hostAfter) = (TaskCounters.Of(agentId), TaskCounters.Of(hostId));
        TimeSpan took = time.GetElapsedTime(began);
        int beats = Volatile.Read(ref heartbeats) - heartbeatsBefore;

        var woken = agentAfter.Since(agentBefore);
        var hostWoken = hostAfter.Since(hostBefore);
        long mine = woken.Sum(task => task.Count);
        long empty = hostWoken.Sum(task => task.Count);
        int ticks = systemd.Ticks - ticksBefore;
        long limit = empty + PerHeartbeat * beats + PerWatchdogTick * ticks;
        double processor = (agentAfter.Processor - agentBefore.Processor) / took;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"idle for {took.TotalSeconds:0.0} s with {beats} heartbeats and {ticks} watchdog ticks: the agent was woken {mine} times, limit {limit} ({empty} of an empty host + {PerHeartbeat} per heartbeat + {PerWatchdogTick} per tick); processor {processor:P2}, limit {ProcessorLimit:P2}"));
        // Watched, and silent for so long: systemd would have killed it.
        bool alive = watchdog == TimeSpan.Zero || ticks >= (int)(took / watchdog);
        if (!alive)
            await output.WriteLineAsync("  the watchdog heard too little");
        bool good = alive && mine <= limit && processor <= ProcessorLimit;
        if (threads || !good)
        {
            await TellAsync("agent", woken);
            await TellAsync("empty host", hostWoken);
        }

        await output.WriteLineAsync(good ? "PASS idle" : "FAIL idle");
        return good;
    }

    private async Task TellAsync(string process, IReadOnlyList<(string Name, int Task, long Count)> woken)
    {
        foreach ((string name, int task, long count) in woken)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {process}: {name} ({task}) {count}"));
    }

    // A wrapper that leads the process group may have started the program as its child instead of becoming it.
    private static int ProcessOf(int started)
    {
        string children = File.ReadAllText($"/proc/{started}/task/{started}/children").Trim();
        return children.Length == 0 ? started : ProcessOf(int.Parse(children.Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
