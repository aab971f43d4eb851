namespace TaximeterAgent.Simulator.Measure;

/// <summary>What was counted of an agent with nothing to do and of an empty host beside it, over the same seconds; and what is allowed.</summary>
internal sealed record IdleCount
{
    public const int PerHeartbeat = 6;
    public const int PerWatchdogTick = 2;

    /// <summary>The largest share of one processor.</summary>
    public const double ProcessorLimit = 0.003;

    /// <summary>How long was counted.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>The meter's heartbeats, each of which the agent answers.</summary>
    public required int Heartbeats { get; init; }

    public required int WatchdogTicks { get; init; }

    /// <summary>After what silence the watchdog would have killed the agent; zero if it was not watched.</summary>
    public required TimeSpan Watchdog { get; init; }

    /// <summary>Voluntary switches of the agent's threads, the busiest first.</summary>
    public required IReadOnlyList<(string Name, int Task, long Count)> AgentThreads { get; init; }

    /// <summary>And of the empty host's.</summary>
    public required IReadOnlyList<(string Name, int Task, long Count)> HostThreads { get; init; }

    /// <summary>The agent's share of one processor.</summary>
    public required double Processor { get; init; }

    public long Switches => AgentThreads.Sum(thread => thread.Count);

    public long HostSwitches => HostThreads.Sum(thread => thread.Count);

    /// <summary>What an agent with nothing to do needs: the empty host's, and some for each heartbeat and tick.</summary>
    public long SwitchLimit => HostSwitches + PerHeartbeat * Heartbeats + PerWatchdogTick * WatchdogTicks;

    /// <summary>Not so: watched, and silent for so long that systemd would have killed it.</summary>
    public bool Alive => Watchdog == TimeSpan.Zero || WatchdogTicks >= (int)(Took / Watchdog);

    public bool Good => Alive && Switches <= SwitchLimit && Processor <= ProcessorLimit;
}
