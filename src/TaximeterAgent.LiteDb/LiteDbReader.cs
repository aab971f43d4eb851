using LiteDB;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb.Documents;

namespace TaximeterAgent.LiteDb;

public sealed partial class LiteDbOutbox
{
    /// <summary>
    /// Reads for people, from a thread of theirs. LiteDB has no second connection to a file: it takes turns with the agent, in pieces so short that a commit hardly waits.
    /// </summary>
    private sealed class LiteDbReader(LiteDbOutbox outbox) : IOutboxReader
    {
        // Documents in one turn.
        private const int Piece = 50;
        private const int Enough = 20;

        private static readonly BsonExpression s_keys = BsonExpression.Create("{_id: $._id, created: $.created, flags: $.flags}");

        public IReadOnlyList<TripSummary> List(TripFilter filter = TripFilter.All, DateTimeOffset? since = null, int limit = 100)
        {
            DemandLimit(limit);
            var least = since?.ToUnixTimeMilliseconds() ?? long.MinValue;
            var flag = filter switch { TripFilter.Open => TripFlags.Open, TripFilter.Unpaid => TripFlags.Unpaid, TripFilter.Failed => TripFlags.Failed, _ => TripFlags.None };
            var keys = Turn(() => filter == TripFilter.All
                ? Newest(least, limit)
                : outbox.Flagged(flag).Where(trip => trip[Names.Created].AsInt64 >= least).Select(KeyOf).OrderDescending().Take(limit).ToList());
            var found = new List<TripSummary>();
            foreach (var piece in keys.Chunk(Piece))
                found.AddRange(Turn(() => piece.Select(key => outbox.One(Names.Trips, key)).OfType<BsonDocument>().Select(Summary).ToList()));
            return found;
        }

        public IReadOnlyList<TripSummary> FindByNumber(string text)
        {
            var parts = text.Split('/', 3);
            return Turn(() =>
            {
                List<TripSummary> Found(string field, string value, Func<TripRow, bool>? also = null) =>
                    [.. outbox.All(Names.Trips, Query.EQ(field, value)).Where(trip => also is null || also(Mapping.ToTrip(trip))).Take(Enough).Select(Summary)];
                if (parts.Length == 3 && Found(Names.Trip, parts[1], trip => trip.Meter == parts[0] && trip.Start == parts[2]) is { Count: > 0 } whole)
                    return whole;
                return Found(Names.Trip, text) is { Count: > 0 } found ? found : Found(Names.Booking, text);
            });
        }

        public IReadOnlyList<HistoryLine> HistoryOf(long tripKey, int limit = 1_000)
        {
            DemandLimit(limit);
            return Turn(() => outbox.All(Names.History, Query.EQ(Names.Key, tripKey)).Select(Mapping.ToLine).OrderByDescending(line => line.Id).Take(limit).Reverse().Select(line => line.ToLine()).ToList());
        }

        public OutboxCounts Counts() => Turn(() =>
        {
            var (open, unpaid, failed, operations) = (0L, 0L, 0L, 0L);
            foreach (var trip in outbox.Flagged(TripFlags.Open | TripFlags.Unpaid | TripFlags.Failed))
            {
                var flags = Mapping.FlagsOf(trip);
                open += flags.HasFlag(TripFlags.Open) ? 1 : 0;
                unpaid += flags.HasFlag(TripFlags.Unpaid) ? 1 : 0;
                failed += flags.HasFlag(TripFlags.Failed) ? 1 : 0;
                operations += flags.HasFlag(TripFlags.Open) ? trip[Names.Operations].AsArray.Count : 0;
            }

            var oldest = outbox.All(Names.History).Select(KeyOf).FirstOrDefault();
            return new OutboxCounts(open, unpaid, failed, operations, oldest == 0 ? 0 : outbox._lastLine - oldest + 1, outbox._disk.DataLength);
        });

        public DateTimeOffset? OldestOpen() => Turn(() => outbox.Flagged(TripFlags.Open).OrderBy(KeyOf).FirstOrDefault()) is { } trip
            ? DateTimeOffset.FromUnixTimeMilliseconds(trip[Names.Created].AsInt64)
            : null;

        public long Failed() => Turn(() => outbox.Flagged(TripFlags.Failed).LongCount());

        public void Dispose()
        {
            // It has nothing of its own.
        }

        private static void DemandLimit(int limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IOutboxReader.LimitMaximum);
        }

        // Of trips learnt at the same time the one with the higher key is the newer.
        private List<long> Newest(long least, int limit)
        {
            var query = new Query { Select = s_keys, OrderBy = s_created, Order = Query.Descending };
            query.Where.Add(Query.GTE(Names.Created, least));
            var found = new List<(long Created, long Key)>();
            using var reader = outbox._engine.Query(Names.Trips, query);
            while (reader.Read() && reader.Current.AsDocument is var trip)
            {
                var created = trip[Names.Created].AsInt64;
                if (found.Count >= limit && created != found[^1].Created)
                    break;
                found.Add((created, KeyOf(trip)));
            }

            return [.. found.OrderByDescending(one => one.Created).ThenByDescending(one => one.Key).Select(one => one.Key).Take(limit)];
        }

        private static readonly BsonExpression s_created = BsonExpression.Create("$." + Names.Created);

        private TripSummary Summary(BsonDocument document)
        {
            var row = Mapping.ToTrip(document);
            return TripSummary.Of(row.Key, outbox._codec.Read(row.Key, row.State), (row.CreatedAt, row.UpdatedAt, row.ClosedAt), (row.Open, row.Unpaid, row.Failed));
        }

        private T Turn<T>(Func<T> read)
        {
            lock (outbox._turn)
            {
                ObjectDisposedException.ThrowIf(outbox._disposed, outbox);
                try
                {
                    return outbox._failed is null ? read() : throw outbox._failed;
                }
                catch (Exception e) when (IsTrouble(e) || e is OutboxFailedException)
                {
                    throw outbox._files.Unusable($"it cannot be read ({e.Message})", OutboxTrouble.System, e);
                }
            }
        }
    }
}
