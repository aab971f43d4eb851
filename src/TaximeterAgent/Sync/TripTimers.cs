using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>The times that trips wait for, counted on the monotonic clock. One per trip, kind and payment.</summary>
internal sealed class TripTimers(TimeProvider time)
{
    private readonly Dictionary<(long Trip, TimerKind Kind, Reference? Reference), long> _due = [];

    public long? NextDue => _due.Count == 0 ? null : _due.Values.Min();

    public void Start(long trip, TimerKind kind, Reference? reference, TimeSpan after) => _due[(trip, kind, reference)] = time.After(after);

    public void Stop(long trip, TimerKind kind, Reference? reference) => _due.Remove((trip, kind, reference));

    public void Clear() => _due.Clear();

    /// <summary>Takes up a stored timer. A clock that was wrong when it was set, or is wrong now, can neither end it before its time nor make it last longer than it was set for.</summary>
    public void Resume(StoredTimer timer)
    {
        var left = timer.SetAt + timer.After - time.GetUtcNow();
        Start(timer.TripKey, timer.Kind, timer.Reference, left < TimeSpan.Zero ? TimeSpan.Zero : left > timer.After ? timer.After : left);
    }

    /// <summary>Takes out one timer that is due.</summary>
    public bool TryTake(out (long Trip, TimerKind Kind, Reference? Reference) timer)
    {
        var now = time.GetTimestamp();
        foreach (var (key, at) in _due)
        {
            if (at > now)
                continue;
            timer = key;
            _due.Remove(key);
            return true;
        }

        timer = default;
        return false;
    }
}
