namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>A line says what was measured, and its last word is earned.</summary>
public sealed class ComparisonTests
{
    private const double Millisecond = 1e-3;

    [Fact]
    public async Task A_side_as_fast_as_the_goal_allows_is_ok()
    {
        var (_, line) = await Bench.CompareAsync(new Comparison("post", Unit.Seconds, 1.5, Bench.Always(3 * Millisecond), Bench.Always(2 * Millisecond)));

        Assert.Equal("bench post ours=3ms limit=2ms ratio=1.5 goal=1.5 ok", line);
    }

    [Fact]
    public async Task A_slower_side_is_short()
    {
        var (_, line) = await Bench.CompareAsync(new Comparison("post", Unit.Seconds, 1.5, Bench.Always(3.1 * Millisecond), Bench.Always(2 * Millisecond)));

        Assert.Equal("bench post ours=3.1ms limit=2ms ratio=1.55 goal=1.5 short", line);
    }

    [Fact]
    public async Task For_a_rate_the_slower_side_is_the_one_with_the_smaller_number()
    {
        var (_, line) = await Bench.CompareAsync(new Comparison("relay", Unit.PerSecond, 1.3, Bench.Always(1000), Bench.Always(1400)) { MoreIsBetter = true });

        Assert.Equal("bench relay ours=1000/s limit=1400/s ratio=1.4 goal=1.3 short", line);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public async Task A_limit_that_differs_from_itself_is_noisy_whatever_the_ratio_is(double ours)
    {
        // In A/A the side that stands first is a tenth slower: in even rounds it is measured first, in odd ones last.
        var calls = 0;
        double Limit() => calls++ % 4 is 0 or 3 ? 1.1 : 1;

        var (_, line) = await Bench.CompareAsync(new Comparison("post", Unit.Seconds, 1.5, Bench.Always(ours), Bench.Each(Limit)) { WarmUps = 0 });

        Assert.EndsWith(" noisy", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.05, Verdict.Ok)]
    [InlineData(1.051, Verdict.Noisy)]
    [InlineData(0.953, Verdict.Ok)]
    [InlineData(0.952, Verdict.Noisy)]
    public void Noise_is_more_than_five_percent_either_way(double self, object verdict) => Assert.Equal(verdict, Judge.OfRatio(self, ratio: 1, goal: 1));

    [Fact]
    public async Task A_machine_that_grows_slower_favours_neither_side()
    {
        // Every measurement takes 2 % longer than the one before it.
        var time = 1.0;
        double Slower() => time *= 1.02;

        var (result, _) = await Bench.CompareAsync(new Comparison("post", Unit.Seconds, 1.5, Bench.Each(Slower), Bench.Each(Slower)), quick: true);

        Assert.Equal(Verdict.Ok, result.Verdict);
        Assert.True(result.Rounds[0].Ours < result.Rounds[0].Limit && result.Rounds[1].Ours > result.Rounds[1].Limit, "whoever began a round ends the next");
    }

    [Fact]
    public async Task The_ratio_is_the_median_of_the_rounds_ratios()
    {
        // The machine is ten times slower in some rounds, for both sides; in one round for ours alone.
        double[] weather = [1, 1, 10, 10, 10, 1, 1, 1, 10];
        // Before them the limit is measured against itself, in fair weather.
        var (ours, limit) = (0, -2 * weather.Length);
        double Limit() => limit++ < 0 ? 1 : weather[limit - 1];
        double Ours() => (ours == 4 ? 5 : 1.2) * weather[ours++];

        var (result, _) = await Bench.CompareAsync(new Comparison("post", Unit.Seconds, 1.5, Bench.Each(Ours), Bench.Each(Limit)) { WarmUps = 0 });

        Assert.Equal(1.2, result.Ratio, 9);
        Assert.Equal(1.2, result.Ours, 9);
        Assert.Equal(1.0, result.Limit, 9);
        Assert.Equal(Verdict.Ok, result.Verdict);
    }

    [Theory]
    [InlineData(false, 9)]
    [InlineData(true, 5)]
    public async Task Begins_with_the_limit_against_itself_and_forgets_the_warm_up(bool quick, int rounds)
    {
        var order = "";
        double Side(string name, double value)
        {
            order += name;
            return order.Length <= 2 ? 1000 : value;
        }

        var (result, _) = await Bench.CompareAsync(new Comparison("post", Unit.Seconds, 1.5, Bench.Each(() => Side("o", 1)), Bench.Each(() => Side("l", 1))), quick);

        Assert.Equal("lo" + new string('l', 2 * rounds) + string.Concat(Enumerable.Range(0, rounds).Select(round => round % 2 == 0 ? "ol" : "lo")), order);
        Assert.Equal(1, result.Rounds.Max(round => Math.Max(round.Ours, round.Limit)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public async Task A_side_that_did_nothing_is_no_fast_side(double ours) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Bench.CompareAsync(new Comparison("post", Unit.Seconds, 1.5, Bench.Always(ours), Bench.Always(1))));

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void The_median_is_the_one_in_the_middle(double[] values, double median) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void A_percentile_is_one_that_was_measured()
    {
        double[] values = [.. Enumerable.Range(1, 200).Reverse().Select(value => (double)value)];

        Assert.Equal(198, Median.Percentile(values, 0.99));
        Assert.Equal(200, Median.Percentile(values, 1));
        Assert.Equal(7, Median.Percentile([7], 0.99));
    }
}
