using System.Diagnostics;
using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.PowerCuts.Kills;

namespace TaximeterAgent.PowerCuts;

/// <summary>Many cuts of many days, until enough or until the first promise is broken.</summary>
internal static class Campaign
{
    private const int Usage = 64;
    private const int CutsOfASeed = 2_400;

    /// <summary>On every second seed the disk is full at times: no run is without one.</summary>
    private const int SeedsAtLeast = 2;

    public static async Task<int> StartAsync(IReadOnlyList<string> args)
    {
        try
        {
            var options = Options.Parse(args);
            return options.Sabotage is { } name ? await SabotageAsync(name, options.Verbose, Console.Out, options.Store) : await RunAsync(options, Console.Out);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Usage: {Options.Usage}");
            return Usage;
        }
    }

    /// <summary>Breaks one thing after the other and sees that it is found.</summary>
    /// <exception cref="FormatException">There is no sabotage of this name.</exception>
    public static async Task<int> SabotageAsync(string name, bool verbose, TextWriter output, OutboxStore store = OutboxStore.Sqlite)
    {
        var sabotages = Sabotages.Of(store);
        if (name != "all" && !sabotages.ContainsKey(name))
            throw new FormatException($"There is no sabotage {name}. There are: {string.Join(' ', sabotages.Keys)}.");
        var survivors = 0;
        foreach (var (one, sabotage) in sabotages.Where(pair => name == "all" || pair.Key == name))
        {
            var tally = new Tally();
            using var trial = new Trial(sabotage.Seed, sabotage, tally, store);
            if (await trial.RunAsync(Sabotages.CutsMaximum, () => true) is { } found)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sabotage {one} found-by=power-cuts seed={found.Seed} trips={tally.Cuts}"));
                if (verbose)
                    output.WriteLine($"{found.Description}\n{found.Finding.How}: {found.Finding.What}");
                continue;
            }

            survivors++;
            output.WriteLine($"sabotage {one} SURVIVED {tally.Cuts} cuts");
        }

        return survivors == 0 ? 0 : 1;
    }

    public static async Task<int> RunAsync(Options options, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        var seeds = 0;
        Violation? violation = null;
        for (var seed = options.Seed ?? 1; violation is null && options.Cuts > 0; seed++)
        {
            using var trial = new Trial(seed, new Sabotage(), tally, options.Store);
            seeds++;
            if (options.Replay is { } cuts)
            {
                violation = await trial.ReplayAsync(cuts, output);
                break;
            }

            var left = options.Cuts - tally.Cuts;
            violation = await trial.RunAsync(options.Seed is null ? Math.Min(left, Math.Min(CutsOfASeed, (options.Cuts + SeedsAtLeast - 1) / SeedsAtLeast)) : left, () => !(watch.Elapsed >= options.Time));
            if (options.Verbose)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {tally.Cuts} cuts, {watch.Elapsed.TotalSeconds:F1} s"));
            if (options.Seed is not null || tally.Cuts >= options.Cuts || watch.Elapsed >= options.Time)
                break;
        }

        var cutting = watch.Elapsed;
        KillResult? killed = null;
        if (violation is null && options is { Kills: > 0, Replay: null })
        {
            killed = await KillRun.RunAsync(options.Seed ?? 1, options.Kills, options.Verbose ? output : null, options.Store);
            foreach (var fault in killed.Faults)
                output.WriteLine($"BROKEN by a kill: {fault}");
            if (killed.Folder is { } folder)
                output.WriteLine($"the agent's logs and its store are in {folder}; again: --cuts 0 --kills {options.Kills} --seed {options.Seed ?? 1}");
        }

        if (options.Verbose)
        {
            foreach (var (what, count) in tally.Kinds)
                output.WriteLine($"{what}: {count}");
        }

        if (violation is not null)
        {
            output.WriteLine(violation.Description);
            output.WriteLine($"BROKEN seed={violation.Seed} {violation.Finding.How.ToString().ToLowerInvariant()}: {violation.Finding.What}");
            output.WriteLine($"again: {violation.Replay}");
        }

        int Of(Broken how) => violation?.Finding.How == how ? 1 : 0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"cuts={tally.Cuts} torn={tally.Torn} subsets={tally.Subsets} prefixes={tally.Prefixes} kills={killed?.Kills ?? 0} missing={Of(Broken.Missing)} half={Of(Broken.Half)} "
            + $"unopened={Of(Broken.Unopened)} seeds={seeds} cuts/s={(long)(tally.Cuts / cutting.TotalSeconds)}"));
        return violation is null && killed is not { Faults.Count: > 0 } ? 0 : 1;
    }
}
