namespace TaximeterAgent.Simulation;

/// <summary>The world's true time, in ticks since its beginning, and what will happen. It stands still until <see cref="RunNext"/>.</summary>
internal sealed class VirtualClock
{
    private readonly PriorityQueue<Action, (long At, long Order)> _agenda = new();
    private long _order;

    public long Now { get; private set; }

    public long? NextDue => _agenda.TryPeek(out _, out var due) ? due.At : null;

    public void After(TimeSpan delay, Action happens) => _agenda.Enqueue(happens, (Now + Math.Max(0, delay.Ticks), ++_order));

    /// <summary>Moves on to a time not before now.</summary>
    public void MoveTo(long ticks) => Now = Math.Max(Now, ticks);

    /// <summary>Lets one thing happen that is due; false if nothing is.</summary>
    public bool RunNext()
    {
        if (!_agenda.TryPeek(out var happens, out var due) || due.At > Now)
            return false;
        _agenda.Dequeue();
        happens();
        return true;
    }
}
