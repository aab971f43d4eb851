namespace TaximeterAgent.Simulator.Server;

/// <summary>Counts calls per operation and reference in a sliding window.</summary>
internal sealed class CallLimits(ServerOptions options)
{
    private readonly Dictionary<(string? Msn, Operation, string Reference), Queue<DateTimeOffset>> _calls = [];

    /// <summary>Counts the call; how long to wait if it was one too many. One that is refused does not count, or a client could never recover.</summary>
    public TimeSpan? Count(Call call)
    {
        var most = call.Operation switch
        {
            Operation.Create or Operation.Capture or Operation.Cancel or Operation.Refund => options.WritesPerWindow,
            Operation.Get or Operation.Events => options.ReadsPerWindow,
            _ => int.MaxValue,
        };
        if (most == int.MaxValue || call.Reference is null)
            return null;
        var key = (call.Msn, call.Operation, call.Reference);
        if (!_calls.TryGetValue(key, out var times))
        {
            if (_calls.Count >= options.MostPayments)
                ForgetOld(call.Now);
            _calls[key] = times = new Queue<DateTimeOffset>();
        }

        while (times.TryPeek(out var oldest) && call.Now - oldest >= options.RateWindow)
            times.Dequeue();
        if (times.Count >= most)
            return options.RateWindow - (call.Now - times.Peek());
        times.Enqueue(call.Now);
        return null;
    }

    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (key, times) in _calls.ToArray())
            if (times.All(t => now - t >= options.RateWindow))
                _calls.Remove(key);
    }
}
