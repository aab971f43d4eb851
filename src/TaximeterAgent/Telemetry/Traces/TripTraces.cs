using System.Diagnostics;
using System.Text.Json;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry.Metrics;

namespace TaximeterAgent.Telemetry.Traces;

/// <summary>
/// Makes a trace of each trip. Spans are made when they have ended, with the times that were noted, so that none is ever current while the engine works. On the engine's
/// thread. Until somebody listens, what is to be made is kept.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="car">What the payments' references begin with: prefix and car.</param>
/// <param name="version">The agent's.</param>
internal sealed class TripTraces(TimeProvider time, string car, string version) : ITripWitness, IDisposable
{
    /// <summary>Spans kept for a listener that has not come yet.</summary>
    private const int EarlyMaximum = 512;

    /// <summary>Trips with an open span at a time; further ones have none.</summary>
    private const int OpenMaximum = 1_000;

    /// <summary>Inputs told of one commit.</summary>
    private const int InputsMaximum = 16;

    /// <summary>A round of the engine takes milliseconds: what came longer ago was of another, which had nothing to store.</summary>
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);

    private readonly ActivitySource _source = new(SpanTable.SourceName, version);
    private readonly Dictionary<long, TracedTrip> _trips = [];
    private List<Action>? _early = [];
    private (long Began, long Ended, bool Sync) _commit;

    /// <summary>From now on somebody listens: what was kept is made.</summary>
    public void Use()
    {
        foreach (var make in _early ?? [])
            make();
        _early = null;
    }

    public void Decided(long key, Input input, TripState before, TripState after)
    {
        if (!_trips.TryGetValue(key, out var trip) && (trip = Begin(key, input, after)) is null)
            return;
        var now = time.GetTimestamp();
        if (input is Input.PaymentHint)
            Make(() => trip.Root?.AddEvent(new ActivityEvent(SpanTable.HintEvent, trip.At(time, now))));
        if (trip.Telling is { } telling && after.Word is { Acknowledged: true } word && word.Number == telling.Word.Number)
            Told(trip, now);
        if (trip.Inputs.Count > 0 && time.GetElapsedTime(trip.InputsSince, now) > s_round)
            trip.Inputs.Clear();
        if (trip.Inputs.Count == 0)
            trip.InputsSince = now;
        if (trip.Inputs.Count < InputsMaximum)
            trip.Inputs.Add(NameOf(input));
    }

    public void Committed(OutboxBatch batch, long began) => _commit = (began, time.GetTimestamp(), batch.Sync);

    public void Stored(long key, TripState? before, TripState after)
    {
        if (!_trips.TryGetValue(key, out var trip))
            return;
        var (began, ended, sync) = _commit;
        var inputs = string.Join(' ', trip.Inputs);
        var since = trip.Inputs.Count > 0 ? trip.InputsSince : began;
        trip.Inputs.Clear();
        Make(() =>
        {
            if (Child(trip, trip.Root, SpanTable.Decide.Name, ActivityKind.Internal, since, ended, [Of(SpanTable.Inputs, inputs)]) is { } decide)
                _ = Child(trip, decide, SpanTable.Commit.Name, ActivityKind.Internal, began, ended, [Of(MetricTable.Sync, sync)]);
        });
        if (after.Word is { } word && word.Number != before?.Word?.Number)
            (trip.Outcome, trip.Telling) = (Kebab.Of(word.Kind), word.Acknowledged ? null : (word, ended));
        else if (after.Settled != SettledBy.Nobody && trip.Outcome is null)
            trip.Outcome = Kebab.Of(after.Settled);
        if (after.Stopped is not null)
            trip.Outcome = "stopped";
        if (!IsOpen(after))
            End(key, trip, ended, unfinished: false);
    }

    public void Calling(StoredOperation operation)
    {
        if (_trips.TryGetValue(operation.TripKey, out var trip))
            trip.Calls[operation.Operation.Id] = time.GetTimestamp();
    }

    public void Called(StoredOperation operation, CallReport report)
    {
        var what = operation.Operation;
        if (!_trips.TryGetValue(operation.TripKey, out var trip) || !trip.Calls.Remove(what.Id, out var began))
            return;
        var ended = time.GetTimestamp();
        Make(() =>
        {
            var failure = LastCalls.EndOf(what.Kind, report) is { } end ? Kebab.Of(end) : null;
            var service = new Uri(what.SalesUnit.BaseUrl);
            List<KeyValuePair<string, object?>> says =
            [
                Of(MetricTable.Operation, Kebab.Of(what.Kind)),
                Of(MetricTable.Outcome, failure ?? "done"),
                Of(SpanTable.Address, service.Host),
                Of(SpanTable.Port, service.Port),
            ];
            if (AnswerCode.Read(report.Code) is { } code)
                says.Add(Of(SpanTable.Status, code.Status));
            if (failure is not null)
                says.Add(Of(SpanTable.Error, failure));
            Child(trip, trip.Root, Kebab.Of(what.Kind), ActivityKind.Client, began, ended, says, failed: failure is not null);
        });
    }

    public void Forgotten()
    {
        foreach (var trip in _trips.Values)
            trip.Inputs.Clear();
    }

    /// <summary>Ends what is open, for a process that ends. After the engine's last round.</summary>
    public void EndAll()
    {
        foreach (var (key, trip) in _trips.ToList())
            End(key, trip, time.GetTimestamp(), unfinished: true);
    }

    public void Dispose() => _source.Dispose();

    // A fare whose number the driver has yet to key is open too, though nothing is under way; one that was told unpaid is not.
    private static bool IsOpen(TripState trip) => trip.Stopped is null && (trip.Busy || (trip.Unpaid && trip.Word is null));

    private static string NameOf(Input input) => input switch
    {
        Input.Tried tried => $"{Kebab.Of(tried.Kind)}-tried",
        Input.Due due => $"{Kebab.Of(due.Timer)}-due",
        _ => JsonNamingPolicy.KebabCaseLower.ConvertName(input.GetType().Name),
    };

    private TracedTrip? Begin(long key, Input input, TripState after)
    {
        if (_trips.Count >= OpenMaximum || !IsOpen(after) || TraceName.Of(car, after) is not { } trace)
            return null;
        var trip = _trips[key] = new TracedTrip(trace, time.GetTimestamp(), time.GetUtcNow());
        var resumed = input is not (Input.FareReceived or Input.BookReceived);
        Make(() =>
        {
            // Without a parent, of a trace that is said: a span that is recorded in any case.
            var context = new ActivityContext(trip.Trace, default, ActivityTraceFlags.Recorded);
            trip.Root = Apart(() => _source.StartActivity(SpanTable.Trip.Name, ActivityKind.Internal, context, [Of(SpanTable.Resumed, resumed)], startTime: trip.At(time, trip.Began)));
        });
        return trip;
    }

    private void Told(TracedTrip trip, long now)
    {
        var (word, since) = trip.Telling!.Value;
        trip.Telling = null;
        Make(() => Child(trip, trip.Root, SpanTable.Tell.Name, ActivityKind.Internal, since, now, [Of(SpanTable.Word, Kebab.Of(word.Kind))]));
    }

    private void End(long key, TracedTrip trip, long now, bool unfinished)
    {
        _trips.Remove(key);
        Make(() =>
        {
            if (trip.Root is not { } root)
                return;
            if (trip.Outcome is { } outcome)
                root.SetTag(MetricTable.Outcome.Name, outcome);
            if (unfinished)
                root.SetTag(SpanTable.Unfinished.Name, true);
            root.SetEndTime(trip.At(time, now));
            Apart(() =>
            {
                root.Stop();
                return root;
            });
        });
    }

    private Activity? Child(
        TracedTrip trip, Activity? parent, string name, ActivityKind kind, long began, long ended, IEnumerable<KeyValuePair<string, object?>> says, bool failed = false) => parent is null ? null : Apart(() =>
        {
            var span = _source.StartActivity(name, kind, parent.Context, says, startTime: trip.At(time, began));
            if (failed)
                span?.SetStatus(ActivityStatusCode.Error);
            span?.SetEndTime(trip.At(time, ended)).Stop();
            return span;
        });

    private void Make(Action make)
    {
        if (_early is null)
            make();
        else if (_early.Count < EarlyMaximum)
            _early.Add(make);
    }

    // What the engine does next is not of this span, nor this span of what the engine is in.
    private static Activity? Apart(Func<Activity?> make)
    {
        var before = Activity.Current;
        Activity.Current = null;
        try
        {
            return make();
        }
        finally
        {
            Activity.Current = before;
        }
    }

    private static KeyValuePair<string, object?> Of(Label label, object value) => new(label.Name, value);
}
