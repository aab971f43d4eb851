using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Hosting;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Benchmarks.Growth;

/// <summary>An outbox at the end of a year.</summary>
/// <param name="Bytes">Of the database; SQLite's log and the journal have bounds of their own.</param>
/// <param name="Known">Trips that are known.</param>
/// <param name="Kept">Trips that are kept.</param>
/// <param name="Lines">Lines of history.</param>
internal sealed record YearEnd(long Bytes, long Known, long Kept, long Lines);

/// <summary>
/// Years of one car in the real outbox, with the agent's own housekeeping and the retention that it has by itself: each trip is stored while it is under way and when it is settled, with the state and
/// the history of one that was really settled.
/// </summary>
internal static class PastYears
{
    /// <summary>Days from one time that the housekeeping is done to the next; each is a checkpoint.</summary>
    private const int Housekeeping = 4;

    /// <summary>Days from one start to the next.</summary>
    private const int Restart = 91;

    /// <summary>Lets them pass.</summary>
    /// <param name="directory">Where the outbox is made.</param>
    /// <param name="settled">A trip to take after, from an outbox in which it was settled.</param>
    /// <param name="history">What that outbox knows of how.</param>
    /// <param name="years">How many.</param>
    /// <param name="tripsADay">At least 1.</param>
    /// <param name="stop">Gives up between two days.</param>
    /// <returns>Each year's end.</returns>
    public static IReadOnlyList<YearEnd> Pass(string directory, TripState settled, IReadOnlyList<HistoryLine> history, int years, int tripsADay, CancellationToken stop)
    {
        var clock = new PassingClock();
        var options = new OutboxOptions(
            OutboxStore.Sqlite,
            directory,
            TimeSpan.Parse(Keys.PhoneRetention.Default!, CultureInfo.InvariantCulture),
            TimeSpan.Parse(Keys.HistoryRetention.Default!, CultureInfo.InvariantCulture),
            int.Parse(Keys.HistoryMaximum.Default!, CultureInfo.InvariantCulture),
            Reserve: 0,
            TimeSpan.Parse(Keys.UpkeepEvery.Default!, CultureInfo.InvariantCulture));
        var ends = new List<YearEnd>();
        var outbox = SqliteOutbox.Open(directory, clock);
        try
        {
            var house = new Housekeeping(options, outbox, clock, () => TimeSpan.Zero);
            for (var day = 1; day <= years * 365; day++)
            {
                stop.ThrowIfCancellationRequested();
                for (var trip = 0; trip < tripsADay; trip++)
                    Drive(outbox, clock, settled, history);
                clock.Pass(TimeSpan.FromDays(1));
                if (day % Housekeeping == 0)
                    Keep(house);
                if (day % Restart == 0)
                {
                    outbox.Dispose();
                    outbox = SqliteOutbox.Open(directory, clock);
                    house = new Housekeeping(options, outbox, clock, () => TimeSpan.Zero);
                }

                if (day % 365 == 0)
                    ends.Add(End(outbox));
            }
        }
        finally
        {
            outbox.Dispose();
        }

        return ends;
    }

    private static void Keep(Housekeeping house)
    {
        while (house.Piece())
        {
        }
    }

    private static void Drive(SqliteOutbox outbox, PassingClock clock, TripState settled, IReadOnlyList<HistoryLine> history)
    {
        var key = outbox.NextKey();
        var id = new TripId(settled.Trip!.Meter, key.ToString(CultureInfo.InvariantCulture), clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var state = settled with { Trip = id };
        var half = history.Count / 2;
        Store(outbox, clock, key, state with { Held = true }, history.Take(half), id);
        clock.Pass(TimeSpan.FromMinutes(1));
        Store(outbox, clock, key, state, history.Skip(half), null);
        outbox.Tend();
    }

    private static void Store(SqliteOutbox outbox, PassingClock clock, long key, TripState state, IEnumerable<HistoryLine> lines, TripId? known)
    {
        // Not synced: of what is measured nothing depends on it, and years would take days.
        var batch = new OutboxBatch();
        batch.Trips[key] = state;
        if (known is not null)
            batch.Identities.Add((Identity.OfTrip(known), new KnownIdentity(key, key)));
        foreach (var line in lines)
            batch.History.Add(line with { TripKey = key, At = clock.GetUtcNow() });
        outbox.Commit(batch);
    }

    private static YearEnd End(SqliteOutbox outbox)
    {
        outbox.Idle();
        return new YearEnd(new FileInfo(outbox.File).Length, Count(outbox, "identities"), Count(outbox, "trips"), Count(outbox, "history"));
    }

    private static long Count(SqliteOutbox outbox, string table)
    {
        using var command = outbox.Connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    private sealed class PassingClock : TimeProvider
    {
        private long _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(_passed);

        public void Pass(TimeSpan by) => _passed += by.Ticks;
    }
}
