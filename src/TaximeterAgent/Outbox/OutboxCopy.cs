using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox;

/// <summary>
/// A private copy of an outbox, to be read while no agent answers. The outbox itself is read as bytes and never through SQLite, which would change it: it makes
/// files beside it, and the last one that closes it empties the WAL. Its locks do not count either, so that the outbox of an agent that hangs can be read too.
/// The copy goes when it is disposed of, and with the process. It is a SQLite database whatever the outbox is: what a technician or a support bundle reads is always the same.
/// </summary>
internal sealed class OutboxCopy : IDisposable
{
    /// <summary>How often it is copied anew because it was written meanwhile.</summary>
    public const int TriesMaximum = 5;

    private const int Chunk = 1 << 20;
    private const string LiteDbPlace = "litedb";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly OutboxFiles _original;
    private readonly OutboxStore _store;
    private readonly string _place;
    private SqliteOutbox? _outbox;

    private OutboxCopy(OutboxFiles original, OutboxStore store, DateTimeOffset madeAt)
    {
        _original = original;
        _store = store;
        MadeAt = madeAt;
        // For its owner only: whole phone numbers are in it.
        _place = Directory.CreateTempSubdirectory("taximeter-copy-").FullName;
        // A second Ctrl+C, or one while SQLite is at work, ends the process without unwinding.
        AppDomain.CurrentDomain.ProcessExit += Exit;
    }

    /// <summary>The database that this is a copy of.</summary>
    public string Database => _store == OutboxStore.LiteDb ? _original.LiteDb : _original.Database;

    /// <summary>By the car's clock.</summary>
    public DateTimeOffset MadeAt { get; }

    /// <summary>Where the copy is; 0700.</summary>
    public string Place => _place;

    /// <summary>Lists and histories.</summary>
    public OutboxReader Reader => _outbox!.Reader;

    /// <summary>One trip's state; null if there is none.</summary>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    public TripState? Load(long key) => _outbox!.Load(key)?.State;

    /// <summary>All trips that are not finished, with what is stored to be sent for them.</summary>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    public IReadOnlyList<StoredTrip> LoadOpen() => _outbox!.LoadOpen();

    /// <summary>Copies database, WAL and journal, and opens the copy; an older one is brought to this agent's version in the copy alone.</summary>
    /// <param name="directory">The outbox's.</param>
    /// <param name="time">The car's clock.</param>
    /// <param name="stop">Ends it between two pieces.</param>
    /// <param name="between">For tests: what happens after the database was copied and before its WAL is.</param>
    /// <exception cref="OutboxUnusableException">There is none, it cannot be read, or no whole copy could be made.</exception>
    public static OutboxCopy Make(string directory, TimeProvider time, CancellationToken stop, Action? between = null)
    {
        var original = new OutboxFiles(directory);
        var store = OutboxStores.In(original) ?? OutboxStore.Sqlite;
        DemandReadable(original, store);
        for (var tries = 1; ; tries++)
        {
            var copy = new OutboxCopy(original, store, time.GetUtcNow());
            try
            {
                var before = WriteMark.Of(original, store);
                copy.TakeDatabase(stop, between);
                var whole = before.AllowsCopy(WriteMark.Of(original, store));
                if (whole && copy.Open(time, retry: tries < TriesMaximum && before != WriteMark.Of(original, store), stop))
                    return copy;
            }
            catch
            {
                copy.Dispose();
                throw;
            }

            copy.Dispose();
            if (tries == TriesMaximum)
            {
                throw new OutboxUnusableException(copy.Database, $"it was written so busily that no whole copy could be made in {TriesMaximum} tries. Try again in a moment.")
                {
                    Trouble = OutboxTrouble.Moving,
                };
            }

            stop.WaitHandle.WaitOne(s_pause);
            stop.ThrowIfCancellationRequested();
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Exit;
        _outbox?.Dispose();
        _outbox = null;
        Delete();
    }

    private void Exit(object? sender, EventArgs e) => Delete();

    private void Delete()
    {
        try
        {
            Directory.Delete(_place, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already, or a disk that can no longer be written.
        }
    }

    // False if it was written meanwhile and can be tried again: then what seems damaged need not be.
    private bool Open(TimeProvider time, bool retry, CancellationToken stop)
    {
        var files = new OutboxFiles(_place, _original.Directory);
        try
        {
            _outbox = SqliteOutbox.Open(files, OutboxLock.Take(files), time, Schema.Migrations);
            if (_store != OutboxStore.Sqlite)
                TakeOver(time, stop);
            return true;
        }
        catch (OutboxUnusableException e) when (retry && e.Trouble == OutboxTrouble.Damaged)
        {
            return false;
        }
    }

    // From a copy byte for byte of what LiteDB has written.
    private void TakeOver(TimeProvider time, CancellationToken stop)
    {
        var files = new OutboxFiles(Path.Combine(_place, LiteDbPlace), _original.Directory);
        using var from = OutboxStores.Opener(files).Open(files, OutboxLock.Take(files), time);
        ((IOutboxContent)_outbox!).TakeOver((IOutboxContent)from, stop);
    }

    private void TakeDatabase(CancellationToken stop, Action? between)
    {
        if (_store == OutboxStore.LiteDb)
        {
            Permissions.CreateDirectory(Path.Combine(_place, LiteDbPlace));
            Take(_original.LiteDb, Path.Combine(LiteDbPlace, Path.GetFileName(_original.LiteDb)), stop);
            between?.Invoke();
            Take(_original.LiteDbLog, Path.Combine(LiteDbPlace, Path.GetFileName(_original.LiteDbLog)), stop);
            return;
        }

        Take(_original.Database, "outbox.db", stop);
        between?.Invoke();
        Take(_original.Wal, "outbox.db-wal", stop);
        Take(_original.Journal, "outbox.journal", stop);
    }

    private static void DemandReadable(OutboxFiles original, OutboxStore store)
    {
        var database = store == OutboxStore.LiteDb ? original.LiteDb : original.Database;
        try
        {
            // Asked first, because a file in a directory that may not be entered looks as if it were missing.
            Read(database).Dispose();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OutboxUnusableException(database, $"this user may not read it ({e.Message})", e) { Trouble = OutboxTrouble.Forbidden };
        }
        catch (IOException)
        {
            // Missing, or worse: said below.
        }

        if (store == OutboxStore.LiteDb)
            OutboxStores.DemandAlone(original, store);
        else if (!original.Check(Schema.Migrations[^1].Version))
            throw new OutboxUnusableException(original.Database, OutboxReader.NothingHere) { Trouble = OutboxTrouble.Missing };
    }

    // Without the lock that .NET puts on what it opens: nobody is to wait for a reader.
    private static Microsoft.Win32.SafeHandles.SafeFileHandle Read(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private void Take(string from, string name, CancellationToken stop)
    {
        if (!File.Exists(from))
            return;
        var to = Path.Combine(_place, name);
        var buffer = new byte[Chunk];
        long at = 0;
        try
        {
            using var source = Read(from);
            Permissions.CreateFile(to);
            using var target = File.OpenHandle(to, FileMode.Open, FileAccess.Write);
            while (RandomAccess.Read(source, buffer, at) is > 0 and var count)
            {
                stop.ThrowIfCancellationRequested();
                RandomAccess.Write(target, buffer.AsSpan(0, count), at);
                at += count;
            }
        }
        catch (FileNotFoundException)
        {
            // The WAL has gone meanwhile; the marks tell.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboxUnusableException(from, $"it cannot be copied to {to} ({e.Message}). Check the disks, or set TMPDIR to a directory that has room.", e);
        }
    }
}
