namespace TaximeterAgent.Core.Ports;

/// <summary>Reads an outbox for people. Used from one thread.</summary>
public interface IOutboxReader : IDisposable
{
    /// <summary>The most that one call answers.</summary>
    const int LimitMaximum = 10_000;

    /// <summary>Trips, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="since">Only those learnt since then.</param>
    /// <param name="limit">At most so many, 1 to <see cref="LimitMaximum"/>.</param>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    IReadOnlyList<TripSummary> List(TripFilter filter = TripFilter.All, DateTimeOffset? since = null, int limit = 100);

    /// <summary>
    /// The trips that a person may mean: by the meter's own trip number, by <c>meter/trip/start</c>, or by a booking's name. More than one if the number
    /// recurs: then the whole name is needed.
    /// </summary>
    IReadOnlyList<TripSummary> FindByNumber(string text);

    /// <summary>What has happened to a trip, oldest first; the newest lines if there are more than <paramref name="limit"/>.</summary>
    IReadOnlyList<HistoryLine> HistoryOf(long tripKey, int limit = 1_000);

    /// <summary>How much there is.</summary>
    OutboxCounts Counts();

    /// <summary>When the oldest trip that is open was learnt; null if none is.</summary>
    DateTimeOffset? OldestOpen();

    /// <summary>How many trips a person has to look at.</summary>
    long Failed();
}
