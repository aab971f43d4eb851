using System.Runtime.InteropServices;
using TaximeterAgent.Exploration.Coverage;
using TaximeterAgent.Exploration.Model;
using TaximeterAgent.Exploration.Sabotage;

namespace TaximeterAgent.Exploration.Search;

/// <summary>How far a search may go.</summary>
internal sealed record Bounds(int MaxStates, TimeSpan? Time);

/// <summary>What a search has found.</summary>
internal sealed record Result
{
    public required Scenario Scenario { get; init; }

    /// <summary>Distinct worlds.</summary>
    public required int States { get; init; }

    /// <summary>Steps taken, those that lead to a world already known included.</summary>
    public required long Transitions { get; init; }

    /// <summary>Worlds in which everything is done and said.</summary>
    public required int Closed { get; init; }

    /// <summary>Worlds in which the driver, or a technician, has the next move.</summary>
    public required int Waiting { get; init; }

    /// <summary>Worlds from which no end is reached, though the world is healthy; only where <see cref="Complete"/>.</summary>
    public required int Stuck { get; init; }

    /// <summary>False where a bound was hit.</summary>
    public required bool Complete { get; init; }

    /// <summary>The first broken promise, by a shortest path; null where there is none.</summary>
    public Finding? Finding { get; init; }
}

/// <summary>A broken promise and the shortest way to it.</summary>
internal sealed record Finding(Broken How, string What, IReadOnlyList<string> Trace);

/// <summary>Breadth first over all worlds that a scenario can come to.</summary>
internal sealed class Explorer(Scenario scenario, Saboteur saboteur, PairCounts counts)
{
    private readonly Canon _canon = new(scenario);
    private readonly Dictionary<UInt128, int> _known = [];
    private readonly Queue<World> _open = new();
    private readonly List<(int Parent, ushort Step)> _came = [];
    private readonly List<End> _ends = [];
    private readonly Graph _graph = new();
    private long _transitions;

    public Result Run(Bounds bounds)
    {
        var stepper = new Stepper(scenario, saboteur, counts);
        foreach (var earlier in scenario.EarlierPayments)
            Enter(stepper.Start(earlier), -1, 0);
        var steps = new List<Step>();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var complete = true;
        for (var from = 0; _open.TryDequeue(out var world); from++)
        {
            if (_known.Count >= bounds.MaxStates || (from % 1024 == 0 && watch.Elapsed >= bounds.Time))
            {
                complete = false;
                break;
            }

            Steps.Of(world, scenario, steps);
            _graph.From(from);
            for (var i = 0; i < steps.Count; i++)
            {
                World next;
                try
                {
                    next = stepper.Take(world, steps[i]);
                }
                catch (Violation v)
                {
                    return Finish(complete: false, new Finding(v.How, v.What, Trace(from, i)));
                }

                _transitions++;
                _graph.Add(Enter(next, from, i), steps[i].Healthy);
            }
        }

        return complete ? Judged() : Finish(complete: false, null);
    }

    private int Enter(World world, int parent, int step)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, _canon.Hash(world), out var known);
        if (known)
            return number;
        number = _came.Count;
        _came.Add((parent, (ushort)step));
        _ends.Add(Judge.EndOf(world));
        _open.Enqueue(world);
        return _came.Count - 1;
    }

    // From every world an end must be reached by what happens of itself; and from every world all can be closed by somebody.
    private Result Judged()
    {
        var rests = _graph.CanReach(_ends.Select(end => end != End.None), healthyOnly: true);
        var closes = _graph.CanReach(_ends.Select(end => end is End.Closed or End.Technician), healthyOnly: false);
        var stuck = 0;
        var first = -1;
        for (var i = 0; i < rests.Length; i++)
        {
            // Before anything was said there is nothing to bring to an end.
            if ((rests[i] && closes[i]) || _ends[i] == End.NotBegun)
                continue;
            stuck++;
            first = first < 0 ? i : first;
        }

        if (first < 0)
            return Finish(complete: true, null);
        var why = rests[first] ? "nothing that anybody does closes the trip" : "the trip does not come to rest by itself";
        return Finish(complete: true, new Finding(Broken.Stuck, why, Trace(first, null)), stuck);
    }

    private Result Finish(bool complete, Finding? finding, int stuck = 0) => new()
    {
        Scenario = scenario,
        States = _known.Count,
        Transitions = _transitions,
        Closed = _ends.Count(end => end == End.Closed),
        Waiting = _ends.Count(end => end is End.DriversTurn or End.Technician or End.Held),
        Stuck = stuck,
        Complete = complete,
        Finding = finding,
    };

    // The way is taken once more, and this time written down.
    private List<string> Trace(int to, int? last)
    {
        var way = new Stack<int>();
        if (last is { } step)
            way.Push(step);
        var at = to;
        for (; _came[at].Parent >= 0; at = _came[at].Parent)
            way.Push(_came[at].Step);
        var journal = new List<string>();
        var stepper = new Stepper(scenario, saboteur) { Journal = journal };
        var world = stepper.Start(scenario.EarlierPayments[at]);
        var steps = new List<Step>();
        try
        {
            foreach (var index in way)
            {
                Steps.Of(world, scenario, steps);
                world = stepper.Take(world, steps[index]);
            }

            journal.Add("This is the state then:");
            journal.Add(world.State.ToString());
            foreach (var attempt in world.State.Attempts)
                journal.Add(attempt.ToString());
            foreach (var payment in world.Payments)
                journal.Add(payment.ToString());
        }
        catch (Violation v)
        {
            journal.Add($"BROKEN {v.Message}");
        }

        return journal;
    }
}
