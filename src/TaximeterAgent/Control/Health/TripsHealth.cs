using System.Globalization;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>Trips that a person has to look at.</summary>
internal static class TripsHealth
{
    public static Grade Of(TripCountsReport? trips)
    {
        if (trips is null)
            return Grade.Unknown("the outbox cannot be read");
        var counts = string.Create(CultureInfo.InvariantCulture, $"{trips.Open} open, {trips.Unpaid} unpaid");
        if (trips is { Failed: 0, Held: > 0 })
            return Grade.Yellow(string.Create(CultureInfo.InvariantCulture, $"{counts}, {trips.Held} held by a technician"), $"let them go on: {Grade.Command("outbox release TRIP")}");
        return trips.Failed == 0
            ? Grade.Green(counts)
            : Grade.Yellow(string.Create(CultureInfo.InvariantCulture, $"{counts}, {trips.Failed} need a technician"), $"look at them: {Grade.Command("trips --failed")}");
    }
}
