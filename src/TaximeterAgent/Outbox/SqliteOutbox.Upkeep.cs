using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

// What is done when there is nothing else to do. Each call does a bounded piece of work.
public sealed partial class SqliteOutbox
{
    private const int CheckpointPages = 512;
    private const int CheckpointAgainPages = 128;

    private const int PagesFound = 7;
    private const int PagesMissed = 8;
    private const int PagesWritten = 9;

    private long _pagesInWal;

    // The last line that was found to be older than what.
    private (long Cut, long Line) _old = (long.MaxValue, 0);
    private long _checkpointAt = CheckpointPages;
    private bool _eraseDue = true;

    /// <inheritdoc/>
    public void Idle()
    {
        if (Fold() && PagesInWal() > 0)
            Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
    }

    /// <inheritdoc/>
    public WipeResult WipePhones(DateTimeOffset closedBefore, int atMost = 200)
    {
        Usable();
        var trips = new List<(long Key, string Json)>();
        try
        {
            using var row = UseAll(OutboxSql.TripsToWipe).Query(closedBefore.ToUnixTimeMilliseconds(), (long)atMost);
            while (row.Read())
            {
                var state = TripStateJson.Read(row.GetInt64(0), Encoding.UTF8.GetBytes(row.GetString(1)));
                trips.Add((row.GetInt64(0), Encoding.UTF8.GetString(TripStateJson.Write(TripStateJson.WithoutPhones(state)))));
            }
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }

        if (trips.Count > 0)
        {
            // Until journal and WAL have been emptied the old bytes are in them, and after a crash nobody remembers: hence also once after each start.
            _eraseDue = true;
            ForgetColumns();
            Write(sync: true, () =>
            {
                foreach (var (key, json) in trips)
                {
                    Do(OutboxSql.WipeTrip, key, json);
                    Do(OutboxSql.WipeOperations, key);
                }
            });
        }

        if (_eraseDue)
            _eraseDue = !Erase();
        return new WipeResult(trips.Count, trips.Count == atMost, !_eraseDue);
    }

    /// <inheritdoc/>
    public int StampAnew(DateTimeOffset now, int atMost = 500)
    {
        Usable();
        var stamped = 0;
        ForgetColumns();
        Write(sync: false, () => stamped = Do(
            OutboxSql.StampAnew, now.ToUnixTimeMilliseconds(), OutboxRetention.Latest(now), OutboxRetention.Earliest, (long)atMost));
        return stamped;
    }

    /// <inheritdoc/>
    public int Prune(DateTimeOffset? olderThan, long maximumLines, int atMost = 500, DateTimeOffset? now = null)
    {
        Usable();
        ArgumentOutOfRangeException.ThrowIfNegative(maximumLines);
        var removed = 0;
        ForgetColumns();
        Write(sync: false, () =>
        {
            var tooMany = UseAll(OutboxSql.NewestHistory).Number() - maximumLines + 1;
            var old = olderThan is { } cut ? FirstYoung(cut.ToUnixTimeMilliseconds(), now is { } at ? OutboxRetention.Latest(at) : long.MaxValue) : 0;
            removed = Do(OutboxSql.PruneHistory, Math.Max(old, tooMany), tooMany, (long)atMost);
            // Where the newest are gone their numbers are given again, to young ones.
            if (UseAll(OutboxSql.NewestHistory).Number() < _old.Line)
                _old = (long.MaxValue, 0);
            // Trips after all lines: until then most that are old have some, and would be looked at for nothing.
            if (removed == atMost)
                return;
            if (olderThan is { } before)
                removed += RemoveTrips(OutboxSql.TripsTooOld, before.ToUnixTimeMilliseconds(), atMost);
            removed += RemoveTrips(OutboxSql.TripsTooMany, HighestKey - OutboxRetention.TripsToKeep(maximumLines), atMost);
        });
        return removed;
    }

    private int RemoveTrips(string sql, long bound, int atMost)
    {
        var trips = new List<(long Key, string Json)>();
        using (var row = UseAll(sql).Query(bound, (long)atMost, (long)(IOutbox.UnpaidMaximum - 1)))
        {
            while (row.Read())
                trips.Add((row.GetInt64(0), row.GetString(1)));
        }

        foreach (var (key, json) in trips)
        {
            KeepSettled(key, json);
            Do(OutboxSql.RemoveTrip, key);
        }

        return trips.Count;
    }

    // What was settled otherwise before its fare came is known by a name without content. That it was settled has to outlast the trip, or the fare would be asked for.
    private void KeepSettled(long key, string json)
    {
        TripState state;
        try
        {
            state = TripStateJson.Read(key, Encoding.UTF8.GetBytes(json));
        }
        catch (TripStateUnreadableException)
        {
            return;
        }

        foreach (var name in OutboxRetention.NamesToKeepSettled(state))
        {
            if (Find(name) is { Content: 0 } known && known.Key == key)
                Do(OutboxSql.SetIdentity, name.ToBytes(), KnownIdentity.Settled(key).Key, 0L);
        }
    }

    private bool Erase()
    {
        if (!Fold() || !Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE))
            return false;
        try
        {
            _journal.Erase(sync: true);
            return true;
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    /// <summary>Pages that were looked into, since the opening or the last reset: found in the cache, and read from the file.</summary>
    internal (long Found, long Missed) PagesRead(bool reset)
    {
        Usable();
        raw.sqlite3_db_status(_connection.Handle, PagesFound, out var found, out _, reset ? 1 : 0);
        raw.sqlite3_db_status(_connection.Handle, PagesMissed, out var missed, out _, reset ? 1 : 0);
        return (found, missed);
    }

    // Everything before the first line that is young enough goes, up to the last that is old: a line that was written while the clock stood wrong goes with its neighbours, and
    // decides nothing. What is old is at the beginning, and of that only what is kept for its trip's sake stays there.
    private long FirstYoung(long cut, long latest)
    {
        const int atOnce = 1_000;
        var earliest = OutboxRetention.Earliest;
        // What was old at the last look is old still: of what a whole year has left each piece would be looked through again.
        var old = cut >= _old.Cut ? _old.Line : 0;
        var last = old;
        for (var more = true; more;)
        {
            more = false;
            using var row = Use(OutboxSql.HistoryAfter).Query(last, (long)atOnce);
            while (row.Read())
            {
                var at = row.GetInt64(1);
                (last, more) = (row.GetInt64(0), true);
                if (at < earliest || at > latest)
                    continue;
                if (at >= cut)
                {
                    more = false;
                    break;
                }

                old = last;
            }
        }

        _old = (cut, old);
        return old + 1;
    }

    // A process that was killed between write and sync has left commits that can be read and are not on the disk yet, or that end within a sector that the next
    // commit would be written into. Whoever reads them acts on them: a fare that the meter repeats is acknowledged from the store, without a commit. So they are
    // brought into the database, and that synced, before anything is read.
    private void MakeCertain() => Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);

    // SQLite checkpoints by itself too, but then a failed sync goes unsaid. Only ever after a fold: within a transaction there is no checkpoint.
    private void CheckpointWhenDue()
    {
        if (PagesInWal() >= _checkpointAt)
            Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
    }

    private long PagesInWal()
    {
        raw.sqlite3_db_status(_connection.Handle, PagesWritten, out var written, out _, 1);
        return _pagesInWal += written;
    }

    // True if everything of the WAL is in the database; after that the WAL is written from its beginning again.
    private bool Checkpoint(int mode)
    {
        // Never waits for a reader.
        raw.sqlite3_busy_timeout(_connection.Handle, 0);
        try
        {
            var result = raw.sqlite3_wal_checkpoint_v2(_connection.Handle, "main", mode, out var pages, out var done);
            var complete = result == raw.SQLITE_OK && pages == done;
            PagesInWal();
            if (complete)
                _pagesInWal = 0;
            _checkpointAt = complete ? CheckpointPages : _pagesInWal + CheckpointAgainPages;
            // No room for the database to grow: the WAL still holds everything.
            if ((result & 0xff) is raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL)
                return complete;
            throw Failed(new SqliteException($"checkpoint: {raw.sqlite3_errmsg(_connection.Handle).utf8_to_string()}", result & 0xff,
                raw.sqlite3_extended_errcode(_connection.Handle)));
        }
        finally
        {
            raw.sqlite3_busy_timeout(_connection.Handle, OutboxConnection.BusyMilliseconds);
        }
    }
}
