using System.Diagnostics;
using System.Globalization;

namespace TaximeterAgent.Simulation;

/// <summary>Many worlds, one after the other, until enough trips were driven or the first promise is broken.</summary>
internal static class Campaign
{
    private const int Usage = 64;

    public static int Start(IReadOnlyList<string> args)
    {
        CampaignOptions options;
        try
        {
            options = CampaignOptions.Parse(args);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"{e.Message} Usage: {CampaignOptions.Usage}");
            return Usage;
        }

        return Run(options, Console.Out);
    }

    public static int Run(CampaignOptions options, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        var worlds = 0;
        Verdict? verdict = null;
        for (var seed = options.Seed ?? 1; verdict is null; seed++)
        {
            using var world = new World(seed, Saboteur.None, () => options.Sqlite ? new SqliteDisk() : new MemoryDisk(), options is { Verbose: true, Seed: not null });
            verdict = world.Run();
            worlds++;
            tally.Add(world.Tally);
            output.Write(world.History.ToString());
            if (verdict is not null)
                output.WriteLine($"BROKEN seed={seed} {verdict.How}: {verdict.What}");
            if (options.Seed is not null || tally.Trips >= options.Trips || watch.Elapsed >= options.Time)
                break;
        }

        if (options.Verbose)
        {
            foreach (var (name, count) in tally.Lines())
                output.WriteLine($"{name} {count}");
            output.WriteLine($"calls {tally.Calls}");
            output.WriteLine($"commits {tally.Commits}");
        }

        int Of(Broken how) => verdict?.How == how ? 1 : 0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"trips={tally.Trips} crashes={tally.Crashes} faults={tally.Faults} lost={Of(Broken.Lost)} double={Of(Broken.Double)} stranded={Of(Broken.Stranded)} untrue={Of(Broken.Untrue)} stuck={Of(Broken.Stuck)} seeds={worlds} trips/s={(long)(tally.Trips / watch.Elapsed.TotalSeconds)}"));
        return verdict is null ? 0 : 1;
    }
}
