using System.Globalization;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.PowerCuts.Workload;

/// <summary>One thing that is asked of the store; numbered from 1.</summary>
internal abstract record Step(int Number)
{
    public sealed record Commit(int Number, OutboxBatch Batch) : Step(Number);

    /// <summary>The WAL into the database.</summary>
    public sealed record Idle(int Number) : Step(Number);

    /// <summary>Phone numbers of trips closed before a time, and then an empty WAL.</summary>
    public sealed record Wipe(int Number, DateTimeOffset ClosedBefore) : Step(Number);

    public sealed record Prune(int Number, DateTimeOffset OlderThan, long MaximumLines) : Step(Number);
}

/// <summary>A car's day as a store sees it, made from a seed. Keys are trip numbers.</summary>
internal sealed class Plan
{
    public const int StepsOfADay = 110;

    private readonly Chance _chance;
    private readonly List<Step> _steps = [];
    private readonly List<(int Trip, int Stage)> _open = [];
    private int _trips;

    private Plan(int seed) => _chance = new Chance(seed);

    public static IReadOnlyList<Step> Of(int seed)
    {
        var plan = new Plan(seed);
        for (var number = 1; number <= StepsOfADay; number++)
            plan._steps.Add(plan.Next(number));
        return plan._steps;
    }

    private Step Next(int number) => _chance.Between(0, 100) switch
    {
        < 4 => new Step.Idle(number),
        < 7 => new Step.Wipe(number, Trips.At(number - 12)),
        < 10 => new Step.Prune(number, Trips.At(number - 40), MaximumLines: 60),
        < 14 => new Step.Commit(number, new OutboxBatch { Sync = true }),
        < 24 => new Step.Commit(number, Note(number)),
        _ => new Step.Commit(number, Work(number)),
    };

    // What somebody only may want to read later: not worth a sync.
    private OutboxBatch Note(int number)
    {
        var batch = new OutboxBatch();
        AddLines(batch, null, number);
        batch.Settings["meter-newest-time"] = number.ToString(CultureInfo.InvariantCulture);
        return batch;
    }

    // Fares and results, several in a commit at times.
    private OutboxBatch Work(int number)
    {
        var batch = new OutboxBatch { Sync = _chance.Of(0.75) };
        var trips = _chance.Of(0.2) ? _chance.Between(2, 6) : 1;
        for (var i = 0; i < trips; i++)
        {
            var others = Enumerable.Range(0, _open.Count).Where(which => !batch.Trips.ContainsKey(_open[which].Trip)).ToList();
            if (others.Count == 0 || _chance.Of(0.35))
                AddFare(batch, number);
            else
                MoveOn(batch, number, _chance.Pick(others));
        }

        batch.Settings["shown-trip"] = number.ToString(CultureInfo.InvariantCulture);
        return batch;
    }

    private void AddFare(OutboxBatch batch, int number)
    {
        var trip = ++_trips;
        batch.Trips[trip] = Trips.Open(trip, number);
        batch.Identities.Add((Trips.Identity(trip), new KnownIdentity(trip, trip)));
        batch.AddedOperations.Add(Trips.Operation(trip, OperationKind.Create, number));
        batch.StartedTimers.Add(new StoredTimer(trip, TimerKind.OfflineTooLong, null, Trips.At(number), TimeSpan.FromMinutes(15)));
        AddLines(batch, trip, number);
        _open.Add((trip, 0));
        // A fare is always synced: an acknowledgement hangs on it.
        batch.Sync = true;
    }

    private void MoveOn(OutboxBatch batch, int number, int which)
    {
        var (trip, stage) = _open[which];
        AddLines(batch, trip, number);
        if (stage == 0)
        {
            batch.Trips[trip] = Trips.Open(trip, number);
            batch.RemovedOperations.Add(Trips.OperationId(trip, OperationKind.Create));
            batch.AddedOperations.Add(Trips.Operation(trip, OperationKind.Capture, number));
            batch.StoppedTimers.Add((trip, TimerKind.OfflineTooLong, null));
            batch.StartedTimers.Add(new StoredTimer(trip, TimerKind.Certain, Trips.Reference(trip), Trips.At(number), TimeSpan.FromMinutes(11)));
        }
        else if (stage == 1)
        {
            batch.Trips[trip] = Trips.Open(trip, number);
        }
        else
        {
            batch.Trips[trip] = Trips.Closed(trip, number);
            batch.RemovedOperations.Add(Trips.OperationId(trip, OperationKind.Capture));
            batch.StoppedTimers.Add((trip, TimerKind.Certain, Trips.Reference(trip)));
        }

        if (stage == 2)
            _open.RemoveAt(which);
        else
            _open[which] = (trip, stage + 1);
    }

    private void AddLines(OutboxBatch batch, int? trip, int number)
    {
        var lines = _chance.Between(1, 4);
        for (var line = 1; line <= lines; line++)
            batch.History.Add(Trips.Line(trip, number, line, lines, _chance.Of(0.1) ? _chance.Between(0, 3000) : _chance.Between(0, 60)));
    }
}
