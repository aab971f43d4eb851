using TaximeterAgent.Benchmarks.SimulationRate;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>The rate is what the campaign says of itself, and only if it has kept the promise.</summary>
public sealed class SimulationBenchmarkTests
{
    private const string Good = "trips=6003 crashes=2440 faults=33186 lost=0 double=0 stranded=0 untrue=0 stuck=0 seeds=1385 trips/s=";
    private const string Cost = " trips/processor-s=1320";

    [Theory]
    [InlineData("2618", "ok")]
    [InlineData("1999", "short")]
    public async Task A_rate_is_judged(string rate, string verdict) =>
        Assert.Equal($"bench simulation ours={rate}/s goal=2000/s {verdict}", await LineAsync(0, Good + rate + Cost));

    [Theory]
    [InlineData(1, Good + "9000" + Cost)]
    [InlineData(0, "Unhandled exception")]
    public async Task A_campaign_that_has_failed_has_no_rate(int exitCode, string last) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => LineAsync(exitCode, last));

    private static async Task<string> LineAsync(int exitCode, string last)
    {
        using var output = new StringWriter();
        await SimulationBenchmark.TellAsync(new Measurements(quick: true, output), exitCode, ["something before", last]);
        return output.ToString().Split('\n')[0];
    }
}
