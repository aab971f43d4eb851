using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation.Tests;

/// <summary>The harness has to come to an end whatever the agent does: one that is always busy at the same moment would hold the clock for ever.</summary>
public sealed class StandstillTests
{
    [Fact]
    public void A_clock_that_stands_still_is_reported_as_stuck()
    {
        using var world = new World(1, new Standstill(), () => new MemoryDisk());
        var verdict = world.Run();
        Assert.NotNull(verdict);
        Assert.Equal(Broken.Stuck, verdict.How);
        Assert.Contains("no end", verdict.What, StringComparison.Ordinal);
        Assert.Equal(verdict, Again());
    }

    private static Verdict? Again()
    {
        using var world = new World(1, new Standstill(), () => new MemoryDisk());
        return world.Run();
    }

    /// <summary>From the first call on, something is due at once, and then again at once.</summary>
    private sealed class Standstill : Saboteur
    {
        public override IPaymentCalls Calls(IPaymentCalls inner, World world, Boot boot)
        {
            world.Clock.After(TimeSpan.FromSeconds(1), Spin);
            return inner;

            void Spin() => world.Clock.After(TimeSpan.Zero, Spin);
        }
    }
}
