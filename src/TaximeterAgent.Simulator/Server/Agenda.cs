namespace TaximeterAgent.Simulator.Server;

/// <summary>
/// What will happen by itself, in the order of time. Nothing here runs on a timer: what is due is done when somebody looks, at the time for which it
/// was meant. An entry whose reason has gone by then has to see so itself.
/// </summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action<DateTimeOffset>, (DateTimeOffset At, long Order)> _entries = new();
    private long _order;

    public DateTimeOffset? NextDue => _entries.TryPeek(out _, out var due) ? due.At : null;

    public void At(DateTimeOffset at, Action<DateTimeOffset> happens) => _entries.Enqueue(happens, (at, ++_order));

    /// <summary>Does all that was due until now. What that puts on the agenda is done too if it is due; each entry lies later in time or ends.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        while (_entries.TryPeek(out var happens, out var due) && due.At <= now)
        {
            _entries.Dequeue();
            happens(due.At);
        }
    }
}
