using System.Diagnostics;
using System.Globalization;
using TaximeterAgent.Exploration.Coverage;
using TaximeterAgent.Exploration.Model;
using TaximeterAgent.Exploration.Sabotage;
using TaximeterAgent.Exploration.Search;

namespace TaximeterAgent.Exploration;

/// <summary>The command: all scenarios, one after the other, to the first broken promise.</summary>
internal static class Run
{
    private const int Usage = 64;

    public static int Start(IReadOnlyList<string> args)
    {
        ExplorationOptions options;
        try
        {
            options = ExplorationOptions.Parse(args);
        }
        catch (FormatException e)
        {
            return Refuse(e.Message);
        }

        if (options.Scenario is { } scenario && Scenarios.All.All(s => s.Name != scenario))
            return Refuse($"There is no scenario {scenario}. There are: {string.Join(' ', Scenarios.All.Select(s => s.Name))}");
        if (options.Sabotage is not { } name)
            return Explore(options, Console.Out);
        if (name != "all" && !Sabotages.ByName.ContainsKey(name))
            return Refuse($"There is no sabotage {name}. There are: {string.Join(' ', Sabotages.ByName.Keys)}");
        return Sabotage(name == "all" ? Sabotages.ByName.Keys : [name], options, Console.Out);
    }

    /// <summary>Explores all that is asked for. The last line says how much it was and what was found.</summary>
    /// <returns>0 if nothing is broken, all that was begun was finished, and every pair is reached or excluded; else 1.</returns>
    public static int Explore(ExplorationOptions options, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var counts = new PairCounts();
        var results = new List<Result>();
        foreach (var scenario in Asked(options))
        {
            var begun = watch.Elapsed;
            var result = new Explorer(scenario, new Saboteur(), counts).Run(new Bounds(options.MaxStates, options.Time - begun));
            results.Add(result);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"scenario {scenario.Name} states={result.States} transitions={result.Transitions} closed={result.Closed} waiting={result.Waiting} {(result.Complete ? "complete" : "NOT COMPLETE")} seconds={(watch.Elapsed - begun).TotalSeconds:0.0}"));
            if (result.Finding is not { } finding)
                continue;
            Tell(finding, output);
            break;
        }

        return Sum(options, counts, results, output);
    }

    /// <summary>Breaks one thing after the other and sees that it is found.</summary>
    public static int Sabotage(IEnumerable<string> names, ExplorationOptions options, TextWriter output)
    {
        var survivors = 0;
        foreach (var name in names)
        {
            var states = 0L;
            Finding? finding = null;
            foreach (var scenario in Asked(options))
            {
                var result = new Explorer(scenario, Sabotages.ByName[name], new PairCounts()).Run(new Bounds(options.MaxStates, options.Time));
                states += result.States;
                if ((finding = result.Finding) is not null)
                    break;
            }

            if (finding is null)
            {
                survivors++;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sabotage {name} SURVIVED {states} states"));
                continue;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sabotage {name} found-by=exploration seed=0 trips={states}"));
            if (options.Verbose)
                Tell(finding, output);
        }

        return survivors == 0 ? 0 : 1;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"{why} Usage: {ExplorationOptions.Usage}");
        return Usage;
    }

    private static IEnumerable<Scenario> Asked(ExplorationOptions options) =>
        Scenarios.All.Where(s => options.Scenario is null || s.Name == options.Scenario).Select(s => s with
        {
            Attempts = options.Attempts ?? s.Attempts,
            Crashes = options.Crashes ?? (options.Quick ? Math.Min(1, s.Crashes) : s.Crashes),
            Losses = options.Losses ?? (options.Quick ? Math.Min(1, s.Losses) : s.Losses),
            Refusals = options.Refusals ?? s.Refusals,
        });

    private static int Sum(ExplorationOptions options, PairCounts counts, List<Result> results, TextWriter output)
    {
        var complete = results.All(result => result.Complete);
        var violations = results.Count(result => result.Finding is not null);
        var pairs = Pairs.Judge(counts, mustBeReached: options.Everything && complete && violations == 0);
        if (options.Verbose)
            Pairs.Print(counts, output);
        foreach (var line in pairs.Faults)
            output.WriteLine(line);
        if (!complete && violations == 0)
            output.WriteLine("A bound was hit: what was not reached is not explored, and nothing is known of what is stuck there.");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"states={results.Sum(r => (long)r.States)} transitions={results.Sum(r => r.Transitions)} closed={results.Sum(r => (long)r.Closed)} stuck={results.Sum(r => (long)r.Stuck)} violations={violations} pairs={pairs.Reached}/{pairs.All} excluded={pairs.Excluded}"));
        return violations == 0 && pairs.Faults.Count == 0 && (complete || options.Time is not null || options.MaxStates < new ExplorationOptions().MaxStates) ? 0 : 1;
    }

    private static void Tell(Finding finding, TextWriter output)
    {
        output.WriteLine($"BROKEN {finding.How}: {finding.What}");
        foreach (var line in finding.Trace)
            output.WriteLine($"  {line}");
    }
}
