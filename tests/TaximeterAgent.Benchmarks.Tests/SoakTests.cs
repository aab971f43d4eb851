using TaximeterAgent.Benchmarks.Soak;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>The soak notices what it is there for: the same short one with an agent that leaks on purpose, and with one that does not.</summary>
public sealed class SoakTests
{
    private const int Trips = 60;

    private static readonly SoakReading s_early = new(10_000, 2_000_000, 90_000_000, 170, 15);

    [Fact]
    public async Task Trips_leave_nothing_behind()
    {
        var (early, late, took) = await SoakShift.RunAsync(Trips, leak: null, CancellationToken.None);

        Assert.Equal((Trips / 10, Trips), (early.Trips, late.Trips));
        Assert.True(early.Heap > 100_000, $"a heap of {early.Heap} B: nothing was measured");
        Assert.EndsWith(" ok", (await LinesAsync(early, late, took))[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_leaks_is_found_out()
    {
        var (early, late, took) = await SoakShift.RunAsync(Trips, HostedAgent.LeakArgument, CancellationToken.None);

        var lines = await LinesAsync(early, late, took);
        foreach (var name in (string[])["soak-heap", "soak-descriptors", "soak-threads"])
            Assert.EndsWith(" short", Assert.Single(lines, line => line.StartsWith($"bench {name} ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_as_after_a_tenth_is_ok() =>
        Assert.All(await LinesAsync(s_early, s_early with { Trips = 100_000 }, TimeSpan.FromHours(1)), line => Assert.EndsWith(" ok", line, StringComparison.Ordinal));

    [Fact]
    public async Task More_resident_memory_by_a_tenth_is_short() => Assert.Single(
        await LinesAsync(s_early, s_early with { Trips = 100_000, Resident = 99_100_000 }, TimeSpan.FromHours(1)),
        line => line.StartsWith("bench soak-resident ", StringComparison.Ordinal) && line.EndsWith(" short", StringComparison.Ordinal));

    [Fact]
    public async Task The_whole_form_runs_only_if_it_is_named()
    {
        var lengthy = new Long();

        Assert.DoesNotContain("bench long ", (await Bench.RunAsync([lengthy])).Output, StringComparison.Ordinal);
        Assert.Contains("bench long ", (await Bench.RunAsync([lengthy], "long")).Output, StringComparison.Ordinal);
        Assert.Contains("bench long ", (await Bench.RunAsync([lengthy], "--quick")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--trips")]
    [InlineData("--trips", "19")]
    [InlineData("--trips", "all")]
    public async Task A_number_of_trips_that_means_nothing_is_refused(params string[] args) => Assert.Equal(ExitCode.Usage, (await Bench.RunAsync([new Long()], args)).Code);

    private static async Task<string[]> LinesAsync(SoakReading early, SoakReading late, TimeSpan took)
    {
        using var output = new StringWriter();
        await SoakBenchmark.TellAsync(new Measurements(quick: true, output), early, late, took);
        return [.. output.ToString().Split('\n').Where(line => line.StartsWith("bench ", StringComparison.Ordinal))];
    }

    private sealed class Long : Benchmark
    {
        public override string Name => "long";

        public override bool OnlyIfNamed => true;

        public override Task RunAsync(Measurements run, CancellationToken stop) => run.CountAsync("long", Unit.Number, 1, 2);
    }
}
