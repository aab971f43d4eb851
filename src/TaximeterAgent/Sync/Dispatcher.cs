using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>
/// Tries the operations that are due. Those of one reference strictly one after the other, each kind within its rate, and no more at a time than the limit.
/// It decides nothing: what came of a try goes back as an input. Lives on the engine's thread; <see cref="RunDue"/> is called only when all is stored.
/// </summary>
internal sealed class Dispatcher
{
    private readonly IPaymentCalls _calls;
    private readonly TimeProvider _time;
    private readonly DispatchOptions _options;
    private readonly IIdSource _ids;
    private readonly Func<Action, bool> _post;
    private readonly Action<StoredOperation, CallReport> _tried;
    private readonly ITripWitness? _witness;
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly PriorityQueue<Entry, long> _due = new();
    private readonly HashSet<string> _busyReferences = [];
    private readonly Dictionary<Entry, long> _begun = [];
    private readonly RateWindow _rate;
    private readonly PollPace _pace;
    private readonly CancellationTokenSource _stop = new();

    public Dispatcher(
        IPaymentCalls calls,
        TimeProvider time,
        DispatchOptions options,
        IIdSource ids,
        Func<Action, bool> post,
        Action<StoredOperation, CallReport> tried,
        ITripWitness? witness = null)
    {
        _witness = witness;
        _calls = calls;
        _time = time;
        _options = options;
        _ids = ids;
        _post = post;
        _tried = tried;
        _pace = new PollPace(time, options);
        _rate = new RateWindow(time, options.RateWindow, options.RateMaximum);
    }

    /// <summary>False after a try that could not reach the service, until one does.</summary>
    public bool Online { get; private set; } = true;

    /// <summary>Calls on their way.</summary>
    public int InFlight { get; private set; }

    /// <summary>True while a call has not come back that has to by now, whatever the network does: its task is stuck, and with it its reference.</summary>
    public bool Overdue => _begun.Count > 0 && _time.GetElapsedTime(_begun.Values.Min()) > _options.TryBound;

    /// <summary>Operations known, scheduled or resting.</summary>
    public int Count => _entries.Count;

    /// <summary>When <see cref="RunDue"/> wants to be called; null if nothing is scheduled.</summary>
    public long? NextDue
    {
        get
        {
            Tidy();
            return InFlight < _options.InFlightMaximum && _due.TryPeek(out _, out var at) ? at : null;
        }
    }

    /// <summary>Takes an operation that rests until it is scheduled.</summary>
    public void Add(StoredOperation stored) => _entries.TryAdd(stored.Operation.Id, new Entry(stored));

    public void Plan(string id, When when)
    {
        if (!_entries.TryGetValue(id, out var entry) || entry.State == EntryState.InFlight)
            return;
        entry.WaitsForNetwork = when is When.Backoff && !Online;
        Plan(entry, when switch
        {
            When.FirstPoll => _time.After(_pace.First(entry.Stored.Operation.Reference)),
            When.NextPoll => _time.After(_pace.Next(entry.Stored.Operation.Reference)),
            When.Backoff backoff => _time.After(_options.Backoff(backoff.Failures, _ids.NextFraction())),
            _ => _time.GetTimestamp(),
        });
    }

    /// <summary>Takes an operation back, if it is not on its way.</summary>
    public bool Withdraw(string id)
    {
        if (!_entries.TryGetValue(id, out var entry) || entry.State != EntryState.Planned)
            return false;
        entry.State = EntryState.Resting;
        if (entry.Stored.Operation.Kind == OperationKind.Query)
            _entries.Remove(id);
        return true;
    }

    /// <summary>Tries what is planned at once, as soon as its reference and the rate allow.</summary>
    /// <returns>True if it had to wait for longer.</returns>
    public bool Hasten(string id)
    {
        if (!_entries.TryGetValue(id, out var entry) || entry.State != EntryState.Planned)
            return false;
        var now = _time.GetTimestamp();
        var waited = entry.DueAt > now;
        Plan(entry, now);
        return waited;
    }

    /// <summary>Done for good. One that is on its way comes to its end, and nobody hears of it but the history.</summary>
    public void Forget(string id)
    {
        if (_entries.Remove(id, out var entry) && entry.State == EntryState.Planned)
            entry.State = EntryState.Resting;
    }

    /// <summary>Forgets all but what is on its way, to be filled anew from the store.</summary>
    public void Clear()
    {
        foreach (var entry in _entries.Values.Where(entry => entry.State == EntryState.Planned))
            entry.State = EntryState.Resting;
        _entries.Clear();
        _due.Clear();
    }

    /// <summary>When an operation is due, for people: null if it rests, is on its way or is unknown.</summary>
    public TimeSpan? DueIn(string id) =>
        _entries.TryGetValue(id, out var entry) && entry.State == EntryState.Planned
            ? TimeSpan.FromSeconds(Math.Max(0, (double)(entry.DueAt - _time.GetTimestamp()) / _time.TimestampFrequency))
            : null;

    /// <summary>All operations that are known, for people; in no order.</summary>
    public IEnumerable<QueuedOperation> Queue() =>
        _entries.Values.Select(entry => new QueuedOperation(
            entry.Stored,
            entry.State switch
            {
                EntryState.InFlight => QueueState.OnItsWay,
                EntryState.Planned => QueueState.Planned,
                _ => QueueState.Resting,
            },
            DueIn(entry.Stored.Operation.Id),
            entry.WaitsForNetwork && !Online));

    /// <summary>Starts what is due.</summary>
    public void RunDue()
    {
        var now = _time.GetTimestamp();
        while (InFlight < _options.InFlightMaximum && _due.TryPeek(out var entry, out var at) && at <= now)
        {
            _due.Dequeue();
            if (!entry.IsDueAt(at))
                continue;
            if (_busyReferences.Contains(entry.Reference))
            {
                // Planned again by the end of what blocks it.
                entry.BlockedByReference = true;
            }
            else if (_rate.NotBefore(entry.Reference, entry.Kind) is { } notBefore && notBefore > now)
            {
                Plan(entry, notBefore);
            }
            else
            {
                _ = StartAsync(entry);
            }
        }
    }

    /// <summary>Stops what is on its way; its outcome is unknown, and the next start reads it.</summary>
    public void Stop() => _stop.Cancel();

    private async Task StartAsync(Entry entry)
    {
        entry.State = EntryState.InFlight;
        InFlight++;
        _begun[entry] = _time.GetTimestamp();
        _busyReferences.Add(entry.Reference);
        _rate.Made(entry.Reference, entry.Kind);
        _witness?.Calling(entry.Stored);
        CallReport report;
        try
        {
            report = await _calls.TryAsync(entry.Stored, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever goes wrong inside a try, its outcome is unknown and the trip goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            report = new CallReport(new TryOutcome.Unknown(e.GetType().Name), e.GetType().Name);
        }

        _post(() => Completed(entry, report));
    }

    private void Completed(Entry entry, CallReport report)
    {
        InFlight--;
        _begun.Remove(entry);
        _busyReferences.Remove(entry.Reference);
        entry.State = EntryState.Resting;
        if (entry.Kind == OperationKind.Query)
            _entries.Remove(entry.Stored.Operation.Id);
        if (report.Outcome is TryOutcome.Refused { RetryAfter: { } wait })
            _rate.RetryAfter(entry.Reference, entry.Kind, wait < _options.BackoffMost ? wait : _options.BackoffMost);
        NoteNetwork(report);
        foreach (var blocked in _entries.Values.Where(other => other.BlockedByReference && other.Reference == entry.Reference))
            Plan(blocked, _time.GetTimestamp());
        _witness?.Called(entry.Stored, report);
        _tried(entry.Stored, report);
    }

    private void NoteNetwork(CallReport report)
    {
        if (report.Outcome is TryOutcome.NotSent or TryOutcome.Unknown)
        {
            Online &= !report.Offline;
            return;
        }

        if (Online)
            return;
        Online = true;
        // The network is back: what waited for it does not wait longer.
        foreach (var entry in _entries.Values.Where(entry => entry is { WaitsForNetwork: true, State: EntryState.Planned }))
            Plan(entry, _time.GetTimestamp());
    }

    private void Plan(Entry entry, long at)
    {
        entry.State = EntryState.Planned;
        entry.BlockedByReference = false;
        entry.DueAt = at;
        _due.Enqueue(entry, at);
    }

    // Entries are not taken out of the middle of the queue: those that have moved are passed over.
    private void Tidy()
    {
        while (_due.TryPeek(out var entry, out var at) && !entry.IsDueAt(at))
            _due.Dequeue();
    }

    private enum EntryState
    {
        Resting,
        Planned,
        InFlight,
    }

    private sealed class Entry(StoredOperation stored)
    {
        public StoredOperation Stored { get; } = stored;

        public string Reference { get; } = stored.Operation.Reference.ToString();

        public OperationKind Kind => Stored.Operation.Kind;

        public EntryState State { get; set; }

        public long DueAt { get; set; }

        public bool WaitsForNetwork { get; set; }

        public bool BlockedByReference { get; set; }

        public bool IsDueAt(long at) => State == EntryState.Planned && DueAt == at && !BlockedByReference;
    }
}
