using TaximeterAgent.Core.Ports;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Sync;

/// <summary>A meter that comes and goes all day fills neither history nor log.</summary>
public sealed class MeterFlapsTests
{
    [Fact]
    public void A_loose_plug_is_in_the_history_each_time_that_it_was_loose_twice_as_often()
    {
        var outbox = new MemoryOutbox();
        using var bench = new DeskBench(outbox);
        for (var times = 0; times < 1_000; times++)
        {
            bench.Engine.Do(bench.Engine.Meter.HeartbeatLost);
            bench.Engine.Do(bench.Engine.Meter.HeartbeatBack);
            bench.Engine.Do(() => bench.Engine.Meter.HelloRefused("version"));
        }

        foreach (var what in new[] { "silent", "back", "hello-refused" })
        {
            List<HistoryLine> lines = [.. outbox.History.Where(line => line.What == what)];
            Assert.Equal(10, lines.Count);
            Assert.EndsWith("(512 times)", lines[^1].Text, StringComparison.Ordinal);
            Assert.DoesNotContain("times", lines[0].Text, StringComparison.Ordinal);
        }
    }
}
