using System.Text;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

/// <summary>Reads the outbox for people: the agent's own for its control socket, or another process's while the agent runs. Used from one thread.</summary>
public sealed class OutboxReader : IOutboxReader
{
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

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public IReadOnlyList<TripSummary> FindByNumber(string text)
    {
        const int enough = 20;
        var parts = text.Split('/', 3);
        if (parts.Length == 3 && Summaries(OutboxSql.FindByTrip, parts[1], parts[0], parts[2], (long)enough) is { Count: > 0 } whole)
            return whole;
        return Summaries(OutboxSql.FindByNumber, text, (long)enough) is { Count: > 0 } found ? found : Summaries(OutboxSql.FindByBooking, text, (long)enough);
    }

    /// <inheritdoc/>
    public IReadOnlyList<HistoryLine> HistoryOf(long tripKey, int limit = 1_000)
    {
        var lines = new List<HistoryLine>();
        using (var row = _use(OutboxSql.HistoryOf).Query(tripKey, Limit(limit)))
        {
            while (row.Read())
            {
                lines.Add(new HistoryRow(
                    0, row.Number(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Text(5), row.Text(6), row.Text(7), row.Number(8)).ToLine());
            }
        }

        lines.Reverse();
        return lines;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public DateTimeOffset? OldestOpen()
    {
        using var row = _use(OutboxSql.OldestOpen).Query();
        return row.Read() ? row.Time(0) : null;
    }

    /// <inheritdoc/>
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
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IOutboxReader.LimitMaximum);
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
            found.Add(TripSummary.Of(
                key, state, (row.GetInt64(1), row.GetInt64(2), row.Number(3)), (row.GetInt64(4) != 0, row.GetInt64(5) != 0, row.GetInt64(6) != 0)));
        }

        return found;
    }
}
