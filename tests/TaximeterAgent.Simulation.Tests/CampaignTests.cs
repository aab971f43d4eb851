using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulation.Tests;

public sealed partial class CampaignTests
{
    [GeneratedRegex(@"^trips=\d+ crashes=\d+ faults=\d+ lost=0 double=0 stranded=0 untrue=0 stuck=0 seeds=\d+ trips/s=\d+ trips/processor-s=\d+$")]
    private static partial Regex LastLine { get; }

    [Fact]
    public void A_short_run_keeps_the_promise_and_says_so_in_its_last_line()
    {
        using var output = new StringWriter();
        var exit = Campaign.Run(new CampaignOptions { Trips = 300 }, output);
        var last = output.ToString().TrimEnd().Split('\n')[^1];
        Assert.True(exit == 0, output.ToString());
        Assert.Matches(LastLine, last);
    }

    [Fact]
    public void The_real_store_keeps_it_too()
    {
        using var output = new StringWriter();
        Assert.True(Campaign.Run(new CampaignOptions { Trips = 20, Sqlite = true }, output) == 0, output.ToString());
    }

    [Fact]
    public void A_broken_promise_ends_the_run_with_its_seed_and_exit_1()
    {
        using var output = new StringWriter();
        Assert.Equal(0, Campaign.Sabotage(["forget-release"], verbose: false, output));
        Assert.Matches(@"^sabotage forget-release found-by=simulation seed=\d+ trips=\d+\s*$", output.ToString());
    }

    [Theory]
    [InlineData("--trips")]
    [InlineData("--trips", "many")]
    [InlineData("--store", "paper")]
    [InlineData("--sabotage", "everything")]
    [InlineData("--fast")]
    public void Arguments_that_mean_nothing_are_refused(params string[] args) => Assert.Equal(64, Campaign.Start(args));
}
