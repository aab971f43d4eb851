namespace TaximeterAgent.Benchmarks;

/// <summary>Ours beside what is physically needed, measured in turns.</summary>
/// <param name="Name">The line's name.</param>
/// <param name="Unit">Of both sides.</param>
/// <param name="Goal">The largest ratio that is good enough.</param>
/// <param name="Ours">Measures ours once.</param>
/// <param name="Limit">Measures the limit once.</param>
internal sealed record Comparison(string Name, Unit Unit, double Goal, Func<CancellationToken, Task<double>> Ours, Func<CancellationToken, Task<double>> Limit)
{
    /// <summary>True for a rate: the ratio then says how many times faster the limit is.</summary>
    public bool MoreIsBetter { get; init; }

    /// <summary>How often each side is measured and forgotten before: what is compiled, connected and cached at first is no part of the figure.</summary>
    public int WarmUps { get; init; } = 1;

    /// <summary>What else is worth saying, asked for at the end: a percentile, how many calls.</summary>
    public Func<IEnumerable<string>>? Remarks { get; init; }

    /// <summary>How many times worse than <paramref name="limit"/> this is.</summary>
    public double Ratio(double ours, double limit)
    {
        if (!double.IsFinite(ours) || !double.IsFinite(limit) || ours <= 0 || limit <= 0)
            throw new InvalidOperationException($"{Name}: measured {ours} and {limit}: nothing happened");
        return MoreIsBetter ? limit / ours : ours / limit;
    }
}
