using TaximeterAgent.PowerCuts.Disk;
using TaximeterAgent.PowerCuts.Kills;

namespace TaximeterAgent.PowerCuts.Tests;

/// <summary>The real store, recorded and cut; and the same store with one thing broken around it.</summary>
public sealed class TrialTests
{
    [Fact]
    public async Task No_cut_takes_what_was_acknowledged_or_leaves_half_of_anything()
    {
        var tally = new Tally();
        using var trial = new Trial(1, new Sabotage(), tally);
        var violation = await trial.RunAsync(300, () => true);
        Assert.True(violation is null, $"{violation?.Description}\n{violation?.Finding}\n{violation?.Replay}");
        Assert.InRange(tally.Cuts, 280, 300);
        Assert.All(Enum.GetNames<CutKind>(), kind => Assert.True(tally.Kinds.GetValueOrDefault($"cut {kind}") > 0, $"no cut {kind}"));
    }

    [Theory]
    [InlineData("no-sync", Broken.Missing)]
    [InlineData("no-directory-sync", Broken.Missing)]
    [InlineData("ack-before-commit", Broken.Missing)]
    [InlineData("commit-in-two", null)]
    [InlineData("trust-torn-frames", null)]
    [InlineData("trust-torn-records", null)]
    [InlineData("larger-sectors", null)]
    [InlineData("reserve-for-nothing", Broken.Missing)]
    public async Task A_sabotage_is_found(string name, object? how)
    {
        using var trial = new Trial(Sabotages.ByName[name].Seed, Sabotages.ByName[name], new Tally());
        var violation = await trial.RunAsync(Sabotages.CutsMaximum, () => true);
        Assert.NotNull(violation);
        if (how is Broken expected)
            Assert.Equal(expected, violation.Finding.How);
    }

    [Fact]
    public async Task A_violation_can_be_seen_again_by_what_it_says_of_itself()
    {
        using var first = new Trial(2, Sabotages.ByName["no-sync"], new Tally());
        var found = await first.RunAsync(Sabotages.CutsMaximum, () => true);
        Assert.NotNull(found);
        using var second = new Trial(2, Sabotages.ByName["no-sync"], new Tally());
        var again = await second.ReplayAsync([.. found.Replay.Split(' ')[^1].Split('/').Select(Cut.Parse)], TextWriter.Null);
        Assert.Equal(found.Finding, again?.Finding);
    }

    [Fact]
    public void Every_sabotage_is_tried() =>
        Assert.Equal(8, Sabotages.ByName.Count);

    [Fact]
    public async Task The_agent_killed_while_fares_come_settles_each_once()
    {
        var result = await KillRun.RunAsync(1, 3, null);
        Assert.True(result.Faults.Count == 0, string.Join('\n', result.Faults));
        Assert.Equal(3, result.Kills);
        Assert.True(result.Fares > 0);
    }
}
