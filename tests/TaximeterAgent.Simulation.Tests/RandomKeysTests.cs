namespace TaximeterAgent.Simulation.Tests;

/// <summary>
/// A driver who does everything wrong in every order, while fares, approvals, refusals, VOIDs, outages and power cuts go on. The long run is
/// <c>dotnet run -c Release --project tests/TaximeterAgent.Simulation -- --keys 100000</c>, or this test with TAXIMETER_KEYS=100000.
/// </summary>
public sealed class RandomKeysTests
{
    private static readonly long s_keys = long.TryParse(Environment.GetEnvironmentVariable("TAXIMETER_KEYS"), out var keys) ? keys : 40_000;

    [Fact]
    public void Nobody_is_asked_who_was_not_confirmed_every_screen_has_a_way_back_and_no_amount_is_not_the_fare()
    {
        using var output = new StringWriter();
        var exit = Campaign.Run(new CampaignOptions { Keys = s_keys, Trips = long.MaxValue, Bounded = true }, output);
        Assert.True(exit == 0, output.ToString());
        Assert.Matches(@"keys=\d{5,} screens=\d{3,} requests-to-keyed-numbers=\d{2,} walks-back=\d{3,}", output.ToString());
    }

    /// <summary>The three things that are judged, each broken on purpose and found.</summary>
    [Theory]
    [InlineData("ask-a-neighbour", "was never confirmed on its display")]
    [InlineData("ask-the-last-number", "was never confirmed on its display|which is not its number")]
    [InlineData("no-way-back", "lead nowhere")]
    [InlineData("wrong-amount", "no fare, rest, payment or refund comes to that")]
    public void What_is_broken_at_the_display_is_found(string sabotage, string how)
    {
        var found = Sabotages.Find(sabotage, Sabotages.TripsMaximum);
        Assert.NotNull(found);
        Assert.Matches(how, found.Value.Verdict.What);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(31)]
    public void A_seed_presses_the_same_keys_in_the_same_world(int seed)
    {
        Assert.Equal(HistoryOf(seed), HistoryOf(seed));
        static string HistoryOf(int seed)
        {
            using var world = new World(seed, new Saboteur(), () => new MemoryDisk(), keepHistory: true, randomKeys: true);
            Assert.Null(world.Run());
            Assert.True(world.Tally.Keys > 0);
            return world.History.ToString();
        }
    }

    [Fact]
    public void A_number_of_keys_is_an_argument() => Assert.Equal(64, Campaign.Start(["--keys"]));
}
