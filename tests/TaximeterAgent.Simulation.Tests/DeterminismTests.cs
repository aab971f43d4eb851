namespace TaximeterAgent.Simulation.Tests;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(28)]
    [InlineData(322)]
    [InlineData(345)]
    public void A_seed_makes_the_same_history_byte_for_byte(int seed)
    {
        var first = HistoryOf(seed);
        Assert.NotEmpty(first);
        Assert.Equal(first, HistoryOf(seed));
    }

    [Fact]
    public void Keeping_a_history_changes_nothing()
    {
        using var kept = new World(7, new Saboteur(), () => new MemoryDisk(), keepHistory: true);
        using var bare = new World(7, new Saboteur(), () => new MemoryDisk());
        Assert.Equal(kept.Run(), bare.Run());
        Assert.Equal(kept.Tally.Lines(), bare.Tally.Lines());
        Assert.Equal(kept.Tally.Calls, bare.Tally.Calls);
    }

    private static string HistoryOf(int seed)
    {
        using var world = new World(seed, new Saboteur(), () => new MemoryDisk(), keepHistory: true);
        world.Run();
        return world.History.ToString();
    }
}
