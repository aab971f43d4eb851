namespace TaximeterAgent.Core.Ports;

/// <summary>
/// All that an outbox holds, row by row, to be carried over to another store or compared with it. Only while nothing is committed.
/// </summary>
public interface IOutboxContent
{
    /// <summary>The highest key that was ever stored.</summary>
    long LastKey { get; }

    /// <summary>By key.</summary>
    IEnumerable<TripRow> Trips();

    /// <summary>By trip; those of a trip in the order in which they were stored.</summary>
    IEnumerable<OperationRow> Operations();

    /// <summary>By trip, kind and reference.</summary>
    IEnumerable<TimerRow> Timers();

    /// <summary>By id.</summary>
    IEnumerable<HistoryRow> History();

    /// <summary>By id.</summary>
    IEnumerable<IdentityRow> Identities();

    /// <summary>By name.</summary>
    IEnumerable<SettingRow> Settings();

    /// <summary>Fills a store that was just made with all that another holds. If it throws, or the power is cut, this store is to be thrown away.</summary>
    /// <param name="from">The other one.</param>
    /// <param name="stop">Asked now and then.</param>
    /// <exception cref="InvalidOperationException">This one is not empty.</exception>
    void TakeOver(IOutboxContent from, CancellationToken stop);
}
