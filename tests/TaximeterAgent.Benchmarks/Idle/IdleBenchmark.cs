using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Measure;

namespace TaximeterAgent.Benchmarks.Idle;

/// <summary>What an agent costs while nobody drives: its share of a processor, and how often the kernel has to wake it. As the simulator's <c>measure idle</c> counts.</summary>
internal sealed class IdleBenchmark : Benchmark
{
    private static readonly TimeSpan s_shortSettling = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_watchdog = TimeSpan.FromSeconds(60);

    public override string Name => "idle";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var window = TimeSpan.FromSeconds(run.Quick ? 12 : 60);
        await TellAsync(run, await IdleCounter.CountAsync(AgentCommand.BuiltWithUs(), window, s_watchdog, TimeProvider.System, stop, run.Quick ? s_shortSettling : null));
    }

    /// <summary>Two lines of what was counted.</summary>
    public static async Task TellAsync(Measurements run, IdleCount idle)
    {
        if (!idle.Alive)
            throw new InvalidOperationException($"the watchdog heard {idle.WatchdogTicks} ticks in {idle.Took.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s: this agent does not live");
        await run.CountAsync("idle-processor", Unit.Share, idle.Processor, IdleCount.ProcessorLimit);
        await run.CountAsync(
            "idle-switches",
            Unit.Number,
            idle.Switches,
            idle.SwitchLimit,
            false,
            string.Create(
                CultureInfo.InvariantCulture,
                $"in {idle.Took.TotalSeconds:0} s: {idle.HostSwitches} of an empty host, {IdleCount.PerHeartbeat} for each of {idle.Heartbeats} heartbeats, {IdleCount.PerWatchdogTick} for each of {idle.WatchdogTicks} watchdog ticks"));
    }
}
