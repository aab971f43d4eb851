namespace TaximeterAgent.Exploration.Search;

/// <summary>Which world leads to which. Filled in the order of the worlds.</summary>
internal sealed class Graph
{
    private const int HealthyBit = 1 << 31;

    private readonly List<int> _begins = [];
    private readonly List<int> _targets = [];

    /// <summary>From now on steps of this world are added: the next one.</summary>
    public void From(int world)
    {
        if (world != _begins.Count)
            throw new InvalidOperationException("Worlds come in their order.");
        _begins.Add(_targets.Count);
    }

    public void Add(int target, bool healthy)
    {
        if (target != _begins.Count - 1)
            _targets.Add(healthy ? target | HealthyBit : target);
    }

    /// <summary>For each world: whether one of the ends can be reached from it.</summary>
    public bool[] CanReach(IEnumerable<bool> ends, bool healthyOnly)
    {
        var reached = ends.ToArray();
        var (begins, sources) = Reversed(reached.Length, healthyOnly);
        var open = new Stack<int>();
        for (var i = 0; i < reached.Length; i++)
        {
            if (reached[i])
                open.Push(i);
        }

        while (open.TryPop(out var at))
        {
            for (var e = begins[at]; e < begins[at + 1]; e++)
            {
                if (reached[sources[e]])
                    continue;
                reached[sources[e]] = true;
                open.Push(sources[e]);
            }
        }

        return reached;
    }

    private (int[] Begins, int[] Sources) Reversed(int worlds, bool healthyOnly)
    {
        var begins = new int[worlds + 2];
        foreach (var target in _targets)
        {
            if (!healthyOnly || target < 0)
                begins[(target & ~HealthyBit) + 2]++;
        }

        for (var i = 2; i < begins.Length; i++)
            begins[i] += begins[i - 1];
        var sources = new int[begins[^1]];
        for (var from = 0; from < _begins.Count; from++)
        {
            var end = from + 1 < _begins.Count ? _begins[from + 1] : _targets.Count;
            for (var e = _begins[from]; e < end; e++)
            {
                if (!healthyOnly || _targets[e] < 0)
                    sources[begins[(_targets[e] & ~HealthyBit) + 1]++] = from;
            }
        }

        return (begins, sources);
    }
}
