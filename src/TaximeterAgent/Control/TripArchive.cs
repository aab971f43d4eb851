using Microsoft.Data.Sqlite;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Control;

/// <summary>
/// The outbox as people read it: over a connection of its own, so that the engine does not wait for them. One reader at a time; opened when first asked.
/// </summary>
internal sealed class TripArchive(Func<IOutboxReader> open) : IDisposable
{
    private readonly Lock _lock = new();
    private IOutboxReader? _reader;

    /// <summary>Reads, or says why that is not possible.</summary>
    public Answer<T> Read<T>(Func<IOutboxReader, T> read)
        where T : class
    {
        lock (_lock)
        {
            try
            {
                return read(_reader ??= open());
            }
            catch (Exception e) when (e is OutboxUnusableException or SqliteException or TripStateUnreadableException)
            {
                Close();
                return Problem.Unreadable(e.Message);
            }
        }
    }

    /// <summary>The trips that match, newest first.</summary>
    public Answer<TripListReport> Trips(TripQuery query)
    {
        // One condition is the outbox's to look up; the other is looked at here, among as many as the outbox gives at once.
        var filter = query.Open == true ? TripFilter.Open : query.Failed == true ? TripFilter.Failed : TripFilter.All;
        var rest = (query.Open is not null && filter != TripFilter.Open) || (query.Failed is not null && filter != TripFilter.Failed);
        if (!Read(reader => reader.List(filter, query.Since, rest ? IOutboxReader.LimitMaximum : query.Limit)).Succeeded(out var problem, out var trips))
            return problem;
        var matching = trips.Where(trip => query.Open is not { } o || trip.Open == o).Where(trip => query.Failed is not { } f || trip.Failed == f).Take(query.Limit);
        return new TripListReport([.. matching.Select(Reporting.Of)]);
    }

    /// <summary>The one trip that is meant.</summary>
    public Answer<TripSummary> Find(string id)
    {
        if (id.Length is 0 or > 200)
            return Problem.UnknownTrip(id);
        if (!Read(reader => reader.FindByNumber(id)).Succeeded(out var problem, out var found))
            return problem;
        return found.Count switch
        {
            0 => Problem.UnknownTrip(id),
            1 => found[0],
            _ => Problem.Ambiguous(id, [.. found.Select(Reporting.IdOf)]),
        };
    }

    public Answer<IReadOnlyList<HistoryLine>> History(long key, int limit) => Read(reader => reader.HistoryOf(key, limit));

    public void Dispose()
    {
        lock (_lock)
            Close();
    }

    private void Close()
    {
        _reader?.Dispose();
        _reader = null;
    }
}
