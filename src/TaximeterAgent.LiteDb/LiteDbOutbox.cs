using LiteDB;
using LiteDB.Engine;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb.Documents;
using TaximeterAgent.LiteDb.Streams;

namespace TaximeterAgent.LiteDb;

/// <summary>
/// The outbox on LiteDB: one data file, and a log before it that is written through to the disk. Used from one thread; people read through <see cref="OpenReader"/>, who take
/// turns with it. A trip is one document with its operations and timers in it.
/// </summary>
public sealed partial class LiteDbOutbox : IOutboxStore
{
    // LiteDB is only ever used by one thread at a time: the engine's, or a reader's for a short piece.
    private readonly Lock _turn = new();
    private readonly LiteDbFiles _files;
    private readonly TimeProvider _time;
    private readonly ITripStateCodec _codec;
    private readonly IDisposable _lease;
    private readonly LiteDbDisk _disk;
    private readonly LiteEngine _engine;

    // Each operation that is stored, by its id, with its trip.
    private readonly Dictionary<string, long> _operations = new(StringComparer.Ordinal);
    private long _lastKey;
    private long _lastLine;
    private long _storedKey;
    private OutboxFailedException? _failed;
    private bool _disposed;

    private LiteDbOutbox(LiteDbFiles files, TimeProvider time, ITripStateCodec codec, IDisposable lease, LiteDbDisk disk, bool isNew, IOutboxReserve reserve)
    {
        _files = files;
        _time = time;
        _codec = codec;
        _lease = lease;
        _disk = disk;
        _engine = disk.Engine;
        IsNew = isNew;
        Reserve = reserve;
        Reader = new LiteDbReader(this);
    }

    /// <inheritdoc/>
    public bool IsNew { get; }

    /// <inheritdoc/>
    public string File => _files.Database;

    /// <inheritdoc/>
    public IOutboxReserve Reserve { get; }

    /// <inheritdoc/>
    public IOutboxReader Reader { get; }

    /// <summary>Opens the outbox, or makes it. It is read once whole before it is trusted.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="time">For the times at which trips were learnt, changed and closed.</param>
    /// <param name="codec">How a trip's state is written down.</param>
    /// <param name="lease">The lock on the directory: given back when the outbox is closed. If it cannot be opened it stays the caller's.</param>
    /// <param name="reserve">What is kept for when the disk is full.</param>
    /// <exception cref="OutboxUnusableException">It cannot be used as it is.</exception>
    public static LiteDbOutbox Open(LiteDbFiles files, TimeProvider time, ITripStateCodec codec, IDisposable lease, IOutboxReserve reserve) =>
        Open(files, time, codec, lease, reserve, WrittenThroughDisk.Open);

    internal static LiteDbOutbox Open(LiteDbFiles files, TimeProvider time, ITripStateCodec codec, IDisposable lease, IOutboxReserve reserve, Func<LiteDbFiles, LiteDbDisk> open)
    {
        while (true)
        {
            try
            {
                var outbox = OpenOnce(files, time, codec, lease, reserve, open);
                reserve.Make();
                return outbox;
            }
            catch (Exception e)
            {
                // What the log holds may need room in the data file: a start without which no fare is taken.
                if (e is IOException io && Posix.IsNoRoom(io) && reserve.Give(_ => { }))
                    continue;
                throw LiteDbMaking.Explain(files, e);
            }
        }
    }

    private static LiteDbOutbox OpenOnce(
        LiteDbFiles files, TimeProvider time, ITripStateCodec codec, IDisposable lease, IOutboxReserve reserve, Func<LiteDbFiles, LiteDbDisk> open)
    {
        LiteDbDisk? disk = null;
        try
        {
            var isNew = !LiteDbMaking.Check(files);
            if (isNew)
                LiteDbMaking.Create(files);
            disk = open(files);
            var outbox = new LiteDbOutbox(files, time, codec, lease, disk, isNew, reserve);
            outbox.DemandKnown();
            outbox.ReadOnce();
            return outbox;
        }
        catch
        {
            disk?.Freeze();
            disk?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public KnownIdentity? Find(Identity identity) => Guarded(() =>
        One(Names.Identities, identity.ToBytes()) is { } document && Mapping.ToIdentity(document) is var known ? new KnownIdentity(known.TripKey, known.Content) : null);

    /// <inheritdoc/>
    public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => Guarded(() =>
    {
        var first = new Identity((ulong)check << 32, 0);
        var last = new Identity(first.High | uint.MaxValue, ulong.MaxValue);
        return All(Names.Identities, Query.Between(Names.Id, first.ToBytes(), last.ToBytes())).Select(Mapping.ToIdentity).Select(known => new KnownIdentity(known.TripKey, known.Content)).ToList();
    });

    /// <inheritdoc/>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    public StoredTrip? Load(long key) => Guarded(() => One(Names.Trips, key) is { } document ? ToStored(document) : null);

    /// <inheritdoc/>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    public IReadOnlyList<StoredTrip> LoadOpen() => Guarded(() =>
    {
        var some = Flagged(TripFlags.Open | TripFlags.Unpaid).ToList();
        var unpaid = some.Where(document => !Mapping.FlagsOf(document).HasFlag(TripFlags.Open)).OrderByDescending(KeyOf).Take(IOutbox.UnpaidMaximum);
        return some.Where(document => Mapping.FlagsOf(document).HasFlag(TripFlags.Open)).Concat(unpaid).OrderBy(KeyOf).Select(ToStored).ToList();
    });

    /// <inheritdoc/>
    public long NextKey()
    {
        Usable();
        return ++_lastKey;
    }

    /// <inheritdoc/>
    public string? Setting(string name) => Guarded(() => One(Names.Settings, name) is { } document ? Mapping.ToSetting(document).Value : null);

    /// <inheritdoc/>
    public IOutboxReader OpenReader() => new LiteDbReader(this);

    /// <summary>Closes the files. What was committed without a sync is durable afterwards, unless the outbox has failed; the data file holds all by itself.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        lock (_turn)
        {
            if (_failed is null)
                Rest();
            _disposed = true;
            // After a failure the files are left to the next start.
            if (_failed is not null)
                _disk.Freeze();
            _disk.Dispose();
        }

        _lease.Dispose();
    }

    // Where there is no room for it the log keeps what is not in the data file.
    private void Rest()
    {
        try
        {
            if (Fold())
                _disk.Erase();
        }
        catch (Exception e) when (e is OutboxFailedException or IOException)
        {
            // So does it then; the next start sees.
        }
    }

    private void DemandKnown()
    {
        if (One(Names.Counters, Names.Schema) is not { } schema)
            throw _files.Unusable($"it is a data file of another program. {_files.Cure}", OutboxTrouble.Foreign);
        if (schema[Names.Value].AsInt64 > LiteDbMaking.Version)
        {
            throw _files.Unusable(
                $"it was written by a newer agent (schema version {schema[Names.Value].AsInt64}, this agent knows up to {LiteDbMaking.Version}). Install "
                    + $"{(One(Names.Settings, IOutbox.LastVersion) is { } last ? $"version {last[Names.Value].AsString}" : "that version")} of the agent again; the file was not changed.",
                OutboxTrouble.Newer);
        }
    }

    // Every document once: a page that is damaged is found now and not in the middle of a fare.
    private void ReadOnce()
    {
        foreach (var trip in All(Names.Trips))
        {
            foreach (var operation in Mapping.ToTrip(trip) is var row ? OperationsOf(trip) : [])
                _operations.Add(operation.Id, row.Key);
        }

        foreach (var line in All(Names.History))
            _lastLine = Math.Max(_lastLine, Mapping.ToLine(line).Id);
        foreach (var identity in All(Names.Identities))
            _ = Mapping.ToIdentity(identity);
        _storedKey = _lastKey = One(Names.Counters, Names.LastKey)?[Names.Value].AsInt64 ?? throw new InvalidDataException("a counter is missing");
    }

    private StoredTrip ToStored(BsonDocument document)
    {
        var row = Mapping.ToTrip(document);
        return new StoredTrip(
            row.Key,
            _codec.Read(row.Key, row.State),
            [.. OperationsOf(document).Select(operation => operation.ToStored())],
            [.. TimersOf(document).Select(timer => timer.ToStored())]);
    }

    private static IEnumerable<OperationRow> OperationsOf(BsonDocument trip) => trip[Names.Operations].AsArray.Select(one => Mapping.ToOperation(KeyOf(trip), one.AsDocument));

    private static IEnumerable<TimerRow> TimersOf(BsonDocument trip) =>
        trip[Names.Timers].AsArray.Select(one => Mapping.ToTimer(KeyOf(trip), one.AsDocument)).OrderBy(timer => timer.Kind, StringComparer.Ordinal).ThenBy(timer => timer.Reference, StringComparer.Ordinal);

    private static long KeyOf(BsonDocument document) => document[Names.Id].AsInt64;

    private IEnumerable<BsonDocument> Flagged(TripFlags any) => All(Names.Trips, Query.GT(Names.Flags, 0)).Where(document => (Mapping.FlagsOf(document) & any) != 0);

    private BsonDocument? One(string collection, BsonValue id) => All(collection, Query.EQ(Names.Id, id)).SingleOrDefault();

    // As they are read; nothing else may be done with the engine meanwhile.
    private IEnumerable<BsonDocument> All(string collection, BsonExpression? where = null, int order = Query.Ascending)
    {
        var query = new Query { Order = order };
        if (where is not null)
            query.Where.Add(where);
        else
            query.OrderBy = s_byId;
        using var reader = _engine.Query(collection, query);
        while (reader.Read())
            yield return reader.Current.AsDocument;
    }

    private static readonly BsonExpression s_byId = BsonExpression.Create("$." + Names.Id);

    private T Guarded<T>(Func<T> read)
    {
        lock (_turn)
        {
            Usable();
            try
            {
                return read();
            }
            catch (Exception e) when (IsTrouble(e))
            {
                throw Failed(e);
            }
        }
    }

    private static bool IsTrouble(Exception e) => LiteDbTrouble.Is(e);

    private void Usable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failed is not null)
            throw _failed;
    }

    private OutboxFailedException Failed(Exception e)
    {
        _disk.Freeze();
        return _failed ??= new OutboxFailedException($"{_files.Database}: {e.Message} (code {e.HResult}). What is stored is not known; the outbox has to be opened anew.", e);
    }
}
