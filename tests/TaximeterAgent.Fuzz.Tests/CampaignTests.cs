using System.Globalization;

namespace TaximeterAgent.Fuzz.Tests;

/// <summary>The instrument itself.</summary>
public sealed class CampaignTests
{
    [Theory]
    [InlineData("fields")]
    [InlineData("phones")]
    [InlineData("answers")]
    [InlineData("webhooks")]
    [InlineData("configuration")]
    [InlineData("receipts")]
    [InlineData("control")]
    public async Task A_short_run_is_clean_and_accepts_something(string name)
    {
        var output = await RunAsync(Targets.ByName[name](), new FuzzOptions { Runs = 300, Seed = 7 }, expected: true);

        Assert.Contains("failures=0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("accepted=0 ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frames")]
    [InlineData("fields")]
    [InlineData("phones")]
    [InlineData("answers")]
    [InlineData("webhooks")]
    [InlineData("configuration")]
    [InlineData("receipts")]
    [InlineData("control")]
    public async Task A_seed_makes_the_same_inputs_again(string name)
    {
        await using var one = Targets.ByName[name]();
        await using var two = Targets.ByName[name]();
        foreach (var (first, second) in one.Parts.Zip(two.Parts))
        {
            for (var run = 0; run < 50; run++)
                Assert.Equal(first.Make(Dice.Of(3, first.Name, run)), second.Make(Dice.Of(3, second.Name, run)));
        }
    }

    [Fact]
    public async Task A_failure_says_its_seed_and_its_smallest_input()
    {
        var output = await RunAsync(new SevenTarget(), new FuzzOptions { Runs = 1000, Seed = 5 }, expected: false);

        Assert.Contains("FAILED seven/bytes run=", output, StringComparison.Ordinal);
        Assert.Contains("seed=5: a seven", output, StringComparison.Ordinal);
        Assert.Contains("input=07\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("failures=1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_is_given_is_the_only_one_that_is_judged()
    {
        var output = await RunAsync(new SevenTarget(), FuzzOptions.Parse(["seven/bytes", "--input", "010203"]), expected: true);

        Assert.Contains("runs=1 bytes=3 ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--runs", "x")]
    [InlineData("--runs")]
    [InlineData("--what")]
    [InlineData("--runs", "1", "--bytes", "1")]
    [InlineData("frames", "--input", "00")]
    [InlineData("frames/stream", "--input", "0")]
    public void An_argument_that_is_not_understood_is_an_error(params string[] args) => Assert.Throws<FormatException>(() => FuzzOptions.Parse(args));

    [Theory]
    [InlineData(0, 0.001, 1, 1)]
    [InlineData(1, 0.001, 0.0009, 0.0011)]
    [InlineData(2, 0.001, 1e-7, 1e-6)]
    public void What_the_CRC_may_let_through_is_counted_as_chance_has_it(long seen, double expected, double least, double most) => Assert.InRange(FramesTarget.AtLeast(seen, expected), least, most);

    private static async Task<string> RunAsync(IFuzzTarget target, FuzzOptions options, bool expected)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using (target)
        {
            var clean = await new Campaign(options, output).RunAsync(target);
            Assert.True(clean == expected, output.ToString());
        }

        return output.ToString();
    }

    /// <summary>Cannot bear a seven.</summary>
    private sealed class SevenTarget : IFuzzTarget
    {
        public string Name => "seven";

        public IReadOnlyList<FuzzProof> Proofs => [];

        public IReadOnlyList<FuzzPart> Parts =>
            [new FuzzPart("bytes", Budget.OfRuns(1), Budget.OfRuns(1), 1, dice => dice.Bytes(1 + dice.Below(50)), input => input.Contains((byte)7) ? throw new CheckFailedException("a seven") : ValueTask.FromResult(true))];

        public ValueTask StartAsync() => ValueTask.CompletedTask;

        public IReadOnlyList<string> Conclude() => [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
