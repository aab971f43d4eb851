using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.PowerCuts.Recording;
using TaximeterAgent.PowerCuts.Workload;

namespace TaximeterAgent.PowerCuts;

/// <summary>Opens what a cut has left with the real store and judges what it shows.</summary>
internal sealed class Inspector(IReadOnlyList<Step> plan, OutboxStore store = OutboxStore.Sqlite, string wrap = "")
{
    private readonly IReadOnlyList<Content> _contents = Model.Of(plan);

    /// <param name="root">What the cut has left; it is changed by being opened.</param>
    /// <param name="promise">What had been said when the power was cut.</param>
    /// <param name="thorough">Check the whole database too, store something in it, close it and open it once more.</param>
    /// <param name="shown">The step whose content the store shows; -1 if none.</param>
    public Finding? Check(string root, Promise promise, bool thorough, out int shown)
    {
        shown = -1;
        var clock = new StandingClock();
        try
        {
            // Before its first start with a new schema, the store may meet that agent after the cut, or the old one.
            var newSchema = promise.NewSchema || thorough;
            using (var outbox = Store.Open(root, clock, newSchema, store, wrap))
            {
                if (outbox.IsNew && promise.Acknowledged >= 0)
                    return new Finding(Broken.Missing, "the whole outbox is gone and a new one was made in its place");
                shown = Judge(outbox, promise, newSchema, out var finding);
                if (finding is not null)
                    return finding;
                if (!thorough)
                    return null;
                if (Integrity(outbox) is { } damage)
                    return new Finding(Broken.Half, $"integrity_check says: {damage}");
                clock.Now = Trips.At(shown + 1);
                if (shown < plan.Count && plan[shown] is Step.Commit next)
                    outbox.Commit(next.Batch);
            }

            using var again = Store.Open(root, clock, newSchema: true, store, wrap);
            var later = shown < plan.Count && plan[shown] is Step.Commit ? shown + 1 : shown;
            Judge(again, new Promise(later, later, true), newSchema: true, out var second);
            return second is null ? null : second with { What = "after one more step and a start: " + second.What };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Finding(Broken.Unopened, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private int Judge(IOutboxStore outbox, Promise promise, bool newSchema, out Finding? finding)
    {
        finding = null;
        var shown = Content.Read(outbox);
        var oldest = Math.Max(0, promise.Acknowledged);
        if (_contents.StepOf(shown, oldest, promise.Begun) is >= 0 and var step)
        {
            finding = Resumed(outbox, shown) ?? (newSchema && outbox is SqliteOutbox sqlite ? WithNewSchema(sqlite.Connection) : null);
            return step;
        }

        var other = _contents.StepOf(shown, 0, _contents.Count - 1);
        finding = other switch
        {
            >= 0 when other < oldest => new Finding(Broken.Missing, $"step {oldest} was acknowledged, the store is at step {other}:\n{shown.Difference(_contents[oldest])}"),
            >= 0 => new Finding(Broken.Half, $"step {promise.Begun} was the last to be begun, the store is at step {other}"),
            _ => Mixed(shown, oldest, promise.Begun),
        };
        return -1;
    }

    // What no step has left. If of what was acknowledged, and what no later step has touched, a line is gone, then that is the worse of it.
    private Finding Mixed(Content shown, int oldest, int begun)
    {
        var kept = _contents[oldest].Lines.Where(line => Enumerable.Range(oldest, begun - oldest + 1).All(step => _contents[step].Lines.Contains(line)));
        var gone = kept.Except(shown.Lines).Any();
        var nearest = _contents.Nearest(shown, oldest, begun);
        var words = $"the store shows the content of no step from {oldest} to {begun}; against step {nearest}:\n{shown.Difference(_contents[nearest])}";
        return new Finding(gone ? Broken.Missing : Broken.Half, words);
    }

    // As the agent does after a start.
    private static Finding? Resumed(IOutboxStore outbox, Content shown)
    {
        var open = outbox.LoadOpen();
        var trips = shown.Lines.Where(line => line.StartsWith("trip|", StringComparison.Ordinal)).Select(line => line.Split('|', 5)).Where(words => words[3] == "1").Select(words => words[1]);
        if (!open.Select(trip => $"{trip.Key}").SequenceEqual(trips))
            return new Finding(Broken.Missing, "the agent would not take up every open trip");
        if (open.Any(trip => outbox.Find(Trips.Identity((int)trip.Key)) != new Core.Ports.KnownIdentity(trip.Key, trip.Key)))
            return new Finding(Broken.Missing, "a fare that is open would not be known by its identity");
        return open.Any(trip => trip.Operations.Count != 1 || trip.Timers.Count == 0) ? new Finding(Broken.Half, "a trip has lost its operation or timer") : null;
    }

    private static Finding? WithNewSchema(Microsoft.Data.Sqlite.SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM to_come";
        var rows = (long)command.ExecuteScalar()!;
        return rows == Store.RowsOfTheNewSchema ? null : new Finding(Broken.Half, $"the new schema has {rows} of its {Store.RowsOfTheNewSchema} rows");
    }

    // LiteDB has no such check; all that it holds was read above.
    private static string? Integrity(IOutboxStore outbox)
    {
        if (outbox is not SqliteOutbox sqlite)
            return null;
        using var command = sqlite.Connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        var answer = (string)command.ExecuteScalar()!;
        return answer == "ok" ? null : answer;
    }
}
