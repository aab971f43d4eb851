using System.Text.RegularExpressions;
using TaximeterAgent.Exploration.Sabotage;

namespace TaximeterAgent.Exploration.Tests;

public sealed partial class CampaignTests
{
    [GeneratedRegex(@"^states=\d+ transitions=\d+ closed=[1-9]\d* stuck=0 violations=0 pairs=\d+/\d+ excluded=\d+$")]
    private static partial Regex LastLine { get; }

    public static TheoryData<string> SabotageNames => [.. Sabotages.ByName.Keys];

    [Theory]
    [InlineData("known")]
    [InlineData("void")]
    [InlineData("refund")]
    [InlineData("booked-no-ride")]
    [InlineData("orphan")]
    public void A_scenario_keeps_the_promise_and_says_so_in_its_last_line(string scenario)
    {
        var (exit, output) = Explored(new ExplorationOptions { Scenario = scenario, Quick = true });
        Assert.True(exit == 0, output);
        Assert.Matches(LastLine, output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void The_same_search_finds_the_same_worlds_in_the_same_order()
    {
        var options = new ExplorationOptions { Scenario = "void", Quick = true };
        Assert.Equal(Explored(options).Output.TrimEnd().Split('\n')[^1], Explored(options).Output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void A_bound_that_is_hit_is_said()
    {
        var (_, output) = Explored(new ExplorationOptions { Scenario = "known", MaxStates = 100 });
        Assert.Contains("NOT COMPLETE", output, StringComparison.Ordinal);
        Assert.Contains("A bound was hit", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SabotageNames))]
    public void Every_sabotage_is_found(string name)
    {
        using var output = new StringWriter();
        var exit = Run.Sabotage([name], new ExplorationOptions { Quick = true }, output);
        Assert.True(exit == 0, output.ToString());
        Assert.Matches($@"^sabotage {name} found-by=exploration seed=0 trips=\d+\s*$", output.ToString());
    }

    [Fact]
    public void A_broken_promise_is_told_by_a_shortest_way_that_ends_where_it_breaks()
    {
        using var output = new StringWriter();
        Run.Sabotage(["forget-release"], new ExplorationOptions { Quick = true, Verbose = true }, output);
        Assert.Contains("* the meter says FARE", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("BROKEN", output.ToString().TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--attempts")]
    [InlineData("--crashes", "many")]
    [InlineData("--scenario", "none")]
    [InlineData("--sabotage", "everything")]
    [InlineData("--fast")]
    public void Arguments_that_mean_nothing_are_refused(params string[] args) => Assert.Equal(64, Run.Start(args));

    private static (int Exit, string Output) Explored(ExplorationOptions options)
    {
        using var output = new StringWriter();
        return (Run.Explore(options, output), string.Concat(output.ToString()));
    }
}
