using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Sync;

/// <summary>Remembers when calls were made for each reference and kind, and says when the next one may be. What lies behind the window is forgotten.</summary>
internal sealed class RateWindow(TimeProvider time, TimeSpan window, int maximum)
{
    private readonly Dictionary<(string Reference, OperationKind Kind), Queue<long>> _made = [];

    // The same calls in the order in which they were made, which is the order in which they are forgotten.
    private readonly Queue<((string Reference, OperationKind Kind) Call, long At)> _inOrder = [];
    private readonly Dictionary<(string Reference, OperationKind Kind), long> _notBefore = [];

    /// <summary>References and kinds that are remembered.</summary>
    public int Count => _made.Count + _notBefore.Count;

    /// <summary>The timestamp from which a call may be made; null for at once.</summary>
    public long? NotBefore(string reference, OperationKind kind)
    {
        var now = time.GetTimestamp();
        ForgetOld(now);
        long? from = _notBefore.TryGetValue((reference, kind), out var asked) && asked > now ? asked : null;
        if (!_made.TryGetValue((reference, kind), out var made) || made.Count < maximum)
            return from;
        return Math.Max(made.Peek() + time.Ticks(window), from ?? long.MinValue);
    }

    public void Made(string reference, OperationKind kind)
    {
        var now = time.GetTimestamp();
        ForgetOld(now);
        if (!Limited(kind))
            return;
        if (!_made.TryGetValue((reference, kind), out var made))
            _made[(reference, kind)] = made = new Queue<long>();
        made.Enqueue(now);
        _inOrder.Enqueue(((reference, kind), now));
    }

    /// <summary>The service has asked for patience.</summary>
    public void RetryAfter(string reference, OperationKind kind, TimeSpan wait)
    {
        var now = time.GetTimestamp();
        foreach (var (call, at) in _notBefore)
        {
            if (at <= now)
                _notBefore.Remove(call);
        }

        _notBefore[(reference, kind)] = time.After(wait);
    }

    private void ForgetOld(long now)
    {
        while (_inOrder.TryPeek(out var oldest) && oldest.At + time.Ticks(window) <= now)
        {
            _inOrder.Dequeue();
            var made = _made[oldest.Call];
            made.Dequeue();
            if (made.Count == 0)
                _made.Remove(oldest.Call);
        }
    }

    private static bool Limited(OperationKind kind) => kind is not (OperationKind.Query or OperationKind.PostReceipt);
}
