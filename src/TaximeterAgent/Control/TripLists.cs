using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Control;

/// <summary>What the outbox's lists say of it and of its trips, for a status: the same of the running agent's outbox and of a copy.</summary>
/// <param name="Counts">Null if they cannot be read.</param>
/// <param name="Failed">At most <see cref="StatusLimits.Alarms"/>, newest first.</param>
/// <param name="Open">Newest first.</param>
/// <param name="Unreadable">Why they cannot be read.</param>
internal sealed record TripLists(OutboxCounts? Counts, IReadOnlyList<TripSummary> Failed, IReadOnlyList<TripSummary> Open, string? Unreadable)
{
    /// <summary>Reads them. An outbox that cannot be read is one of the things to tell, not a reason to tell nothing.</summary>
    public static TripLists Of(TripArchive archive) =>
        !archive.Read(reader => reader.Counts()).Succeeded(out var problem, out var counts)
        || !archive.Read(reader => reader.List(TripFilter.Failed, limit: StatusLimits.Alarms)).Succeeded(out problem, out var failed)
        || !archive.Read(reader => reader.List(TripFilter.Open, limit: TripQuery.LimitMaximum)).Succeeded(out problem, out var open)
            ? new TripLists(null, [], [], problem.Message)
            : new TripLists(counts, failed, open, null);

    /// <summary>The outbox as it is stored: nothing is on its way, and that it cannot be written is not known.</summary>
    /// <param name="trips">By their keys.</param>
    /// <param name="next">What comes next for one of them.</param>
    public OutboxReport Outbox(IEnumerable<KeyValuePair<long, TripState>> trips, Func<TripState, NextReport> next)
    {
        var learnt = Open.ToDictionary(trip => trip.Key, trip => trip.LearntAt);
        var waiting = trips.Where(trip => trip.Value.Busy).OrderBy(trip => trip.Key).Take(StatusLimits.Waiting);
        return new OutboxReport
        {
            Writable = true,
            Operations = (int)(Counts?.Operations ?? 0),
            OnTheirWay = 0,
            OldestOpenTrip = Open.Count == 0 ? null : Open[^1].LearntAt,
            Unreadable = Unreadable,
            Waiting = [.. waiting.Select(trip => new WaitingReport(Reporting.IdOf(trip.Value), next(trip.Value), learnt.TryGetValue(trip.Key, out var at) ? at : null))],
        };
    }

    /// <summary>How many trips are how; null if that cannot be read.</summary>
    /// <param name="trips">Among them all that a technician holds.</param>
    public TripCountsReport? Trips(IEnumerable<TripState> trips) => Counts is { } counts
        ? new TripCountsReport { Open = counts.Open, Unpaid = counts.Unpaid, Failed = counts.Failed, Held = trips.LongCount(trip => trip.Held) }
        : null;
}
