using LiteDB;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb.Documents;
using TaximeterAgent.LiteDb.Streams;

namespace TaximeterAgent.LiteDb;

// A batch is one transaction of LiteDB; its pages are in memory when LiteDB says that it is committed, and on the disk when the log has been written out. What was not to be synced
// waits in memory for the next that is. What contradicts the store is found before anything is changed: LiteDB need not take anything back.
public sealed partial class LiteDbOutbox
{
    /// <summary>The log is brought into the data file once it has this length.</summary>
    internal const long FoldAt = 4 << 20;

    /// <summary>So much longer, and it is not waited any more for a moment in which nothing else waits.</summary>
    private const long FoldLater = 3 * FoldAt;

    private static readonly TimeSpan s_waitsAtMost = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_reserveEvery = TimeSpan.FromSeconds(15);

    private long _waitsSince;
    private long _reserveLookedAt;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The batch contradicts itself or the store, such as an operation of a trip that is not there: nothing of
    /// it is stored.</exception>
    public void Commit(OutboxBatch batch)
    {
        if (batch.IsEmpty)
        {
            if (batch.Sync)
                Flush();
            return;
        }

        lock (_turn)
        {
            Usable();
            var (documents, removed) = Guarded(() => Prepare(batch));
            TakeRoom(documents, batch.Sync);
            if (_disk.Waiting == 0)
                _waitsSince = _time.GetTimestamp();
            Write(() => Store(documents), batch.Sync);
            foreach (var id in removed)
                _operations.Remove(id);
            foreach (var added in batch.AddedOperations.Where(added => !removed.Contains(added.Operation.Id)))
                _operations.Add(added.Operation.Id, added.TripKey);
            _lastLine += batch.History.Count;
            _storedKey = Math.Max(_storedKey, HighestKey(batch));
            _lastKey = Math.Max(_lastKey, _storedKey);
            if (_disk.LogLength >= FoldLater)
                Fold();
        }
    }

    /// <inheritdoc/>
    public void Tend()
    {
        lock (_turn)
        {
            Usable();
            TendReserve();
            if (_disk.LogLength >= FoldAt)
                Fold();
            else if (_disk.Waiting > 0 && _time.GetElapsedTime(_waitsSince) >= s_waitsAtMost)
                WriteOut();
        }
    }

    private void TendReserve()
    {
        if (!Reserve.InUse || _time.GetElapsedTime(_reserveLookedAt) < s_reserveEvery)
            return;
        _reserveLookedAt = _time.GetTimestamp();
        // The data file first: what the log has grown to is to be brought in.
        if (Reserve.HasRoom && Fold())
            Reserve.Make();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        lock (_turn)
        {
            Usable();
            WriteOut();
        }
    }

    /// <summary>Every reader reads the same store: there is nothing to be done.</summary>
    /// <returns>True.</returns>
    public bool Publish()
    {
        Usable();
        return true;
    }

    // The documents that the batch makes, collection by collection, and the operations that are gone with it.
    private (List<(string Collection, BsonDocument Document)> Documents, HashSet<string> Removed) Prepare(OutboxBatch batch)
    {
        var removed = batch.RemovedOperations.ToHashSet(StringComparer.Ordinal);
        var trips = new Dictionary<long, BsonDocument?>();
        foreach (var (key, state) in batch.Trips)
            trips[key] = Changed(key, state);
        AddOperations(batch, trips);
        foreach (var id in removed)
        {
            if (_operations.TryGetValue(id, out var key) || Added(batch, id, out key))
                Remove(Trip(trips, key)![Names.Operations].AsArray, operation => operation.AsDocument[Names.Id].AsString == id);
        }

        foreach (var (key, kind, reference) in batch.StoppedTimers)
        {
            if (Trip(trips, key) is { } trip)
                StopTimer(trip, kind.ToString(), reference?.ToString() ?? "");
        }

        foreach (var timer in batch.StartedTimers.Select(TimerRow.Of))
        {
            var trip = Trip(trips, timer.TripKey) ?? throw new InvalidOperationException($"{_files.Database}: a timer of no trip. Nothing of the batch was stored.");
            StopTimer(trip, timer.Kind, timer.Reference);
            trip[Names.Timers].AsArray.Add(Mapping.OfTimer(timer));
        }

        var documents = trips.Values.OfType<BsonDocument>().OrderBy(KeyOf).Select(trip => (Names.Trips, Counted(trip))).ToList();
        documents.AddRange(batch.Identities.Select(one => (Names.Identities, Mapping.OfIdentity(new IdentityRow(one.Identity, one.Known.Key, one.Known.Content)))));
        documents.AddRange(batch.History.Select((line, index) => (Names.History, Mapping.OfLine(HistoryRow.Of(_lastLine + 1 + index, line)))));
        documents.AddRange(batch.Settings.Select(setting => (Names.Settings, Mapping.OfSetting(new SettingRow(setting.Key, setting.Value)))));
        if (HighestKey(batch) is var highest && highest > _storedKey)
            documents.Add((Names.Counters, Mapping.OfCounter(Names.LastKey, highest)));
        return (documents, removed);
    }

    private static long HighestKey(OutboxBatch batch) => Math.Max(batch.Trips.Keys.DefaultIfEmpty().Max(), batch.Identities.Select(i => i.Known.Key).DefaultIfEmpty().Max());

    private BsonDocument Changed(long key, TripState state)
    {
        var durable = _codec.Durable(state);
        var before = key > _storedKey ? null : One(Names.Trips, key);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var row = before is null ? null : Mapping.ToTrip(before);
        return Mapping.OfTrip(
            new TripRow(
                key, durable.Trip?.Meter, durable.Trip?.Trip, durable.Trip?.Start, durable.BookingName, durable.Busy, durable.Unpaid, TripSummary.NeedsPerson(durable), _codec.HasPhones(durable),
                row?.CreatedAt ?? now, now, durable.Busy ? null : row?.ClosedAt ?? now, _codec.Write(state)),
            before?[Names.Operations].AsArray ?? [],
            before?[Names.Timers].AsArray ?? []);
    }

    private void AddOperations(OutboxBatch batch, Dictionary<long, BsonDocument?> trips)
    {
        var added = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in batch.AddedOperations.Select(OperationRow.Of))
        {
            var trip = Trip(trips, operation.TripKey) ?? throw new InvalidOperationException($"{_files.Database}: an operation of no trip. Nothing of the batch was stored.");
            if (_operations.ContainsKey(operation.Id) || !added.Add(operation.Id))
                throw new InvalidOperationException($"{_files.Database}: an operation that is there already. Nothing of the batch was stored.");
            trip[Names.Operations].AsArray.Add(Mapping.OfOperation(operation));
        }
    }

    private BsonDocument? Trip(Dictionary<long, BsonDocument?> trips, long key)
    {
        if (!trips.TryGetValue(key, out var trip))
            trips.Add(key, trip = key > _storedKey ? null : One(Names.Trips, key));
        return trip;
    }

    private static bool Added(OutboxBatch batch, string id, out long key)
    {
        key = batch.AddedOperations.Find(added => added.Operation.Id == id)?.TripKey ?? 0;
        return key != 0;
    }

    private static void StopTimer(BsonDocument trip, string kind, string reference) =>
        Remove(trip[Names.Timers].AsArray, timer => timer.AsDocument[Names.Kind].AsString == kind && timer.AsDocument[Names.Reference].AsString == reference);

    private static void Remove(BsonArray array, Predicate<BsonValue> which)
    {
        for (var i = array.Count - 1; i >= 0; i--)
        {
            if (which(array[i]))
                array.RemoveAt(i);
        }
    }

    private static BsonDocument Counted(BsonDocument trip)
    {
        var flags = Mapping.FlagsOf(trip);
        trip[Names.Flags] = (int)(trip[Names.Operations].AsArray.Count > 0 ? flags | TripFlags.Work : flags & ~TripFlags.Work);
        return trip;
    }

    private void Store(IReadOnlyList<(string Collection, BsonDocument Document)> documents)
    {
        foreach (var same in documents.GroupBy(one => one.Collection, one => one.Document))
            _engine.Upsert(same.Key, same, BsonAutoId.ObjectId);
    }

    // How much a batch needs is known when it is stored, and then it is too late to take it back: what it needs by all experience, and half as much again, is taken before. More comes
    // of the reserve; where there is none either, the outbox has failed, and a start finds it without the batch.
    private void TakeRoom(IReadOnlyList<(string Collection, BsonDocument Document)> documents, bool urgent)
    {
        const int pagesOfADocument = 6, indexOfADocument = 800, atLeast = 12;
        var bytes = documents.Sum(one => (long)BsonSerializer.Serialize(one.Document).Length);
        var grown = atLeast + (((2 * bytes) + (documents.Count * indexOfADocument)) / (PageLayout.Size / 2));
        var pages = Math.Min(atLeast + (documents.Count * (long)pagesOfADocument) + (bytes / (PageLayout.Size / 2)), (_disk.DataLength / PageLayout.Size) + _disk.PagesOfData + grown);
        try
        {
            // What may be lost does not take of the reserve. Each piece is taken for the log at once, before another program can.
            var room = _disk.TakeRoom(pages);
            while (!room && urgent && Reserve.Give(_disk.TakeMore))
                room = _disk.TakeRoom(pages);
            if (room)
                return;
        }
        catch (IOException e)
        {
            throw Failed(e);
        }

        throw new OutboxFullException($"{_files.Log}: there is no room. Nothing of the batch was stored.");
    }

    private void Write(Action store, bool sync)
    {
        try
        {
            _engine.BeginTrans();
            store();
            _engine.Commit();
            if (sync)
                WriteThrough();
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Failed(e);
        }
    }

    private void WriteOut()
    {
        try
        {
            WriteThrough();
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    private void WriteThrough()
    {
        while (true)
        {
            try
            {
                _disk.WriteOut();
                return;
            }
            catch (IOException e) when (Posix.IsNoRoom(e) && Reserve.Give(_disk.TakeMore))
            {
                // The same record at the same place once more.
            }
        }
    }

    // All of the log into the data file, and that synced. False if there is no room for it: the log still holds everything.
    private bool Fold()
    {
        WriteOut();
        if (_disk.LogLength == 0)
            return true;
        try
        {
            if (!_disk.TakeRoomForData())
                return false;
            _engine.Checkpoint();
            return _disk.LogLength == 0 ? true : throw new InvalidDataException("a checkpoint has left something in the log");
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Failed(e);
        }
    }
}
