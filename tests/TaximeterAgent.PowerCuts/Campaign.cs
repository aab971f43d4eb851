using System.Diagnostics;
using System.Globalization;

namespace TaximeterAgent.PowerCuts;

/// <summary>Many cuts of many days, until enough or until the first promise is broken.</summary>
internal static class Campaign
{
    private const int Usage = 64;
    private const int CutsOfASeed = 2_400;

    public static async Task<int> StartAsync(IReadOnlyList<string> args)
    {
        try
        {
            var options = Options.Parse(args);
            return await RunAsync(options, Console.Out);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Usage: {Options.Usage}");
            return Usage;
        }
    }

    public static async Task<int> RunAsync(Options options, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        var seeds = 0;
        Violation? violation = null;
        for (var seed = options.Seed ?? 1; violation is null; seed++)
        {
            using var trial = new Trial(seed, new Sabotage(), tally);
            seeds++;
            if (options.Replay is { } cuts)
            {
                violation = await trial.ReplayAsync(cuts, output);
                break;
            }

            var left = options.Cuts - tally.Cuts;
            violation = await trial.RunAsync(options.Seed is null ? Math.Min(left, CutsOfASeed) : left, () => !(watch.Elapsed >= options.Time));
            if (options.Verbose)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {tally.Cuts} cuts, {watch.Elapsed.TotalSeconds:F1} s"));
            if (options.Seed is not null || tally.Cuts >= options.Cuts || watch.Elapsed >= options.Time)
                break;
        }

        if (options.Verbose)
        {
            foreach (var (what, count) in tally.Kinds)
                output.WriteLine($"{what}: {count}");
        }

        if (violation is not null)
        {
            output.WriteLine(violation.Description);
            output.WriteLine($"BROKEN seed={violation.Seed} {violation.Verdict.How.ToString().ToLowerInvariant()}: {violation.Verdict.What}");
            output.WriteLine($"again: {violation.Replay}");
        }

        int Of(Broken how) => violation?.Verdict.How == how ? 1 : 0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"cuts={tally.Cuts} torn={tally.Torn} subsets={tally.Subsets} prefixes={tally.Prefixes} kills={options.Kills} missing={Of(Broken.Missing)} half={Of(Broken.Half)} "
            + $"unopened={Of(Broken.Unopened)} seeds={seeds} cuts/s={(long)(tally.Cuts / watch.Elapsed.TotalSeconds)}"));
        return violation is null ? 0 : 1;
    }
}
