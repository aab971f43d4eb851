using TaximeterAgent.Benchmarks.Idle;
using TaximeterAgent.Simulator.Measure;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>What was counted of an idle agent, judged: a thread that polls, a loop that burns and a silence are seen.</summary>
public sealed class IdleBenchmarkTests
{
    private static readonly IdleCount s_quiet = new()
    {
        Took = TimeSpan.FromSeconds(60),
        Heartbeats = 6,
        WatchdogTicks = 2,
        Watchdog = TimeSpan.FromSeconds(60),
        AgentThreads = [("dotnet", 1, 40), ("tty", 2, 10)],
        HostThreads = [("dotnet", 3, 10)],
        Processor = 0.003,
    };

    [Fact]
    public async Task At_its_limit_it_is_ok() =>
        Assert.Equal(["bench idle-processor ours=0.3% goal=0.3% ok", "bench idle-switches ours=50 goal=50 ok"], await LinesAsync(s_quiet));

    [Fact]
    public async Task A_thread_that_polls_is_seen() =>
        Assert.EndsWith(" ours=650 goal=50 short", (await LinesAsync(s_quiet with { AgentThreads = [.. s_quiet.AgentThreads, ("poll", 4, 600)] }))[1], StringComparison.Ordinal);

    [Fact]
    public async Task Processor_time_is_seen() =>
        Assert.Equal("bench idle-processor ours=0.5% goal=0.3% short", (await LinesAsync(s_quiet with { Processor = 0.005 }))[0]);

    [Fact]
    public async Task An_agent_that_is_dead_is_not_called_quiet() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => LinesAsync(s_quiet with { WatchdogTicks = 0 }));

    private static async Task<string[]> LinesAsync(IdleCount idle)
    {
        using var output = new StringWriter();
        await IdleBenchmark.TellAsync(new Measurements(quick: true, output), idle);
        return [.. output.ToString().Split('\n').Where(line => line.StartsWith("bench ", StringComparison.Ordinal))];
    }
}
