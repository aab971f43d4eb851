using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Footprint;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>Start and memory are measured of what is meant.</summary>
public sealed class FootprintTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxi-footprint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_agent_starts_with_all_that_is_in_the_filled_outbox()
    {
        var filled = Path.Combine(_folder, "filled");
        await FilledOutbox.MakeAsync(filled, AgentCommand.BuiltWithUs(), settled: 30, open: 2, CancellationToken.None);

        using (var reader = OutboxReader.Open(filled))
        {
            Assert.Equal(32, reader.List(limit: 1_000).Count);
            Assert.Equal(2, reader.List(TripFilter.Open).Count);
        }

        Assert.InRange(await ColdStartBenchmark.StartAsync(AgentCommand.BuiltWithUs(), filled, CancellationToken.None), 0.05, 20);
    }

    [Fact]
    public async Task An_agent_that_does_not_answer_HELLO_has_not_started()
    {
        var started = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ColdStartBenchmark.StartAsync(["/bin/sh", "-c", "sleep 60"], Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName, CancellationToken.None, TimeSpan.FromSeconds(1)));

        Assert.Contains("an answer to HELLO did not come", started.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_in_memory_grows_with_what_is_touched()
    {
        var before = MemoryBenchmark.Resident(Environment.ProcessId);
        var touched = GC.AllocateUninitializedArray<byte>(64 * 1024 * 1024, pinned: true);
        Array.Fill(touched, (byte)1);
        var after = MemoryBenchmark.Resident(Environment.ProcessId);
        GC.KeepAlive(touched);

        Assert.True(after - before > 32 * 1024 * 1024, $"from {before} to {after}");
    }
}
