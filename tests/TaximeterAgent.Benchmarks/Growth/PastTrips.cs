using System.Globalization;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Benchmarks.Growth;

/// <summary>Fills an outbox with settled trips, each as one that was really settled: its state, its history, its identity.</summary>
internal static class PastTrips
{
    private const int InOneCommit = 500;

    /// <param name="directory">Of an outbox, or where one is to be made.</param>
    /// <param name="settled">A trip to take after, from an outbox in which it was settled.</param>
    /// <param name="history">What that outbox knows of how.</param>
    /// <param name="count">How many.</param>
    /// <param name="stop">Gives up between two commits.</param>
    public static void Store(string directory, TripState settled, IReadOnlyList<HistoryLine> history, int count, CancellationToken stop)
    {
        var clock = new PastClock();
        var chance = new Random(1);
        using var outbox = SqliteOutbox.Open(directory, clock);
        for (var done = 0; done < count;)
        {
            stop.ThrowIfCancellationRequested();
            var batch = new OutboxBatch();
            for (var i = 0; i < InOneCommit && done < count; i++, done++)
                Add(batch, outbox.NextKey(), clock, settled, history, chance);
            outbox.Commit(batch);
        }
    }

    /// <summary>A paid trip of an outbox, the one with the history that most have.</summary>
    /// <param name="directory">Of an outbox in which a day was driven.</param>
    public static (TripState State, IReadOnlyList<HistoryLine> History) Typical(string directory)
    {
        using var outbox = SqliteOutbox.Open(directory, TimeProvider.System);
        var paid = outbox.Reader.List(limit: IOutboxReader.LimitMaximum).Where(trip => trip is { Trip: not null, Open: false, Word.Kind: WordKind.Paid })
            .Select(trip => (outbox.Load(trip.Key)!.State, History: outbox.Reader.HistoryOf(trip.Key))).OrderBy(trip => trip.History.Count).ToList();
        return paid[paid.Count / 2];
    }

    private static void Add(OutboxBatch batch, long key, PastClock clock, TripState settled, IReadOnlyList<HistoryLine> history, Random chance)
    {
        clock.Now += TimeSpan.FromMinutes(7);
        var start = clock.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        batch.Trips[key] = settled with { Trip = new TripId(settled.Trip!.Meter, key.ToString(CultureInfo.InvariantCulture), start) };
        Span<byte> identity = stackalloc byte[16];
        chance.NextBytes(identity);
        batch.Identities.Add((Identity.Read(identity), new KnownIdentity(key, key)));
        foreach (var line in history)
            batch.History.Add(line with { TripKey = key, At = clock.Now });
    }

    private sealed class PastClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
