using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Relay.Bookings;

/// <summary>The body of <c>POST /bookings</c>.</summary>
internal sealed record BookingRequest
{
    /// <summary>The booking's own name: letters, digits and <c>-_.</c>, 1 to 64. What is asked again under the same name is the same booking.</summary>
    public string? Id { get; init; }

    /// <summary>Which car: <c>prefix.car</c>, as in its payments' references.</summary>
    public string? Car { get; init; }

    /// <summary>The customer's number: an MSISDN, digits only.</summary>
    public string? Phone { get; init; }

    /// <summary>ISO 4217; the car's own.</summary>
    public string? Currency { get; init; }

    /// <summary>Minor units to reserve ahead; missing where nothing is reserved.</summary>
    public long? Maximum { get; init; }

    /// <summary>Where the customer is picked up; shown to the driver; at most 200 characters.</summary>
    public string? Pickup { get; init; }

    private const int PickupMaximum = 200;

    /// <summary>The order, or a sentence that names what is wrong with it.</summary>
    public string? Fault(out CarAddress car)
    {
        car = default;
        if (!IsId(Id))
            return "\"id\" is the booking's name: 1 to 64 letters, digits, hyphens, underscores or points.";
        if (!CarAddress.TryParse(Car, out car))
            return "\"car\" is prefix.car, as in its payments' references: taxi.NO4711T7.";
        if (!PhoneNumber.TryFromMsisdn(Phone, out _))
            return "\"phone\" is an MSISDN: country code and number, 10 to 15 digits and nothing else.";
        if (!Enum.TryParse<Currency>(Currency, out var currency) || !Enum.IsDefined(currency) || currency.ToString() != Currency)
            return $"\"currency\" is one of {string.Join(", ", Enum.GetNames<Currency>())}.";
        if (Maximum is < 1 or > 65_000_000)
            return "\"maximum\" is 1 to 65000000, in minor units; leave it out to reserve nothing.";
        return Pickup is { } text && (text.Length > PickupMaximum || text.Any(char.IsControl)) ? $"\"pickup\" has at most {PickupMaximum} characters and no control characters." : null;
    }

    public static bool IsId(string? id) => id is { Length: >= 1 and <= Core.Fares.Booking.IdMaximum } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}

/// <summary>A booking, as its client sees it. The number is never shown.</summary>
internal sealed record BookingView
{
    public required string Id { get; init; }

    /// <summary><c>prefix.car</c>; missing for one that was cancelled before it was made.</summary>
    public string? Car { get; init; }

    /// <summary>One of <see cref="BookingState"/>.</summary>
    public required string State { get; init; }

    /// <summary>What the car says of it, for people.</summary>
    public string? Detail { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>How far a booking has come.</summary>
internal static class BookingState
{
    /// <summary>Kept here; not yet in the car.</summary>
    public const string Accepted = "accepted";

    /// <summary>The car has it on its disk.</summary>
    public const string InCar = "in-car";

    /// <summary>The car cannot use it; <c>detail</c> says why.</summary>
    public const string Refused = "refused";

    /// <summary>The cancellation is on its way; a reservation may still be out.</summary>
    public const string Cancelling = "cancelling";

    /// <summary>Cancelled: the car has it on its disk and gives back what it has reserved; or it was never made.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The cancellation came too late: the fare has come.</summary>
    public const string CancelRefused = "cancel-refused";
}
