using System.Globalization;
using TaximeterAgent.Exploration.Coverage;
using TaximeterAgent.Exploration.Model;
using TaximeterAgent.Exploration.Sabotage;
using TaximeterAgent.Exploration.Search;

namespace TaximeterAgent.Exploration;

/// <summary>The command.</summary>
internal static class Run
{
    public static int Start(IReadOnlyList<string> args)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var counts = new PairCounts();
        var max = args.Count > 1 ? int.Parse(args[1]) : 3_000_000;
        foreach (var scenario in Scenarios.All.Where(s => args.Count == 0 || args[0] == "all" || s.Name == args[0]))
        {
            var t = watch.Elapsed;
            var result = new Explorer(scenario, new Saboteur(), counts).Run(new Bounds(max, null));
            Console.WriteLine($"{scenario.Name}: states={result.States} transitions={result.Transitions} closed={result.Closed} waiting={result.Waiting} stuck={result.Stuck} complete={result.Complete} {(watch.Elapsed - t).TotalSeconds:0.0}s {GC.GetTotalMemory(false) >> 20}MB");
            if (result.Finding is { } f)
            {
                Console.WriteLine($"BROKEN {f.How}: {f.What}");
                foreach (var line in f.Trace) Console.WriteLine("  " + line);
                if (args.Count == 0) return 1;
            }
        }
        return 0;
    }
}
