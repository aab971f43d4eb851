using System.Text.Json.Serialization;

namespace TaximeterAgent.Core.Fleet;

// What goes over the broker, as JSON. Names and meanings do not change; new names may be added, and a reader passes over names that it does not know.

/// <summary>Something happened to a payment. It decides nothing: the car reads the payment.</summary>
/// <param name="Reference">Which payment.</param>
/// <param name="Event">As the payment service names it, such as <c>AUTHORIZED</c>; for people.</param>
/// <param name="At">When, by the service's clock.</param>
public sealed record PaymentHint(string Reference, string Event, DateTimeOffset At);

/// <summary>A booking for a car, or its cancellation.</summary>
/// <param name="Kind"><see cref="Book"/> or <see cref="Cancel"/>.</param>
/// <param name="Booking">The booking's name, 1 to 64 characters.</param>
/// <param name="At">When the relay took it.</param>
public sealed record BookingOrder(string Kind, string Booking, DateTimeOffset At)
{
    /// <summary>A trip was ordered.</summary>
    public const string Book = "book";

    /// <summary>There will be no ride.</summary>
    public const string Cancel = "cancel";

    /// <summary>The customer's number, an MSISDN; only with <see cref="Book"/>.</summary>
    public string? Phone { get; init; }

    /// <summary>ISO 4217; only with <see cref="Book"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>Minor units to reserve ahead; missing where nothing is reserved.</summary>
    public long? Maximum { get; init; }

    /// <summary>Where the customer is picked up; for people.</summary>
    public string? Pickup { get; init; }
}

/// <summary>What became of a booking order in the car; said once it is on the car's disk.</summary>
/// <param name="Booking">The booking's name.</param>
/// <param name="Order"><see cref="BookingOrder.Book"/> or <see cref="BookingOrder.Cancel"/>.</param>
/// <param name="Result">One of the words below.</param>
public sealed record BookingAnswer(string Booking, string Order, string Result)
{
    /// <summary>Stored, now or before.</summary>
    public const string Stored = "stored";

    /// <summary>Another booking of that name, with another number, currency or maximum, was stored before: the first stands.</summary>
    public const string Conflict = "conflict";

    /// <summary>A cancellation that comes too late: its fare has come.</summary>
    public const string HasFare = "has-fare";

    /// <summary>The order cannot be read, or is in a currency that the car does not take.</summary>
    public const string Unusable = "unusable";

    /// <summary>What is wrong with it, for people.</summary>
    public string? Detail { get; init; }
}

/// <summary>A payment that is not finished, as the car has it.</summary>
/// <param name="Reference">Which payment.</param>
/// <param name="State">As last read: <c>none</c>, <c>created</c>, <c>authorized</c>, <c>aborted</c>, <c>expired</c>, <c>terminated</c>.</param>
/// <param name="MerchantSerialNumber">Whose.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">Minor units asked for.</param>
/// <param name="Captured">Minor units captured.</param>
/// <param name="Cancelled">Minor units released.</param>
public sealed record OpenPayment(string Reference, string State, string MerchantSerialNumber, string Currency, long Amount, long Captured, long Cancelled);

/// <summary>How a car is: sent at most once a minute, and when something changes; and the answers to bookings, at once.</summary>
public sealed record CarReport
{
    /// <summary>By the car's clock, which may be wrong.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The agent's version.</summary>
    public required string Version { get; init; }

    /// <summary>Operations that are not finished.</summary>
    public required int Operations { get; init; }

    /// <summary>Trips that are not finished.</summary>
    public required int OpenTrips { get; init; }

    /// <summary>Trips that a person has to look at.</summary>
    public required int FailedTrips { get; init; }

    /// <summary>When the oldest trip that is not finished was learnt, by the car's clock.</summary>
    public DateTimeOffset? OldestOpenTrip { get; init; }

    /// <summary>False while the car cannot store a fare.</summary>
    public required bool StoreWritable { get; init; }

    /// <summary>True while there is a sign of life from the meter.</summary>
    public required bool MeterHeard { get; init; }

    /// <summary>All payments that are not finished, the newest <see cref="PaymentsMaximum"/>.</summary>
    public required IReadOnlyList<OpenPayment> Payments { get; init; }

    /// <summary>Answers to bookings. The order itself is acknowledged to the broker only once the broker has its answer, so that none is lost.</summary>
    public IReadOnlyList<BookingAnswer> Answers { get; init; } = [];

    /// <summary>Payments that one report names at most.</summary>
    public const int PaymentsMaximum = 200;
}

/// <summary>How the messages are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaymentHint))]
[JsonSerializable(typeof(BookingOrder))]
[JsonSerializable(typeof(CarReport))]
public sealed partial class FleetJson : JsonSerializerContext;
