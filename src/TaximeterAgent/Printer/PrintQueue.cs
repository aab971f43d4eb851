namespace TaximeterAgent.Printer;

/// <summary>
/// Slips that wait, in the order in which they came; bounded. What waits for too long is dropped: nobody wants the receipts of the last three customers when there is
/// paper again. Not safe for use from several threads at once.
/// </summary>
internal sealed class PrintQueue
{
    /// <summary>Slips that may wait.</summary>
    public const int Capacity = 8;

    private readonly LinkedList<PrintJob> _jobs = [];

    public int Count => _jobs.Count;

    /// <summary>Slips that were dropped: no room, or too old.</summary>
    public long Dropped { get; set; }

    /// <summary>What became of the newest link.</summary>
    public SlipState Link { get; set; }

    /// <summary>When the next of them is too old.</summary>
    public long? NextDue => _jobs.Count == 0 ? null : _jobs.Min(job => job.Until);

    public void Add(PrintJob job)
    {
        if (job.IsLink)
        {
            ForgetLink();
            Link = SlipState.Waiting;
        }

        if (_jobs.Count < Capacity)
            _jobs.AddLast(job);
        else
            Drop(job);
    }

    public void ForgetLink()
    {
        foreach (var waiting in _jobs.Where(job => job.IsLink).ToList())
            _jobs.Remove(waiting);
        Link = SlipState.None;
    }

    public PrintJob? Take()
    {
        if (_jobs.First is not { } first)
            return null;
        _jobs.RemoveFirst();
        return first.Value;
    }

    /// <summary>Drops what is too old.</summary>
    public void DropOld(long now)
    {
        foreach (var old in _jobs.Where(job => job.Until <= now).ToList())
        {
            _jobs.Remove(old);
            Drop(old);
        }
    }

    /// <summary>A slip will never be printed, or not to its end.</summary>
    public void Drop(PrintJob job)
    {
        Dropped++;
        if (job.IsLink && Link == SlipState.Waiting)
            Link = SlipState.Dropped;
    }
}
