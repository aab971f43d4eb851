using System.Text;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.Round;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

// Writing. Order within a batch: trips, then what hangs on them; timers are stopped before others are started, because a timer too many does no harm and a
// lost one does.
public sealed partial class SqliteOutbox
{
    // Of trips that were stored since the last fold: what the database has in their columns, without asking it.
    private readonly Dictionary<long, (TripColumns Columns, long? Closed)> _columns = [];

    // The highest key that was ever stored; null until it is asked for.
    private long? _highestKey;

    private long HighestKey => _highestKey ??= Use(OutboxSql.LastKey).Number();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The batch contradicts itself or the store, such as an operation of a trip that is not there: nothing of
    /// it is stored.</exception>
    public void Commit(OutboxBatch batch)
    {
        Usable();
        if (batch.IsEmpty)
        {
            if (batch.Sync)
                Write(sync: true, () => { });
            return;
        }

        // Made before the transaction: what cannot be written as JSON leaves the store alone.
        var states = batch.Trips
            .Select(trip => (trip.Key, State: TripStateJson.Durable(trip.Value), Json: Encoding.UTF8.GetString(TripStateJson.Write(trip.Value))))
            .ToList();
        Write(batch.Sync, () => Store(batch, states));
        // For an older agent, which reads the database alone.
        if (batch.Settings.ContainsKey(IOutbox.LastVersion))
            Idle();
    }

    private void Store(OutboxBatch batch, List<(long Key, TripState State, string Json)> states)
    {
        foreach (var (key, state, json) in states)
            StoreTrip(key, state, json);
        foreach (var (identity, known) in batch.Identities)
            Do(OutboxSql.SetIdentity, identity.ToBytes(), known.Key, known.Content);
        StoreLastKey(batch);
        foreach (var stored in batch.AddedOperations)
            StoreOperation(stored);
        foreach (var id in batch.RemovedOperations)
            Do(OutboxSql.RemoveOperation, id);
        foreach (var (trip, kind, reference) in batch.StoppedTimers)
            Do(OutboxSql.StopTimer, trip, kind.ToString(), reference?.ToString() ?? "");
        foreach (var t in batch.StartedTimers.Select(TimerRow.Of))
            Do(OutboxSql.StartTimer, t.TripKey, t.Kind, t.Reference, t.SetAt, t.After);
        foreach (var h in batch.History.Select(line => HistoryRow.Of(0, line)))
            Do(OutboxSql.AddHistory, h.TripKey, h.At, h.Actor, h.What, h.Text, h.Reference, h.Code, h.TraceId, h.Duration);
        foreach (var (name, value) in batch.Settings)
            Do(OutboxSql.SetSetting, name, value);
    }

    private void StoreTrip(long key, TripState state, string json)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var columns = new TripColumns(state);
        var (before, closed) = ColumnsOf(key);
        _columns.Remove(key);
        if (columns == before)
        {
            Do(OutboxSql.ChangeState, key, now, json);
        }
        else
        {
            closed = columns.Open ? null : closed ?? now;
            if (before is not null && columns.Named(before))
            {
                Do(
                    OutboxSql.ChangeFlags, key, Bit(columns.Open), Bit(columns.Unpaid), Bit(columns.Failed), Bit(columns.Phones), now, closed, json);
            }
            else
            {
                Do(
                    before is null ? OutboxSql.AddTrip : OutboxSql.ChangeTrip, key, columns.Meter, columns.Trip, columns.Start, columns.Booking, Bit(columns.Open),
                    Bit(columns.Unpaid), Bit(columns.Failed), Bit(columns.Phones), now, closed, json);
            }
        }

        _columns[key] = (columns, closed);
    }

    private (TripColumns? Columns, long? Closed) ColumnsOf(long key)
    {
        if (_columns.TryGetValue(key, out var known))
            return known;
        if (key > HighestKey)
            return default;
        using var row = Use(RoundSql.TripColumns).Query(key);
        return row.Read() ? (new TripColumns(row), row.Number(8)) : default;
    }

    private void ForgetColumns()
    {
        _columns.Clear();
        _highestKey = null;
    }

    private void StoreLastKey(OutboxBatch batch)
    {
        var highest = Math.Max(batch.Trips.Keys.DefaultIfEmpty().Max(), batch.Identities.Select(i => i.Known.Key).DefaultIfEmpty().Max());
        if (highest <= HighestKey)
            return;
        Do(OutboxSql.SetLastKey, highest);
        _highestKey = highest;
        _lastKey = Math.Max(_lastKey, highest);
    }

    private void StoreOperation(StoredOperation stored)
    {
        var o = OperationRow.Of(stored);
        Do(OutboxSql.AddOperation, o.Id, o.TripKey, o.Kind, o.Reference, o.BaseUrl, o.Msn, o.Amount, o.Currency, o.Phone, o.ReceiptOffset, o.StoredAt, o.Body.ToArray());
    }

    private static object Bit(bool value) => value ? 1L : 0L;

    /// <summary>What is kept of a state in columns of its own, to be found by.</summary>
    private sealed record TripColumns(string? Meter, string? Trip, string? Start, string? Booking, bool Open, bool Unpaid, bool Failed, bool Phones)
    {
        public TripColumns(TripState state)
            : this(
                state.Trip?.Meter,
                state.Trip?.Trip,
                state.Trip?.Start,
                state.BookingName,
                state.Busy,
                state.Unpaid,
                TripSummary.NeedsPerson(state),
                TripStateJson.HasPhones(state))
        {
        }

        /// <summary>True if it is called the same.</summary>
        public bool Named(TripColumns other) => (Meter, Trip, Start, Booking) == (other.Meter, other.Trip, other.Start, other.Booking);

        public TripColumns(SqliteDataReader row)
            : this(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.GetInt64(4) != 0, row.GetInt64(5) != 0, row.GetInt64(6) != 0, row.GetInt64(7) != 0)
        {
        }
    }
}
