using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A ride of a meter that is told nothing, and from when on its amount may be asked for.</summary>
/// <param name="Key">The trip that it is asked for under.</param>
/// <param name="Minor">What is due, minor units.</param>
/// <param name="At">When the amount was keyed, or printed.</param>
internal sealed record DueRide(TripKey Key, long Minor, DateTimeOffset At);

/// <summary>
/// What a meter that is told nothing would have recorded of rides that are due, from the display alone: it asks for a number with the amount, and it says how it ended.
/// </summary>
internal static class SilentMeterEvidence
{
    public static MeterFacts Of(IEnumerable<DueRide> rides, IReadOnlyList<Screen> screens, IReadOnlyList<string> named)
    {
        var acknowledged = new List<AcknowledgedFare>();
        var paid = new List<PaidResult>();
        var unpaid = new List<UnpaidResult>();
        foreach (DueRide ride in rides)
        {
            // Taken when the display goes on to the next question; not before.
            if (screens.FirstOrDefault(screen => screen.At >= ride.At && ScreenWords.Asks(screen, ride.Minor)) is not { } taken)
                continue;
            acknowledged.Add(new AcknowledgedFare(ride.Key, ride.Minor, "NOK", null, null, taken.At));
            if (screens.FirstOrDefault(screen => screen.At >= taken.At && Says(screen, Verdict.Paid, ride.Minor)) is { } shownPaid)
                paid.Add(new PaidResult(ride.Key, ride.Minor, "NOK", "", shownPaid.At));
            else if (screens.LastOrDefault(screen => screen.At >= taken.At && Says(screen, Verdict.NotPaid, ride.Minor)) is { } shownUnpaid)
                unpaid.Add(new UnpaidResult(ride.Key, 0, ride.Minor, "", "", shownUnpaid.At));
        }

        return new MeterFacts { Acknowledged = acknowledged, Paid = paid, Unpaid = unpaid, Named = named };
    }

    private static bool Says(Screen screen, Verdict verdict, long minor) => ScreenWords.Verdict(screen) == verdict && screen.Shows(ScreenWords.Amount(minor));
}
