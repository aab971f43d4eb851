using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>An outbox with something of everything in it.</summary>
internal static class FilledOutbox
{
    public static void Fill(IOutbox outbox, int trips = 30)
    {
        for (var key = 1; key <= trips; key++)
        {
            var batch = Examples.FareBatch(key, key, sync: key % 3 == 0);
            batch.History.Add(Examples.Line(null, $"the car, æøå € {key}"));
            batch.Settings["shown-trip"] = $"{key}";
            outbox.Commit(batch);
            if (key % 2 == 0)
                Close(outbox, key);
        }

        var last = new OutboxBatch { Sync = true };
        last.Trips[trips + 1] = new TripState { Booking = new Booking("app/77", Examples.Phone, Currency.NOK, Examples.Nok(50_000)) };
        last.Identities.Add((Identity.OfBooking("app/77"), new KnownIdentity(trips + 1, long.MinValue)));
        last.Identities.Add((new Identity(ulong.MaxValue, 0), KnownIdentity.Settled(7)));
        last.AddedOperations.AddRange([Examples.Create(trips + 1, 1, "z"), Examples.Create(trips + 1, 1, "a")]);
        last.StartedTimers.Add(new StoredTimer(1, TimerKind.Certain, Examples.Reference(), Examples.Noon, TimeSpan.FromMinutes(11)));
        last.Settings["empty"] = "";
        outbox.Commit(last);
    }

    public static void Close(IOutbox outbox, int key)
    {
        var batch = new OutboxBatch();
        batch.Trips[key] = Examples.Closed(key);
        batch.RemovedOperations.Add(Examples.Create(key, key).Operation.Id);
        batch.StoppedTimers.Add((key, TimerKind.OfflineTooLong, null));
        outbox.Commit(batch);
    }
}
