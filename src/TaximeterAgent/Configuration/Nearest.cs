namespace TaximeterAgent.Configuration;

/// <summary>Finds what a misspelled name was meant to be.</summary>
internal static class Nearest
{
    // A name longer than any key is not worth measuring; it bounds the work too.
    private const int Longest = 100;

    /// <summary>The closest candidate, or null if none is close: at most a third of the name's letters differ, case not counted.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        if (name.Length > Longest)
            return null;
        var (best, nearest) = (Math.Max(2, name.Length / 3) + 1, (string?)null);
        foreach (var candidate in candidates)
        {
            var distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < best)
                (best, nearest) = (distance, candidate);
        }

        return nearest;
    }

    // Levenshtein's distance with two rows.
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var now = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            before[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                now[j] = Math.Min(change, Math.Min(before[j], now[j - 1]) + 1);
            }

            (before, now) = (now, before);
        }

        return before[b.Length];
    }
}
