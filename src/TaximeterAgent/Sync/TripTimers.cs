using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>The times that trips wait for, counted on the monotonic clock. One per trip, kind and payment.</summary>
internal sealed class TripTimers(TimeProvider time)
{
    private readonly Dictionary<(long Trip, TimerKind Kind, Reference? Reference), long> _due = [];

    // Asked for after every round of the engine, and changed far less often. Null where it has to be looked for again.
    private long? _earliest;

    public long? NextDue => _due.Count == 0 ? null : _earliest ??= _due.Values.Min();

    public void Start(long trip, TimerKind kind, Reference? reference, TimeSpan after)
    {
        _due[(trip, kind, reference)] = time.After(after);
        _earliest = null;
    }

    public void Stop(long trip, TimerKind kind, Reference? reference)
    {
        if (_due.Remove((trip, kind, reference)))
            _earliest = null;
    }

    public void Clear()
    {
        _due.Clear();
        _earliest = null;
    }

    /// <summary>Takes up a stored timer. A clock that was wrong when it was set, or is wrong now, can neither end it before its time nor make it last longer than it was set for.</summary>
    public void Resume(StoredTimer timer)
    {
        var left = timer.SetAt + timer.After - time.GetUtcNow();
        Start(timer.TripKey, timer.Kind, timer.Reference, left < TimeSpan.Zero ? TimeSpan.Zero : left > timer.After ? timer.After : left);
    }

    /// <summary>Takes out one timer that is due.</summary>
    public bool TryTake(out (long Trip, TimerKind Kind, Reference? Reference) timer)
    {
        timer = default;
        var now = time.GetTimestamp();
        if (!(NextDue <= now))
            return false;
        foreach (var (key, at) in _due)
        {
            if (at > now)
                continue;
            timer = key;
            _due.Remove(key);
            _earliest = null;
            return true;
        }

        return false;
    }
}
