using System.Globalization;

namespace TaximeterAgent.Exploration.Coverage;

/// <summary>What became of the pairs of state and input.</summary>
internal sealed record PairVerdict(int All, int Reached, int Excluded, IReadOnlyList<string> Faults);

/// <summary>Holds the counts against what must and what cannot be reached.</summary>
internal static class Pairs
{
    /// <summary>A pair that is reached though it is excluded is a fault; one that is neither reached nor excluded is one if everything was explored.</summary>
    public static PairVerdict Judge(PairCounts counts, bool mustBeReached)
    {
        var faults = new List<string>();
        var reached = 0;
        var excluded = 0;
        foreach (var place in Enum.GetValues<Place>())
        {
            for (var happening = 0; happening < Happening.Names.Length; happening++)
            {
                var reason = Exclusions.ReasonOf(place, Happening.Names[happening]);
                var count = counts[place, happening];
                reached += count > 0 ? 1 : 0;
                excluded += reason is null ? 0 : 1;
                if (count > 0 && reason is not null)
                    faults.Add($"pair reached although excluded: {place} x {Happening.Names[happening]} ({count} times): {reason}");
                else if (count == 0 && reason is null && mustBeReached)
                    faults.Add($"pair never reached: {place} x {Happening.Names[happening]}");
            }
        }

        return new PairVerdict(Places.Count * Happening.Names.Length, reached, excluded, faults);
    }

    public static void Print(PairCounts counts, TextWriter output)
    {
        foreach (var place in Enum.GetValues<Place>())
        {
            for (var happening = 0; happening < Happening.Names.Length; happening++)
            {
                var reason = Exclusions.ReasonOf(place, Happening.Names[happening]);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pair {place} x {Happening.Names[happening]} {counts[place, happening]}{(reason is null ? "" : $" excluded: {reason}")}"));
            }
        }
    }
}
