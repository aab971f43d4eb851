using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulation.Tests;

/// <summary>Worlds run side by side, and whoever reads cannot tell.</summary>
public sealed partial class CrewTests
{
    [GeneratedRegex(@" trips/(processor-)?s=\d+")]
    private static partial Regex Speed { get; }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void A_campaign_says_the_same_with_any_number_of_workers(int workers) => Assert.Equal(Said(1), Said(workers));

    [Fact]
    public void A_sabotage_is_found_in_the_same_world()
    {
        var alone = Sabotages.Find("forget-release", Sabotages.TripsMaximum);
        Assert.NotNull(alone);
        Assert.Equal(alone, Sabotages.Find("forget-release", Sabotages.TripsMaximum, workers: 3));
    }

    [Fact]
    public void Results_come_in_the_order_of_the_numbers_though_the_first_takes_longest()
    {
        using var others = new CountdownEvent(3);
        var read = Crew.Work(10, 4, number =>
        {
            if (number == 10)
                Assert.True(others.Wait(TimeSpan.FromSeconds(30)), "the others do not run beside the first");
            else if (number <= 13)
                others.Signal();
            return number;
        }).Take(200).ToList();

        Assert.Equal(Enumerable.Range(10, 200), read);
    }

    [Fact]
    public void What_the_work_throws_is_thrown_at_its_number()
    {
        var read = new List<int>();
        var thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var number in Crew.Work(1, 3, number => number == 5 ? throw new InvalidOperationException("five") : number))
                read.Add(number);
        });

        Assert.Equal("five", thrown.Message);
        Assert.Equal([1, 2, 3, 4], read);
    }

    private static string Said(int workers)
    {
        using var output = new StringWriter();
        Assert.Equal(0, Campaign.Run(new CampaignOptions { Trips = 200, Workers = workers, Verbose = true }, output));
        return Speed.Replace(output.ToString(), "");
    }
}
