namespace TaximeterAgent.Benchmarks;

/// <summary>Where a benchmark brings what it measures: each line is printed as soon as it is known.</summary>
/// <param name="quick">Fewer rounds.</param>
/// <param name="output">The lines.</param>
internal sealed class Measurements(bool quick, TextWriter output)
{
    private const int LongRounds = 9;
    private const int QuickRounds = 5;

    private readonly List<Result> _results = [];

    /// <summary>True where a benchmark is to take a smaller load too.</summary>
    public bool Quick => quick;

    /// <summary>How many trips <c>soak</c> drives; null: as many as it does by itself.</summary>
    public int? Trips { get; init; }

    public int Rounds => quick ? QuickRounds : LongRounds;

    public IReadOnlyList<Result> Results => _results;

    /// <summary>The limit against itself, then ours against the limit, in turns.</summary>
    public async Task<RatioResult> CompareAsync(Comparison comparison, CancellationToken stop)
    {
        for (var i = 0; i < comparison.WarmUps; i++)
        {
            await comparison.Limit(stop);
            await comparison.Ours(stop);
        }

        var self = await InTurnsAsync(comparison.Limit, comparison.Limit, stop);
        var rounds = await InTurnsAsync(comparison.Ours, comparison.Limit, stop);
        var result = new RatioResult(comparison, self, rounds);
        await AddAsync(result with { Remarks = [result.Spread, .. comparison.Remarks?.Invoke() ?? []] });
        return result;
    }

    /// <summary>Something that was counted.</summary>
    /// <param name="name">The line's name.</param>
    /// <param name="unit">Of both numbers.</param>
    /// <param name="ours">What was counted.</param>
    /// <param name="goal">The most, or with <paramref name="moreIsBetter"/> the least, that is good enough.</param>
    /// <param name="moreIsBetter">True for a rate or a number that should be large.</param>
    /// <param name="remarks">What else is worth saying.</param>
    public Task CountAsync(string name, Unit unit, double ours, double goal, bool moreIsBetter = false, params IReadOnlyList<string> remarks) =>
        AddAsync(new CountResult(name, unit, ours, goal, moreIsBetter) { Remarks = remarks });

    public Task AddAsync(Result result)
    {
        _results.Add(result);
        return WriteAsync(result);
    }

    private async Task WriteAsync(Result result)
    {
        await output.WriteLineAsync($"bench {result.Name} {result.Text}");
        foreach (var remark in result.Remarks)
            await output.WriteLineAsync($"  {remark}");
        await output.FlushAsync();
    }

    // Whoever begins a round ends the next: a machine that slowly grows warmer or busier then favours neither.
    private async Task<IReadOnlyList<Round>> InTurnsAsync(Func<CancellationToken, Task<double>> one, Func<CancellationToken, Task<double>> other, CancellationToken stop)
    {
        var rounds = new List<Round>();
        while (rounds.Count < Rounds)
        {
            stop.ThrowIfCancellationRequested();
            if (rounds.Count % 2 == 0)
            {
                var first = await one(stop);
                rounds.Add(new Round(first, await other(stop)));
            }
            else
            {
                var first = await other(stop);
                rounds.Add(new Round(await one(stop), first));
            }
        }

        return rounds;
    }
}
