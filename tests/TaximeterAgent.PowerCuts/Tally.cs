using TaximeterAgent.PowerCuts.Disk;

namespace TaximeterAgent.PowerCuts;

/// <summary>What a run has tried.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _kinds = new(StringComparer.Ordinal);

    public int Cuts { get; private set; }

    public int Torn { get; private set; }

    public int Subsets { get; private set; }

    public int Prefixes { get; private set; }

    /// <summary>Cuts by kind, and by what the store did at that moment.</summary>
    public IReadOnlyDictionary<string, int> Kinds => _kinds;

    public void Count(Cut cut, string moment)
    {
        Cuts++;
        if (cut.IsPrefix)
            Prefixes++;
        else if (cut.IsTorn)
            Torn++;
        else
            Subsets++;
        Count($"cut {cut.Kind}");
        Count($"moment {moment}");
    }

    public void Count(string what) => _kinds[what] = _kinds.GetValueOrDefault(what) + 1;
}
