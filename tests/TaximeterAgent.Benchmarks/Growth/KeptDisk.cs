using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Simulation;

namespace TaximeterAgent.Benchmarks.Growth;

/// <summary>
/// An outbox that outlives the day of the simulation that is driven with it, and counts what the agent reads of it: the day's first opening. What comes after is the judge's,
/// who looks every trip up.
/// </summary>
internal sealed class KeptDisk(string directory) : IDisk
{
    private SqliteOutbox? _open;
    private bool _driven;
    private long _pages;
    private long _fromDisk;

    /// <summary>Pages that were looked into, in the cache or not, since the opening was complete.</summary>
    public long Pages => _driven ? _pages : Counted().Pages;

    /// <summary>Those of them that had to be read from the file.</summary>
    public long FromDisk => _driven ? _fromDisk : Counted().FromDisk;

    public IOutbox Open(TimeProvider time)
    {
        Close();
        _open = SqliteOutbox.Open(directory, time);
        // What is read to open it is another matter: it is counted by the time that it takes.
        _ = _open.PagesRead(reset: true);
        return _open;
    }

    /// <exception cref="InvalidOperationException">Always: a calm day has no power cuts.</exception>
    public void LosePower(Chance chance) => throw new InvalidOperationException("a calm day was to be driven");

    /// <summary>A day is over; the outbox stays.</summary>
    public void Dispose() => Close();

    private void Close()
    {
        // What the day has put off is of the day.
        _open?.Fold();
        (_pages, _fromDisk, _driven) = (Pages, FromDisk, _driven || _open is not null);
        _open?.Dispose();
        _open = null;
    }

    private (long Pages, long FromDisk) Counted()
    {
        var (found, missed) = _open?.PagesRead(reset: false) ?? default;
        return (found + missed, missed);
    }
}
