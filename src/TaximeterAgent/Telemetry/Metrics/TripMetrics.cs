using TaximeterAgent.Control;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Telemetry.Metrics;

/// <summary>
/// Counts what becomes of the trips, once it is stored. On the engine's thread. Until somebody listens, what is to be recorded is kept, so that the instruments need not
/// be made before the agent has given its first answer.
/// </summary>
internal sealed class TripMetrics(TimeProvider time) : ITripWitness
{
    /// <summary>Measurements kept for a listener that has not come yet; later ones are lost to it.</summary>
    private const int EarlyMaximum = 256;

    /// <summary>Trips whose times are kept; further ones have no duration.</summary>
    private const int TimedMaximum = 1_000;

    private readonly Dictionary<long, TripTimes> _times = [];
    private List<Action<AgentMeter>>? _early = [];
    private volatile AgentMeter? _meter;

    /// <summary>True once there are instruments. From any thread.</summary>
    public bool Recording => _meter is not null;

    /// <summary>From now on there are instruments: what was kept is recorded.</summary>
    public void Use(AgentMeter meter)
    {
        _meter = meter;
        foreach (var record in _early ?? [])
            record(meter);
        _early = null;
    }

    public void Decided(long key, Input input, TripState before, TripState after)
    {
        var now = time.GetTimestamp();
        var times = _times.GetValueOrDefault(key);
        var changed = times with
        {
            Fare = before.Fare is null && after.Fare is not null && input is Input.FareReceived ? now : times.Fare,
            Asked = Any(before, after, (was, attempt) => attempt.Asks && attempt.Existence == Existence.Exists && was?.Existence is Existence.Unsent or Existence.Uncertain) ? now : times.Asked,
            Approved = Any(before, after, (was, attempt) => attempt.State == PaymentState.Authorized && was is { State: not PaymentState.Authorized, Existence: not Existence.Probing }) ? now : times.Approved,
        };
        if (changed != times && (_times.Count < TimedMaximum || _times.ContainsKey(key)))
            _times[key] = changed;
    }

    public void Committed(OutboxBatch batch, long began)
    {
        var took = time.GetElapsedTime(began).TotalSeconds;
        var sync = batch.Sync ? "true" : "false";
        Record(meter => meter.CommitDuration.Record(took, new KeyValuePair<string, object?>(MetricTable.Sync.Name, sync)));
    }

    public void Stored(long key, TripState? before, TripState after)
    {
        if (before?.Fare is null && after.Fare is { } fare)
            Record(meter => meter.Fares.Add(1, Of(MetricTable.Currency, fare.Total.Currency.ToString())));
        if (after.Word is { } word && word.Number != before?.Word?.Number)
            Spoken(key, after, word);
        if (after.Settled != SettledBy.Nobody && before?.Settled is null or SettledBy.Nobody && after.Settled != before?.Settled)
            Became(Kebab.Of(after.Settled));
        if (after.Stopped is not null && before?.Stopped is null)
            Became("stopped");
        Money(before, after);
        Approved(key, before, after);
        if (!after.Busy && !after.Unpaid)
            _times.Remove(key);
    }

    public void Calling(StoredOperation operation)
    {
    }

    public void Called(StoredOperation operation, CallReport report)
    {
        var kind = operation.Operation.Kind;
        var outcome = LastCalls.EndOf(kind, report) is { } end ? Kebab.Of(end) : "done";
        Record(meter => meter.Calls.Add(1, Of(MetricTable.Operation, Kebab.Of(kind)), Of(MetricTable.Outcome, outcome)));
    }

    public void Forgotten() => _times.Clear();

    private void Spoken(long key, TripState after, Word word)
    {
        Became(Kebab.Of(word.Kind));
        if (word.Reason is { } reason)
            Record(meter => meter.Unpaid.Add(1, Of(MetricTable.Reason, Kebab.Of(reason))));
        if (word.Kind != WordKind.Paid || !_times.TryGetValue(key, out var times))
            return;
        var kind = after.Attempts.FirstOrDefault(attempt => attempt.Reference == word.Reference)?.Kind ?? AttemptKind.Request;
        if (times.Fare is { } fare)
            Took("fare-to-paid", kind, fare);
        // A reservation was approved long before its fare.
        if (times.Approved is { } approved && kind == AttemptKind.Request)
            Took("approval-to-paid", kind, approved);
    }

    private void Approved(long key, TripState? before, TripState after)
    {
        var newly = after.Attempts.FirstOrDefault(attempt => attempt.State == PaymentState.Authorized && Was(before, attempt) is { State: not PaymentState.Authorized, Existence: not Existence.Probing });
        if (newly is not null && _times.TryGetValue(key, out var times) && times is { Asked: { } asked, Approved: { } approved })
        {
            var took = time.GetElapsedTime(asked, approved).TotalSeconds;
            Record(meter => meter.PaymentDuration.Record(took, Of(MetricTable.Stage, "request-to-approval"), Of(MetricTable.PaymentKind, Kebab.Of(newly.Kind))));
        }
    }

    // What a payment that was only looked for has had before is not money of this agent's time.
    private void Money(TripState? before, TripState after)
    {
        long captured = 0, refunded = 0;
        foreach (var attempt in after.Attempts)
        {
            if (Was(before, attempt) is not { Existence: not Existence.Probing } was)
                continue;
            captured += attempt.Captured - was.Captured;
            refunded += attempt.Refunded - was.Refunded;
        }

        if (after.Attempts.FirstOrDefault()?.Amount.Currency.ToString() is not { } currency)
            return;
        if (captured > 0)
            Record(meter => meter.Captured.Add(captured, Of(MetricTable.Currency, currency)));
        if (refunded > 0)
            Record(meter => meter.Refunded.Add(refunded, Of(MetricTable.Currency, currency)));
    }

    private void Became(string outcome) => Record(meter => meter.Trips.Add(1, Of(MetricTable.Outcome, outcome)));

    private void Took(string stage, AttemptKind kind, long since)
    {
        var took = time.GetElapsedTime(since).TotalSeconds;
        Record(meter => meter.PaymentDuration.Record(took, Of(MetricTable.Stage, stage), Of(MetricTable.PaymentKind, Kebab.Of(kind))));
    }

    private void Record(Action<AgentMeter> record)
    {
        if (_meter is { } meter)
            record(meter);
        else if (_early is { Count: < EarlyMaximum } early)
            early.Add(record);
    }

    private static bool Any(TripState before, TripState after, Func<Attempt?, Attempt, bool> condition) =>
        before.Attempts != after.Attempts && after.Attempts.Any(attempt => condition(Was(before, attempt), attempt));

    private static Attempt? Was(TripState? before, Attempt attempt) => before?.Attempts.FirstOrDefault(was => was.Reference == attempt.Reference);

    private static KeyValuePair<string, object?> Of(Label label, string value) => new(label.Name, value);

    /// <summary>Monotonic timestamps; null for what did not happen in this process.</summary>
    private readonly record struct TripTimes(long? Fare, long? Asked, long? Approved);
}
