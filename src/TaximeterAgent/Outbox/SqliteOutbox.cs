using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.Journal;
using TaximeterAgent.Outbox.Round;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

/// <summary>The outbox on SQLite: one database, one writer, and a journal before it. Used from one thread; people read through an <see cref="OutboxReader"/>.</summary>
public sealed partial class SqliteOutbox : IOutboxStore
{
    private readonly Dictionary<string, Statement> _statements = [];
    private readonly OutboxFiles _files;
    private readonly OutboxLock _lock;
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private long _lastKey;
    private OutboxFailedException? _failed;
    private bool _disposed;

    private SqliteOutbox(OutboxFiles files, OutboxLock @lock, SqliteConnection connection, TimeProvider time, bool isNew, Reserve reserve)
    {
        _files = files;
        _reserve = reserve;
        _lock = @lock;
        _connection = connection;
        _time = time;
        IsNew = isNew;
        Reader = new OutboxReader(UseAll);
        Schema.Execute(connection, RoundTables.Make);
        _journal = JournalFile.Open(files, Use(OutboxSql.JournalOutbox).Number());
    }

    /// <summary>True if there was no outbox and this one was made: payments of an earlier one may be out there.</summary>
    public bool IsNew { get; }

    /// <summary>The database file.</summary>
    public string File => _files.Database;

    /// <summary>For instruments, to see by plain SQL what a start has found: also what is only in the journal yet.</summary>
    internal SqliteConnection Connection
    {
        get
        {
            PutAway();
            return _connection;
        }
    }

    /// <summary>Lists and histories, for people.</summary>
    public OutboxReader Reader { get; }

    /// <summary>Opens the outbox of a directory, or makes it.</summary>
    /// <param name="directory">Made, 0700, if it is not there.</param>
    /// <param name="time">For the times at which trips were learnt, changed and closed.</param>
    /// <param name="reserve">Bytes that are kept for when the disk is full; 0 for none.</param>
    /// <exception cref="OutboxUnusableException">It cannot be used as it is; nothing was changed.</exception>
    public static SqliteOutbox Open(string directory, TimeProvider time, long reserve = 0) => Open(directory, time, Schema.Migrations, reserve);

    internal static SqliteOutbox Open(string directory, TimeProvider time, IReadOnlyList<Migrations.Migration> migrations, long reserve = 0)
    {
        var files = new OutboxFiles(directory);
        files.PrepareDirectory();
        return Open(files, OutboxLock.Take(files), time, migrations, reserve);
    }

    /// <param name="files">In a directory that is there.</param>
    /// <param name="lock">Taken already; from now on the outbox's, also if it cannot be opened.</param>
    /// <param name="time">The car's clock.</param>
    /// <param name="migrations">The steps that are known.</param>
    /// <param name="reserve">Bytes that are kept for when the disk is full; 0 for none.</param>
    internal static SqliteOutbox Open(OutboxFiles files, OutboxLock @lock, TimeProvider time, IReadOnlyList<Migrations.Migration> migrations, long reserve = 0)
    {
        var room = new Reserve(files, reserve);
        try
        {
            while (true)
            {
                try
                {
                    var outbox = Open(files, @lock, time, migrations, room);
                    room.Make();
                    return outbox;
                }
                catch (Exception e) when (e is SqliteException sqlite ? IsNoRoom(sqlite) : e is IOException io && Posix.IsNoRoom(io))
                {
                    // The index of the WAL is made anew at a start, and may find no room: a start without which no fare is taken.
                    if (!room.Give(_ => { }))
                        throw;
                }
            }
        }
        catch (Exception e)
        {
            @lock.Dispose();
            throw OutboxMaking.Explain(files, e);
        }
    }

    private static SqliteOutbox Open(OutboxFiles files, OutboxLock @lock, TimeProvider time, IReadOnlyList<Migrations.Migration> migrations, Reserve reserve)
    {
        SqliteConnection? connection = null;
        SqliteOutbox? outbox = null;
        try
        {
            var isNew = !files.Check(migrations[^1].Version);
            if (isNew)
                OutboxMaking.Create(files, migrations);
            connection = OutboxMaking.Open(files, migrations);
            outbox = new SqliteOutbox(files, @lock, connection, time, isNew, reserve);
            SyncNames(files);
            outbox.MakeCertain();
            outbox.TakeUpJournal();
            outbox._lastKey = outbox.Use(OutboxSql.LastKey).Number();
            return outbox;
        }
        catch
        {
            outbox?._journal.Dispose();
            connection?.Dispose();
            throw;
        }
    }

    // Of the journal and of the WAL, which the first look into the database has made. SQLite syncs the WAL's itself, much later, and passes over an error. Also those that an
    // earlier start has made: it may have been killed before this.
    private static void SyncNames(OutboxFiles files) => Posix.SyncDirectory(files.Directory);

    /// <summary>What is kept for when the disk is full.</summary>
    internal Reserve Reserve => _reserve;

    /// <inheritdoc/>
    public KnownIdentity? Find(Identity identity)
    {
        Usable();
        try
        {
            using var row = Use(RoundSql.FindIdentity).Query(identity.ToBytes());
            return row.Read() ? new KnownIdentity(row.GetInt64(0), row.GetInt64(1)) : null;
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KnownIdentity> FindByCheck(uint check)
    {
        Usable();
        try
        {
            var first = new Identity((ulong)check << 32, 0);
            var last = new Identity(first.High | uint.MaxValue, ulong.MaxValue);
            var found = new List<KnownIdentity>();
            using var row = UseAll(OutboxSql.FindByCheck).Query(first.ToBytes(), last.ToBytes());
            while (row.Read())
                found.Add(new KnownIdentity(row.GetInt64(0), row.GetInt64(1)));
            return found;
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    public StoredTrip? Load(long key) => LoadAll(Use, RoundSql.LoadTrip, key).SingleOrDefault();

    /// <inheritdoc/>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    public IReadOnlyList<StoredTrip> LoadOpen() => [.. LoadAll(UseAll, OutboxSql.LoadOpen).Concat(LoadAll(UseAll, OutboxSql.LoadUnpaid, IOutbox.UnpaidMaximum)).OrderBy(trip => trip.Key)];

    /// <inheritdoc/>
    public long NextKey()
    {
        Usable();
        return ++_lastKey;
    }

    /// <inheritdoc/>
    public string? Setting(string name)
    {
        Usable();
        try
        {
            using var row = Use(OutboxSql.FindSetting).Query(name);
            return row.Read() ? row.GetString(0) : null;
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }
    }

    /// <summary>Closes the file. What was committed without a sync is durable afterwards, unless the outbox has failed.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        if (_failed is null)
            Rest();
        _disposed = true;
        foreach (var statement in _statements.Values)
            statement.Dispose();
        // After a failure the file is left to the next start: a checkpoint now could write what is not known to be whole.
        if (_failed is not null)
            OutboxConnection.CheckpointOnClose(_connection, allowed: false);
        _connection.Dispose();
        _journal.Dispose();
        _lock.Dispose();
    }

    // Where there is no room for it the journal keeps what is not in the database.
    private void Rest()
    {
        try
        {
            Flush();
            if (Fold())
                _journal.Erase(sync: false);
        }
        catch (Exception e) when (e is OutboxFailedException or IOException)
        {
            // So does it then; the next start sees.
        }
    }

    private List<StoredTrip> LoadAll(Func<string, Statement> use, string sql, params object?[] values)
    {
        Usable();
        try
        {
            var trips = new List<(long Key, TripState State)>();
            using (var row = use(sql).Query(values))
            {
                while (row.Read())
                    trips.Add((row.GetInt64(0), TripStateJson.Read(row.GetInt64(0), Encoding.UTF8.GetBytes(row.GetString(1)))));
            }

            return trips.ConvertAll(trip => new StoredTrip(trip.Key, trip.State, LoadOperations(trip.Key), LoadTimers(trip.Key)));
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }
    }

    private List<StoredOperation> LoadOperations(long key)
    {
        var operations = new List<StoredOperation>();
        LoadOperations(OutboxSql.LoadOperations, key, operations);
        LoadOperations(RoundSql.LoadOperations, key, operations);
        return operations;
    }

    private void LoadOperations(string sql, long key, List<StoredOperation> operations)
    {
        using var row = Use(sql).Query(key);
        while (row.Read())
        {
            operations.Add(new OperationRow(
                row.GetString(0), key, row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Number(5), row.Text(6), row.Text(7), row.GetInt64(8), row.GetInt64(9),
                row.GetFieldValue<byte[]>(10)).ToStored());
        }
    }

    private List<StoredTimer> LoadTimers(long key)
    {
        var timers = new List<StoredTimer>();
        LoadTimers(OutboxSql.LoadTimers, key, timers);
        LoadTimers(RoundSql.LoadTimers, key, timers);
        return timers;
    }

    private void LoadTimers(string sql, long key, List<StoredTimer> timers)
    {
        using var row = Use(sql).Query(key);
        while (row.Read())
            timers.Add(new TimerRow(key, row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)).ToStored());
    }

    private Statement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new Statement(_connection, sql));
        return statement;
    }

    private void Usable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failed is not null)
            throw _failed;
    }

    private OutboxFailedException Failed(Exception e)
    {
        var code = e is SqliteException sqlite ? sqlite.SqliteExtendedErrorCode : e.HResult;
        _failed ??= new OutboxFailedException($"{_files.Database}: {e.Message} (code {code}). What is stored is not known; the outbox has to be opened anew.", e);
        return _failed;
    }
}
