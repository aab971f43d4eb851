using System.Diagnostics;
using System.Globalization;

namespace TaximeterAgent.Simulation;

/// <summary>Many worlds, looked at one after the other, until enough trips were driven or the first promise is broken. They run side by side, one on each processor.</summary>
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

        if (options.Sabotage is not { } name)
            return Run(options, Console.Out);
        if (name != "all" && !Sabotages.ByName.ContainsKey(name))
        {
            Console.Error.WriteLine($"There is no sabotage {name}. There are: {string.Join(' ', Sabotages.ByName.Keys)}");
            return Usage;
        }

        return Sabotage(name == "all" ? Sabotages.ByName.Keys : [name], options.Verbose, Console.Out, options.Workers);
    }

    /// <summary>Breaks one thing after the other and sees that it is found.</summary>
    public static int Sabotage(IEnumerable<string> names, bool verbose, TextWriter output, int workers = 1)
    {
        var survivors = 0;
        foreach (var name in names)
        {
            if (Sabotages.Find(name, Sabotages.TripsMaximum, workers) is { } found)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sabotage {name} found-by=simulation seed={found.Seed} trips={found.Trips}"));
                if (verbose)
                    output.WriteLine($"  {found.Verdict.How}: {found.Verdict.What}");
                continue;
            }

            survivors++;
            output.WriteLine($"sabotage {name} SURVIVED {Sabotages.TripsMaximum} trips");
        }

        return survivors == 0 ? 0 : 1;
    }

    // Every third day somebody is logged in.
    private static bool HasTechnician(int seed) => seed % 3 == 0;

    private static World Make(CampaignOptions options, int seed) =>
        new(seed, new Saboteur(), () => options.Sqlite ? new SqliteDisk() : new MemoryDisk(), options is { Verbose: true, Many: false }, options.Keys is not null, HasTechnician(seed));

    public static int Run(CampaignOptions options, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        // What a trip costs does not depend on what else wants the processors.
        var used = Environment.CpuUsage.TotalTime;
        var tally = new Tally();
        var worlds = 0;
        var broken = new List<Verdict>();
        var screens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var end in Crew.Work(options.Seed ?? 1, options.Many ? options.Workers : 1, seed => WorldEnd.Of(() => Make(options, seed))))
        {
            worlds++;
            tally.Add(end.Tally);
            screens.UnionWith(end.Screens);
            output.Write(end.History);
            if (end.Verdict is { } verdict)
            {
                broken.Add(verdict);
                output.WriteLine($"BROKEN seed={end.Seed} {verdict.How}: {verdict.What}");
            }

            if (!options.Many || (broken.Count > 0 && !options.KeepGoing) || tally.Trips >= options.Trips || tally.Keys >= options.Keys || watch.Elapsed >= options.Time)
                break;
        }

        if (options.Verbose)
        {
            foreach (var (name, count) in tally.Lines())
                output.WriteLine($"{name} {count}");
            output.WriteLine($"calls {tally.Calls}");
            output.WriteLine($"commits {tally.Commits}");
        }

        if (options.Keys is not null)
        {
            if (options.Verbose)
            {
                foreach (var screen in screens.Order(StringComparer.Ordinal))
                    output.WriteLine($"screen {screen}");
            }

            output.WriteLine($"keys={tally.Keys} screens={screens.Count} requests-to-keyed-numbers={tally.RequestsToConfirmed} walks-back={tally.WalksBack}");
        }

        int Of(Broken how) => broken.Count(verdict => verdict.How == how);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"trips={tally.Trips} crashes={tally.Crashes} faults={tally.Faults} lost={Of(Broken.Lost)} double={Of(Broken.Double)} stranded={Of(Broken.Stranded)} untrue={Of(Broken.Untrue)} stuck={Of(Broken.Stuck)} seeds={worlds} trips/s={(long)(tally.Trips / watch.Elapsed.TotalSeconds)} trips/processor-s={(long)(tally.Trips / (Environment.CpuUsage.TotalTime - used).TotalSeconds)}"));
        return broken.Count == 0 ? 0 : 1;
    }
}
