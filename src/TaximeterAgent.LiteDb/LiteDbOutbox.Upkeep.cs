using LiteDB;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb.Documents;

namespace TaximeterAgent.LiteDb;

// What is done when there is nothing else to do. Each call does a bounded piece of work.
public sealed partial class LiteDbOutbox
{
    private bool _eraseDue = true;

    /// <inheritdoc/>
    public void Idle()
    {
        lock (_turn)
        {
            Usable();
            Fold();
        }
    }

    /// <inheritdoc/>
    public WipeResult WipePhones(DateTimeOffset closedBefore, int atMost = 200)
    {
        lock (_turn)
        {
            var cut = closedBefore.ToUnixTimeMilliseconds();
            var wiped = Guarded(() => Flagged(TripFlags.Phones)
                .Select(document => (Document: document, Row: Mapping.ToTrip(document)))
                .Where(trip => trip.Row.ClosedAt < cut)
                .OrderBy(trip => trip.Row.ClosedAt)
                .Take(atMost)
                .Select(trip => (Names.Trips, Wiped(trip.Document, trip.Row)))
                .ToList());
            if (wiped.Count > 0)
            {
                // Until the log has been emptied the old bytes are in it, and after a crash nobody remembers: hence also once after each start.
                _eraseDue = true;
                Change(wiped, sync: true);
            }

            if (_eraseDue)
                _eraseDue = !Erase();
            return new WipeResult(wiped.Count, wiped.Count == atMost, !_eraseDue);
        }
    }

    /// <inheritdoc/>
    public int StampAnew(DateTimeOffset now, int atMost = 500)
    {
        lock (_turn)
        {
            var wrong = Guarded(() => All(Names.Trips, Query.Between(Names.Closed, OutboxRetention.Latest(now) + 1, long.MaxValue))
                .Concat(All(Names.Trips, Query.Between(Names.Closed, long.MinValue, OutboxRetention.Earliest - 1)))
                .Take(atMost).ToList());
            if (wrong.Count == 0)
                return 0;
            foreach (var trip in wrong)
                trip[Names.Closed] = now.ToUnixTimeMilliseconds();
            Change([.. wrong.Select(trip => (Names.Trips, trip))], sync: false);
            return wrong.Count;
        }
    }

    /// <inheritdoc/>
    public int Prune(DateTimeOffset? olderThan, long maximumLines, int atMost = 500, DateTimeOffset? now = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumLines);
        lock (_turn)
        {
            var lines = Guarded(() => OldLines(olderThan, maximumLines, atMost, now));
            var going = lines.Select(line => line.AsInt64).ToHashSet();
            var tooMany = _storedKey - OutboxRetention.TripsToKeep(maximumLines);
            var trips = Guarded(() =>
            {
                var old = olderThan is { } cut ? Prunable(Query.Between(Names.Closed, long.MinValue, cut.ToUnixTimeMilliseconds() - 1), going).OrderBy(trip => trip.ClosedAt).Take(atMost).ToList() : [];
                return old.Concat(Prunable(Query.LTE(Names.Id, tooMany), going).Take(atMost)).DistinctBy(trip => trip.Key).ToList();
            });
            if (lines.Count + trips.Count == 0)
                return 0;
            var settled = Guarded(() => trips.SelectMany(KeptSettled).ToList());
            Change(
                settled,
                sync: false,
                () =>
                {
                    _engine.Delete(Names.History, lines);
                    _engine.Delete(Names.Trips, trips.Select(trip => new BsonValue(trip.Key)));
                },
                lines.Count + trips.Count);
            return lines.Count + trips.Count;
        }
    }

    private BsonDocument Wiped(BsonDocument document, TripRow row)
    {
        var operations = new BsonArray(OperationsOf(document).Select(one => Mapping.OfOperation(one.Phone is null ? one : one with { Phone = null, Body = ReadOnlyMemory<byte>.Empty })));
        var state = _codec.Write(_codec.WithoutPhones(_codec.Read(row.Key, row.State)));
        return Mapping.OfTrip(row with { State = state, Phones = false }, operations, document[Names.Timers].AsArray);
    }

    private bool Erase()
    {
        if (!Fold())
            return false;
        try
        {
            _disk.Erase();
            return true;
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    // Everything before the first line that is young enough goes, up to the last that is old: a line that was written while the clock stood wrong goes with its neighbours, and
    // decides nothing. Of trips that are open none goes, and of those that a person has to look at only what is too much.
    private List<BsonValue> OldLines(DateTimeOffset? olderThan, long maximumLines, int atMost, DateTimeOffset? now)
    {
        var kept = Flagged(TripFlags.Open | TripFlags.Failed).ToDictionary(KeyOf, Mapping.FlagsOf);
        var tooMany = (All(Names.History, order: Query.Descending).Select(KeyOf).FirstOrDefault()) - maximumLines + 1;
        var before = Math.Max(olderThan is { } cut ? FirstYoung(cut.ToUnixTimeMilliseconds(), now is { } at ? OutboxRetention.Latest(at) : long.MaxValue) : 0, tooMany);
        var old = new List<BsonValue>();
        foreach (var line in All(Names.History).Select(Mapping.ToLine).TakeWhile(line => line.Id < before))
        {
            var flags = line.TripKey is { } key ? kept.GetValueOrDefault(key) : TripFlags.None;
            if (flags.HasFlag(TripFlags.Open) || (flags.HasFlag(TripFlags.Failed) && line.Id >= tooMany))
                continue;
            old.Add(line.Id);
            if (old.Count == atMost)
                break;
        }

        return old;
    }

    private long FirstYoung(long cut, long latest)
    {
        long old = 0;
        foreach (var line in All(Names.History).Select(Mapping.ToLine).Where(line => line.At >= OutboxRetention.Earliest && line.At <= latest))
        {
            if (line.At >= cut)
                break;
            old = line.Id;
        }

        return old + 1;
    }

    // Never one that is under way, that a person has to look at, or that the driver can still turn to.
    private IEnumerable<TripRow> Prunable(BsonExpression where, HashSet<long> goingLines)
    {
        var unpaid = Flagged(TripFlags.Unpaid).Where(trip => !Mapping.FlagsOf(trip).HasFlag(TripFlags.Open)).Select(KeyOf).OrderDescending().Take(IOutbox.UnpaidMaximum).ToHashSet();
        // Read to the end before anything else is asked: the engine takes one question at a time.
        var candidates = All(Names.Trips, where)
            .Where(trip => (Mapping.FlagsOf(trip) & (TripFlags.Open | TripFlags.Failed | TripFlags.Work)) == 0 && !unpaid.Contains(KeyOf(trip)))
            .Select(Mapping.ToTrip)
            .ToList();
        return candidates.Where(trip => !All(Names.History, Query.EQ(Names.Key, trip.Key)).Any(line => !goingLines.Contains(KeyOf(line))));
    }

    private List<(string Collection, BsonDocument Document)> KeptSettled(TripRow trip)
    {
        try
        {
            var names = OutboxRetention.NamesToKeepSettled(_codec.Read(trip.Key, trip.State)).Select(name => One(Names.Identities, name.ToBytes())).OfType<BsonDocument>().Select(Mapping.ToIdentity);
            return [.. names.Where(known => known is { Content: 0 } && known.TripKey == trip.Key)
                .Select(known => (Names.Identities, Mapping.OfIdentity(known with { TripKey = KnownIdentity.Settled(trip.Key).Key })))];
        }
        catch (TripStateUnreadableException)
        {
            return [];
        }
    }

    // Documents that are changed, and what else is done in the same transaction.
    private void Change(IReadOnlyList<(string Collection, BsonDocument Document)> documents, bool sync, Action? also = null, int others = 0)
    {
        TakeRoom([.. documents, .. Enumerable.Repeat((Names.History, new BsonDocument()), others)], urgent: false);
        if (_disk.Waiting == 0)
            _waitsSince = _time.GetTimestamp();
        Write(
            () =>
            {
                also?.Invoke();
                Store(documents);
            },
            sync);
    }
}
