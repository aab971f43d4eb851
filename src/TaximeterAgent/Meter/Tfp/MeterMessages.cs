using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>The taximeter's operating position, as MI-007 names it.</summary>
public enum OperatingPosition
{
    ForHire,
    Hired,
    Stopped,
}

/// <summary>Who is at the other end of the line.</summary>
/// <param name="Meter">The meter's identity.</param>
/// <param name="Model">Its model.</param>
/// <param name="Firmware">Its firmware's version.</param>
public sealed record MeterHello(string Meter, string Model, string Firmware);

/// <summary>The operating position and since when.</summary>
/// <param name="Meter">The meter's identity.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Time">The meter's own time, in UTC.</param>
public sealed record MeterPosition(string Meter, OperatingPosition Position, DateTimeOffset Time);

/// <summary>Settled otherwise, or not to be: undo what there is. Exactly one of <see cref="Trip"/> and <see cref="Booking"/> is given.</summary>
public sealed record MeterVoid
{
    private MeterVoid(TripId? trip, string? booking, string? reason)
    {
        Trip = trip;
        Booking = booking;
        Reason = reason;
    }

    public TripId? Trip { get; }

    public string? Booking { get; }

    /// <summary>The meter's own words; for people.</summary>
    public string? Reason { get; }

    public static MeterVoid OfTrip(TripId trip, string? reason) => new(trip, null, reason);

    public static MeterVoid OfBooking(string booking, string? reason) => new(null, booking, reason);
}
