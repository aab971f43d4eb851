using Microsoft.Data.Sqlite;
using SQLitePCL;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.Journal;

namespace TaximeterAgent.Outbox;

// A batch is carried out in the database within a transaction that stays open, and is durable by its record in the journal: one write of a sector or two, where the
// database's own log would take whole pages for each table and index. Now and then the transaction is committed; with it goes the number of the last record, so that
// the journal is read from there after a crash. What was not to be synced waits in memory for the next record.
public sealed partial class SqliteOutbox
{
    /// <summary>The journal is brought into the database once it has this length: often enough for a start after a power cut, seldom enough for the flash.</summary>
    internal const int FoldAt = 512 << 10;

    /// <summary>So much longer, and it is not waited any more for a moment in which nothing else waits.</summary>
    private const int FoldLater = 3 * FoldAt;

    /// <summary>More than this at once goes into the database itself.</summary>
    private const int RecordMaximum = FoldAt;

    private static readonly TimeSpan s_waitsAtMost = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_reserveEvery = TimeSpan.FromSeconds(5);

    private readonly JournalFile _journal;
    private readonly Reserve _reserve;
    private long _reserveLookedAt;
    private readonly StatementLog _pending = new();
    private long _pendingSince;
    private long _foldAt = FoldAt;
    private bool _inTransaction;

    /// <summary>
    /// Brings what the journal holds into the database, in one commit. Until then readers over connections of their own do not see it.
    /// </summary>
    /// <returns>False if there is no room for it: all is as it was, and nothing is lost.</returns>
    public bool Fold()
    {
        Usable();
        return !_inTransaction || Fold(keep: _pending.Length);
    }

    /// <inheritdoc/>
    public void Tend()
    {
        Usable();
        TendReserve();
        if (_journal.Length >= _foldAt)
            Fold();
        else if (_pending.Length > 0 && _time.GetElapsedTime(_pendingSince) >= s_waitsAtMost)
            Pass(sync: false);
    }

    private void TendReserve()
    {
        if (!_reserve.InUse || _time.GetElapsedTime(_reserveLookedAt) < s_reserveEvery)
            return;
        _reserveLookedAt = _time.GetTimestamp();
        // The database first: what the journal has grown to is to be brought in.
        if (_reserve.HasRoom && Fold())
            _reserve.Make();
    }

    /// <summary>What was committed without a sync is on the disk when this returns.</summary>
    public void Flush()
    {
        Usable();
        Pass(sync: true);
    }

    // What the journal has and the database does not. It can be read and need not be on the disk: where the process was killed between write and sync, or where the disk
    // failed at the sync (the kernel shows such pages as they were written, and takes them for clean: a second sync says that all is well). Whoever reads it acts on
    // it: so it is written once more, into the database, before anything is read. Where there is no room for that, a sync is all that can be had.
    private void TakeUpJournal()
    {
        try
        {
            RunJournal();
            if (!_inTransaction || Fold(keep: 0))
                return;
            _journal.Sync();
        }
        catch (InvalidDataException e)
        {
            throw new OutboxUnusableException(_files.Named, $"its journal cannot be read ({e.Message}). {OutboxFiles.Cure}", e) { Trouble = OutboxTrouble.Damaged };
        }
    }

    private void RunJournal()
    {
        foreach (var content in _journal.Read(Use(OutboxSql.JournalFolded).Number()))
            RunAgain(content);
    }

    private void RunAgain(ReadOnlyMemory<byte> content)
    {
        BeginTransaction();
        foreach (var (sql, values) in StatementLog.Read(content))
            Carry(sql, values);
    }

    private void BeginTransaction()
    {
        if (_inTransaction)
            return;
        Use(OutboxSql.Begin).Run();
        _inTransaction = true;
    }

    // Runs a statement that changes something, and notes it for the journal.
    private int Do(string sql, params object?[] values)
    {
        var changed = Carry(sql, values);
        if (changed > 0)
            _pending.Add(sql, values);
        return changed;
    }

    // One batch: whole, or not there at all.
    private void Write(bool sync, Action store)
    {
        var before = _pending.Length;
        if (before == 0)
            _pendingSince = _time.GetTimestamp();
        try
        {
            BeginTransaction();
            Use(OutboxSql.BeginBatch).Run();
            store();
            if (sync && _pending.Length <= RecordMaximum)
                Append(sync: true);
            Use(OutboxSql.KeepBatch).Run();
        }
        catch (SqliteException e)
        {
            throw Undone(e, before);
        }
        catch (IOException e)
        {
            throw NotWritten(e, before);
        }
        catch
        {
            Undo(before);
            throw;
        }

        if (_pending.Length > RecordMaximum && !Fold(keep: before))
            throw new OutboxFullException($"{_files.Database}: there is no room. Nothing of the batch was stored.");
        if (_journal.Length >= _foldAt + FoldLater)
            Fold(keep: _pending.Length);
    }

    // What waits in memory goes to the journal.
    private void Pass(bool sync)
    {
        try
        {
            if (_pending.Length > 0)
                Append(sync);
            else if (sync)
                _journal.Sync();
        }
        catch (IOException e) when (!_journal.Broken && Posix.IsNoRoom(e))
        {
            // It waits on.
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    private void Append(bool sync)
    {
        // What may be lost waits rather than take of the reserve; but not until it is too much for a record.
        var urgent = sync || _pending.Length > RecordMaximum / 2;
        if (_pending.Length > 0)
            AppendPending(sync, urgent);
        else if (sync)
            _journal.Sync();
        _pending.CutTo(0);
    }

    // Ends at the latest when nothing is left of the reserve.
    private void AppendPending(bool sync, bool urgent)
    {
        while (true)
        {
            try
            {
                _journal.Append(_pending.Content.Span, sync);
                return;
            }
            catch (IOException e) when (urgent && !_journal.Broken && Posix.IsNoRoom(e))
            {
                // After that there is room for it, unless another program was quicker.
                if (!_reserve.Give(_journal.TakeRoom))
                    throw;
            }
        }
    }

    // If there is no room, SQLite gives the whole transaction up: what is in the journal, and of what waits the first bytes, are carried out once more.
    private bool Fold(long keep)
    {
        try
        {
            PutAway();
            if (_journal.Length > 0 || _pending.Length > 0)
                Use(OutboxSql.SetJournalFolded).Run(_journal.Sequence);
            Use(OutboxSql.Commit).Run();
        }
        catch (SqliteException e) when (IsNoRoom(e))
        {
            Restore(keep);
            return false;
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }

        _inTransaction = false;
        _pending.CutTo(0);
        ForgetColumns();
        _journal.BeginAnew();
        _foldAt = FoldAt;
        CheckpointWhenDue();
        return true;
    }

    private void Restore(long keep)
    {
        try
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                Schema.Execute(_connection, "ROLLBACK");
            _inTransaction = false;
            _roundHolds = false;
            ForgetColumns();
            _pending.CutTo(keep);
            var waits = _pending.Content.ToArray();
            RunJournal();
            RunAgain(waits);
            _foldAt = _journal.Length + FoldAt;
        }
        catch (Exception e) when (e is SqliteException or IOException or InvalidDataException or OutboxUnusableException)
        {
            throw Failed(e);
        }
    }

    private static bool IsNoRoom(SqliteException e) =>
        // The wal-index grows in a file too; a disk that is full says so in another way there.
        e.SqliteErrorCode == raw.SQLITE_FULL || e.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE;

    private Exception Undone(SqliteException e, long before)
    {
        var full = IsNoRoom(e);
        var wrong = e.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH;
        if (!(full || wrong) || !Undo(before))
            return Failed(e);
        return full
            ? new OutboxFullException($"{_files.Database}: there is no room ({e.Message}). Nothing of the batch was stored.", e)
            : new InvalidOperationException($"{_files.Database}: the batch cannot be stored ({e.Message}). Nothing of it was stored.", e);
    }

    private Exception NotWritten(IOException e, long before) => !_journal.Broken && Posix.IsNoRoom(e) && Undo(before)
        ? new OutboxFullException($"{_files.Journal}: there is no room ({e.Message}). Nothing of the batch was stored.", e)
        : Failed(e);

    // The batch alone: the transaction holds what is durable by the journal, and stays.
    private bool Undo(long before)
    {
        try
        {
            ForgetColumns();
            _pending.CutTo(before);
            // What was put away for it is back.
            _roundHolds = true;
            // SQLite has given the transaction up by itself.
            if (raw.sqlite3_get_autocommit(_connection.Handle) != 0)
            {
                _inTransaction = false;
                Restore(before);
                return true;
            }

            Schema.Execute(_connection, "ROLLBACK TO batch; RELEASE batch");
            return true;
        }
        catch (SqliteException e)
        {
            Failed(e);
            return false;
        }
    }
}
