using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

// Writing. Order within a batch: trips, then what hangs on them; timers are stopped before others are started, because a timer too many does no harm and a
// lost one does.
public sealed partial class SqliteOutbox
{
    private bool _full = true;
    private bool _unsynced;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The batch contradicts itself or the store, such as an operation of a trip that is not there: nothing of
    /// it is stored.</exception>
    public void Commit(OutboxBatch batch)
    {
        Usable();
        if (batch.IsEmpty && !(batch.Sync && _unsynced))
            return;
        // Made before the transaction: what cannot be written as JSON leaves the store alone.
        var states = batch.Trips
            .Select(trip => (trip.Key, State: TripStateJson.Durable(trip.Value), Json: Encoding.UTF8.GetString(TripStateJson.Write(trip.Value))))
            .ToList();
        Write(batch.Sync, () => Store(batch, states));
    }

    private void Store(OutboxBatch batch, List<(long Key, TripState State, string Json)> states)
    {
        if (batch.IsEmpty)
            // Something has to be committed for the sync to happen; it covers everything before it.
            Use(OutboxSql.Flush).Run();
        foreach (var (key, state, json) in states)
            StoreTrip(key, state, json);
        foreach (var (identity, known) in batch.Identities)
            Use(OutboxSql.SetIdentity).Run(BytesOf(identity), known.Key, known.Content);
        StoreLastKey(batch);
        foreach (var stored in batch.AddedOperations)
            StoreOperation(stored);
        foreach (var id in batch.RemovedOperations)
            Use(OutboxSql.RemoveOperation).Run(id);
        foreach (var (trip, kind, reference) in batch.StoppedTimers)
            Use(OutboxSql.StopTimer).Run(trip, kind.ToString(), reference?.ToString() ?? "");
        foreach (var t in batch.StartedTimers)
            Use(OutboxSql.StartTimer).Run(t.TripKey, t.Kind.ToString(), t.Reference?.ToString() ?? "", t.SetAt.ToUnixTimeMilliseconds(), Milliseconds(t.After));
        foreach (var h in batch.History)
        {
            Use(OutboxSql.AddHistory).Run(
                h.TripKey, h.At.ToUnixTimeMilliseconds(), h.Actor, h.What, h.Text, h.Reference, h.Code, h.TraceId,
                h.Duration is { } duration ? Milliseconds(duration) : null);
        }

        foreach (var (name, value) in batch.Settings)
            Use(OutboxSql.SetSetting).Run(name, value);
    }

    private void StoreTrip(long key, TripState state, string json)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var columns = new TripColumns(state);
        TripColumns? before = null;
        long? closed = null;
        using (var row = Use(OutboxSql.TripColumns).Query(key))
        {
            if (row.Read())
            {
                before = new TripColumns(row);
                closed = row.Number(8);
            }
        }

        if (columns == before)
        {
            Use(OutboxSql.ChangeState).Run(key, now, json);
            return;
        }

        closed = columns.Open ? null : closed ?? now;
        Use(before is null ? OutboxSql.AddTrip : OutboxSql.ChangeTrip).Run(
            key, columns.Meter, columns.Trip, columns.Start, columns.Booking, Bit(columns.Open), Bit(columns.Unpaid), Bit(columns.Failed), Bit(columns.Phones),
            now, closed, json);
    }

    private void StoreLastKey(OutboxBatch batch)
    {
        var highest = Math.Max(batch.Trips.Keys.DefaultIfEmpty().Max(), batch.Identities.Select(i => i.Known.Key).DefaultIfEmpty().Max());
        if (highest <= Use(OutboxSql.LastKey).Number())
            return;
        Use(OutboxSql.SetLastKey).Run(highest);
        _lastKey = Math.Max(_lastKey, highest);
    }

    private void StoreOperation(StoredOperation stored)
    {
        var o = stored.Operation;
        Use(OutboxSql.AddOperation).Run(
            o.Id,
            stored.TripKey,
            o.Kind.ToString(),
            o.Reference.ToString(),
            o.SalesUnit.BaseUrl,
            o.SalesUnit.MerchantSerialNumber,
            o.Amount?.MinorUnits,
            o.Amount?.Currency.ToString(),
            o.Phone?.Msisdn,
            o.ReceiptOffset,
            stored.StoredAt.ToUnixTimeMilliseconds(),
            stored.Body.ToArray());
    }

    // One transaction: whole, or not there at all.
    private void Write(bool sync, Action store)
    {
        try
        {
            Synchronous(sync);
            Use(OutboxSql.Begin).Run();
            store();
            Use(OutboxSql.Commit).Run();
        }
        catch (SqliteException e)
        {
            throw Undone(e);
        }
        catch
        {
            Undo();
            throw;
        }

        _unsynced = !sync;
        CheckpointWhenDue();
    }

    // FULL syncs the WAL at every commit, and with it all that earlier commits have appended; NORMAL leaves that to a later one. Either way a commit is whole
    // or not there: the WAL's checksums see to it.
    private void Synchronous(bool full)
    {
        if (_full == full)
            return;
        Schema.Execute(_connection, full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
        _full = full;
    }

    private Exception Undone(SqliteException e)
    {
        // The wal-index grows in a file too; a disk that is full says so in another way there.
        var full = e.SqliteErrorCode == raw.SQLITE_FULL || e.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE;
        var wrong = e.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH;
        if (!(full || wrong) || !Undo())
            return Failed(e);
        return full
            ? new OutboxFullException($"{_files.Database}: there is no room ({e.Message}). Nothing of the batch was stored.", e)
            : new InvalidOperationException($"{_files.Database}: the batch cannot be stored ({e.Message}). Nothing of it was stored.", e);
    }

    private bool Undo()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                Schema.Execute(_connection, "ROLLBACK");
            return true;
        }
        catch (SqliteException e)
        {
            Failed(e);
            return false;
        }
    }

    private static object Bit(bool value) => value ? 1L : 0L;

    // Rounded up: a timer that is a little late does no harm.
    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

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

        public TripColumns(SqliteDataReader row)
            : this(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.GetInt64(4) != 0, row.GetInt64(5) != 0, row.GetInt64(6) != 0, row.GetInt64(7) != 0)
        {
        }
    }
}
