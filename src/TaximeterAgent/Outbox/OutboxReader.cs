using System.Text;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

/// <summary>Reads the outbox for people: the agent's own for its control socket, or another process's while the agent runs. Used from one thread.</summary>
public sealed class OutboxReader : IDisposable
{
    /// <summary>The most that one call answers.</summary>
    public const int LimitMaximum = 10_000;

    internal const string NothingHere = "there is no outbox here. Has the agent run with this configuration?";

    private readonly Func<string, Statement> _use;
    private readonly Dictionary<string, Statement> _statements = [];
    private readonly SqliteConnection? _own;

    internal OutboxReader(Func<string, Statement> use) => _use = use;

    private OutboxReader(SqliteConnection own)
    {
        _own = own;
        _use = sql => _statements.TryGetValue(sql, out var statement) ? statement : _statements[sql] = new Statement(own, sql);
    }

    /// <summary>Opens an outbox to read only; the agent may run meanwhile.</summary>
    /// <exception cref="OutboxUnusableException">There is none, or it cannot be read.</exception>
    public static OutboxReader Open(string directory)
    {
        var files = new OutboxFiles(directory);
        if (!files.Check(Schema.Migrations[^1].Version))
            throw new OutboxUnusableException(files.Database, NothingHere) { Trouble = OutboxTrouble.Missing };
        try
        {
            return new OutboxReader(OutboxConnection.OpenForReading(files.Database));
        }
        catch (Exception e)
        {
            throw OutboxMaking.Explain(files, e);
        }
    }

    /// <summary>Trips, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="since">Only those learnt since then.</param>
    /// <param name="limit">At most so many, 1 to <see cref="LimitMaximum"/>.</param>
    public IReadOnlyList<TripSummary> List(TripFilter filter = TripFilter.All, DateTimeOffset? since = null, int limit = 100)
    {
        var sql = filter switch
        {
            TripFilter.Open => OutboxSql.ListOpen,
            TripFilter.Unpaid => OutboxSql.ListUnpaid,
            TripFilter.Failed => OutboxSql.ListFailed,
            _ => OutboxSql.List,
        };
        return Summaries(sql, since?.ToUnixTimeMilliseconds() ?? long.MinValue, Limit(limit));
    }

    /// <summary>
    /// The trips that a person may mean: by the meter's own trip number, by <c>meter/trip/start</c>, or by a booking's name. More than one if the number
    /// recurs: then the whole name is needed.
    /// </summary>
    public IReadOnlyList<TripSummary> FindByNumber(string text)
    {
        const int enough = 20;
        var parts = text.Split('/', 3);
        if (parts.Length == 3 && Summaries(OutboxSql.FindByTrip, parts[1], parts[0], parts[2], (long)enough) is { Count: > 0 } whole)
            return whole;
        return Summaries(OutboxSql.FindByNumber, text, (long)enough) is { Count: > 0 } found ? found : Summaries(OutboxSql.FindByBooking, text, (long)enough);
    }

    /// <summary>What has happened to a trip, oldest first; the newest lines if there are more than <paramref name="limit"/>.</summary>
    public IReadOnlyList<HistoryLine> HistoryOf(long tripKey, int limit = 1_000)
    {
        var lines = new List<HistoryLine>();
        using (var row = _use(OutboxSql.HistoryOf).Query(tripKey, Limit(limit)))
        {
            while (row.Read())
            {
                TimeSpan? duration = row.Number(8) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
                lines.Add(new HistoryLine(
                    row.Number(0), row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Text(5), row.Text(6), row.Text(7), duration));
            }
        }

        lines.Reverse();
        return lines;
    }

    public OutboxCounts Counts()
    {
        var newest = _use(OutboxSql.NewestHistory).Number();
        return new OutboxCounts(
            _use(OutboxSql.CountOpen).Number(),
            _use(OutboxSql.CountUnpaid).Number(),
            _use(OutboxSql.CountFailed).Number(),
            _use(OutboxSql.CountOperations).Number(),
            newest == 0 ? 0 : newest - _use(OutboxSql.OldestHistory).Number() + 1,
            _use("PRAGMA page_count").Number() * _use("PRAGMA page_size").Number());
    }

    /// <summary>When the oldest trip that is open was learnt; null if none is.</summary>
    public DateTimeOffset? OldestOpen()
    {
        using var row = _use(OutboxSql.OldestOpen).Query();
        return row.Read() ? row.Time(0) : null;
    }

    /// <summary>How many trips a person has to look at.</summary>
    public long Failed() => _use(OutboxSql.CountFailed).Number();

    /// <summary>Closes it, if it was opened by itself.</summary>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _own?.Dispose();
    }

    private static object Limit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMaximum);
        return (long)limit;
    }

    private List<TripSummary> Summaries(string sql, params object?[] values)
    {
        var found = new List<TripSummary>();
        using var row = _use(sql).Query(values);
        while (row.Read())
        {
            var key = row.GetInt64(0);
            var state = TripStateJson.Read(key, Encoding.UTF8.GetBytes(row.GetString(7)));
            found.Add(new TripSummary(
                key,
                state.Trip,
                state.BookingName,
                row.Time(1),
                row.Time(2),
                row.IsDBNull(3) ? null : row.Time(3),
                row.GetInt64(4) != 0,
                row.GetInt64(5) != 0,
                row.GetInt64(6) != 0,
                state.Fare?.Total,
                state.Kept,
                state.Refunded,
                state.Phone?.Masked,
                state.Word,
                [.. state.Attempts.Select(a => a.Reference)],
                state.Stopped));
        }

        return found;
    }
}
