namespace TaximeterAgent.Sync;

/// <summary>Remembers when calls were made for each reference and kind, and says when the next one may be.</summary>
internal sealed class RateWindow(TimeProvider time, TimeSpan window, int maximum)
{
    private readonly Dictionary<(string Reference, Core.Payments.OperationKind Kind), Queue<long>> _made = [];
    private readonly Dictionary<(string Reference, Core.Payments.OperationKind Kind), long> _notBefore = [];

    /// <summary>The timestamp from which a call may be made; null for at once.</summary>
    public long? NotBefore(string reference, Core.Payments.OperationKind kind)
    {
        var now = time.GetTimestamp();
        long? from = _notBefore.TryGetValue((reference, kind), out var asked) && asked > now ? asked : null;
        if (!Limited(kind) || !_made.TryGetValue((reference, kind), out var made))
            return from;
        while (made.TryPeek(out var oldest) && oldest + time.Ticks(window) <= now)
            made.Dequeue();
        if (made.Count < maximum)
            return from;
        var free = made.Peek() + time.Ticks(window);
        return from is { } later && later > free ? later : free;
    }

    public void Made(string reference, Core.Payments.OperationKind kind)
    {
        if (!Limited(kind))
            return;
        if (!_made.TryGetValue((reference, kind), out var made))
            _made[(reference, kind)] = made = new Queue<long>();
        made.Enqueue(time.GetTimestamp());
    }

    /// <summary>The service has asked for patience.</summary>
    public void RetryAfter(string reference, Core.Payments.OperationKind kind, TimeSpan wait) => _notBefore[(reference, kind)] = time.After(wait);

    /// <summary>Nothing is due for this reference any more.</summary>
    public void Forget(string reference)
    {
        foreach (var key in _made.Keys.Where(key => key.Reference == reference).ToList())
        {
            // A trip that is opened again within the window is still bound by it.
            if (_made[key].All(at => at + time.Ticks(window) <= time.GetTimestamp()))
                _made.Remove(key);
        }

        foreach (var key in _notBefore.Keys.Where(key => key.Reference == reference && _notBefore[key] <= time.GetTimestamp()).ToList())
            _notBefore.Remove(key);
    }

    private static bool Limited(Core.Payments.OperationKind kind) => kind is not (Core.Payments.OperationKind.Query or Core.Payments.OperationKind.PostReceipt);
}
