using System.Globalization;
using System.Text;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.PowerCuts.Workload;

/// <summary>
/// What the store must hold after each step, worked out from the plan alone: no line of the store's own code has a part in it, but for how a trip's state is spelled.
/// </summary>
internal sealed class Model
{
    private readonly SortedDictionary<long, Trip> _trips = [];
    private readonly SortedDictionary<string, StoredOperation> _operations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StoredTimer> _timers = new(StringComparer.Ordinal);
    private readonly List<(long Id, HistoryLine Line)> _history = [];
    private readonly SortedDictionary<string, KnownIdentity> _identities = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _settings = new(StringComparer.Ordinal);
    private long _lastKey;

    private Model()
    {
    }

    /// <summary>Contents after no step, after step 1, and so on.</summary>
    public static IReadOnlyList<Content> Of(IReadOnlyList<Step> plan)
    {
        var model = new Model();
        var contents = new List<Content> { model.Content() };
        foreach (var step in plan)
        {
            model.Take(step);
            contents.Add(model.Content());
        }

        return contents;
    }

    private void Take(Step step)
    {
        switch (step)
        {
            case Step.Commit commit:
                Store(commit.Batch, Trips.At(step.Number));
                break;
            case Step.Wipe wipe:
                Wipe(wipe.ClosedBefore);
                break;
            case Step.Prune prune:
                Prune(prune.OlderThan, prune.MaximumLines);
                break;
        }
    }

    private void Store(OutboxBatch batch, DateTimeOffset now)
    {
        foreach (var (key, state) in batch.Trips)
        {
            var known = _trips.GetValueOrDefault(key);
            _trips[key] = new Trip(state, known?.LearntAt ?? now, now, state.Busy ? null : known?.ClosedAt ?? now);
            _lastKey = Math.Max(_lastKey, key);
        }

        foreach (var (identity, known) in batch.Identities)
            _identities[Convert.ToHexString(identity.ToBytes())] = known;
        foreach (var added in batch.AddedOperations)
            _operations[added.Operation.Id] = added;
        foreach (var removed in batch.RemovedOperations)
            _operations.Remove(removed);
        foreach (var (trip, kind, reference) in batch.StoppedTimers)
            _timers.Remove(TimerName(trip, kind, reference));
        foreach (var started in batch.StartedTimers)
            _timers[TimerName(started.TripKey, started.Kind, started.Reference)] = started;
        foreach (var line in batch.History)
            _history.Add((_history.Count == 0 ? 1 : _history[^1].Id + 1, line));
        foreach (var (name, value) in batch.Settings)
            _settings[name] = value;
    }

    private void Wipe(DateTimeOffset closedBefore)
    {
        foreach (var (key, trip) in _trips.Where(pair => pair.Value.ClosedAt < closedBefore).ToList())
        {
            _trips[key] = trip with { State = TripStateJson.WithoutPhones(trip.State) };
            foreach (var (id, operation) in _operations.Where(pair => pair.Value.TripKey == key && pair.Value.Operation.Phone is not null).ToList())
                _operations[id] = operation with { Operation = operation.Operation with { Phone = null }, Body = ReadOnlyMemory<byte>.Empty };
        }
    }

    private void Prune(DateTimeOffset olderThan, long maximumLines)
    {
        var newest = _history.Count == 0 ? 0 : _history[^1].Id;
        var young = _history.Where(entry => entry.Line.At >= olderThan).Select(entry => entry.Id).DefaultIfEmpty(newest + 1).Min();
        var before = Math.Max(young, newest - maximumLines + 1);
        _history.RemoveAll(entry => entry.Id < before && !(entry.Line.TripKey is { } trip && _trips.TryGetValue(trip, out var known) && known.State.Busy));
        foreach (var (key, _) in _trips.Where(pair => pair.Value.ClosedAt < olderThan).ToList())
        {
            if (!_operations.Values.Any(operation => operation.TripKey == key) && !_history.Any(entry => entry.Line.TripKey == key))
                _trips.Remove(key);
        }
    }

    private Content Content()
    {
        var lines = new List<string>();
        foreach (var (key, trip) in _trips)
        {
            var flags = $"{Bit(trip.State.Busy)}|{Bit(trip.State.Unpaid)}|{Bit(TripStateJson.HasPhones(trip.State))}";
            var times = $"{Milliseconds(trip.LearntAt)}|{Milliseconds(trip.ChangedAt)}|{(trip.ClosedAt is { } closed ? Milliseconds(closed) : "")}";
            lines.Add(Spell($"trip|{key}|{trip.State.Trip!.Trip}|{flags}|{times}|{Encoding.UTF8.GetString(TripStateJson.Write(trip.State))}"));
        }

        foreach (var (id, o) in _operations)
            lines.Add(Spell($"operation|{id}|{o.TripKey}|{o.Operation.Kind}|{o.Operation.Phone?.Msisdn}|{Milliseconds(o.StoredAt)}|{Convert.ToHexString(o.Body.Span)}"));
        foreach (var (_, t) in _timers)
            lines.Add(Spell($"timer|{t.TripKey}|{t.Kind}|{t.Reference}|{Milliseconds(t.SetAt)}|{(long)t.After.TotalMilliseconds}"));
        foreach (var (id, h) in _history)
            lines.Add(Spell($"history|{id}|{h.TripKey}|{Milliseconds(h.At)}|{h.Text}"));
        foreach (var (id, known) in _identities)
            lines.Add(Spell($"identity|{id}|{known.Key}|{known.Content}"));
        foreach (var (name, value) in _settings)
            lines.Add(Spell($"setting|{name}|{value}"));
        lines.Add(Spell($"last key|{_lastKey}"));
        return new Content(lines);
    }

    private static string TimerName(long trip, TimerKind kind, Reference? reference) => Spell($"{trip:D9}|{kind}|{reference}");

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static char Bit(bool value) => value ? '1' : '0';

    private static string Spell(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Trip(TripState State, DateTimeOffset LearntAt, DateTimeOffset ChangedAt, DateTimeOffset? ClosedAt);
}
