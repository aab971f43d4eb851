using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Telemetry.Traces;

/// <summary>
/// The trace that a trip's spans are of: made of the car and of what the trip is known by, so that it is the same after a restart, and nothing has to be stored for it. A trip
/// that was booked goes by its booking, because that came first.
/// </summary>
internal static class TraceName
{
    /// <summary>Null for a state of which nothing is known yet.</summary>
    public static ActivityTraceId? Of(string car, TripState trip) =>
        (trip.Booking?.Id ?? trip.Trip?.ToString() ?? trip.BookingName) is { } name ? Of(car, name) : null;

    private static ActivityTraceId Of(string car, string name)
    {
        // A hash, so that nothing of the trip can be read from it.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"taximeter-agent trace\n{car}\n{name}"));
        return ActivityTraceId.CreateFromBytes(hash.AsSpan(0, 16));
    }
}
