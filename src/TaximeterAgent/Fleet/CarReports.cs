using TaximeterAgent.Control;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Fleet;

/// <summary>What only the store knows of the trips that are not in memory.</summary>
/// <param name="Failed">Trips that a person has to look at.</param>
/// <param name="OldestOpen">When the oldest trip that is open was learnt.</param>
internal readonly record struct StoreFigures(long Failed, DateTimeOffset? OldestOpen);

/// <summary>Makes the car's report out of what the engine has. On the engine's thread, between two rounds.</summary>
internal sealed class CarReports(string version, Func<StoreFigures> store, TimeProvider time)
{
    public CarReport Of(Engine engine)
    {
        var figures = store();
        var open = 0;
        List<(long Trip, Attempt Attempt)> payments = [];
        foreach (var (key, state) in engine.Book.Trips)
        {
            if (state.Busy)
                open++;
            foreach (var attempt in state.Attempts.Where(IsOpen))
                payments.Add((key, attempt));
        }

        var newest = payments.OrderByDescending(one => one.Trip).ThenByDescending(one => one.Attempt.Number).Take(CarReport.PaymentsMaximum);
        return new CarReport
        {
            At = time.GetUtcNow(),
            Version = version,
            Operations = engine.Dispatcher.Count,
            OpenTrips = open,
            FailedTrips = (int)figures.Failed,
            OldestOpenTrip = figures.OldestOpen,
            StoreWritable = engine.StoreWritable,
            MeterHeard = engine.MeterHeard,
            Payments = [.. newest.Select(one => Of(one.Attempt))],
        };
    }

    // One that was never sent is nobody's yet.
    private static bool IsOpen(Attempt attempt) => attempt.IsLeft && attempt.Existence != Existence.Unsent;

    private static OpenPayment Of(Attempt attempt) => new(
        attempt.Reference.ToString(), Kebab.Of(attempt.State), attempt.SalesUnit.MerchantSerialNumber, attempt.Amount.Currency.ToString(), attempt.Amount.MinorUnits, attempt.Captured, attempt.Cancelled);
}
