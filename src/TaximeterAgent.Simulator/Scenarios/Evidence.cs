using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>All that could be seen of a run from outside of the agent: the server's ledger, the meter's records, the display.</summary>
internal sealed record Evidence
{
    public required string Name { get; init; }

    public IReadOnlyList<PaymentFacts> Payments { get; init; } = [];

    public MeterFacts Meter { get; init; } = new();

    /// <summary>Every picture that stood on the display, oldest first.</summary>
    public IReadOnlyList<Screen> Screens { get; init; } = [];

    /// <summary>What the server, the meter and the display found the agent to do wrong.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Keys pressed by the driver, in order.</summary>
    public string Keys { get; init; } = "";

    /// <summary>Where a secret or a full phone number was found that must not be there.</summary>
    public IReadOnlyList<string> Leaks { get; init; } = [];

    /// <summary>What was seen of the fleet's cloud side; empty where there is none.</summary>
    public FleetFacts Fleet { get; init; } = new();

    public IEnumerable<PaymentFacts> PaymentsOf(AcknowledgedFare fare) => Payments.Where(payment => payment.IsFor(fare.Key.ToString(), fare.Booking));
}

internal sealed record MeterFacts
{
    public IReadOnlyList<AcknowledgedFare> Acknowledged { get; init; } = [];

    public IReadOnlyList<VoidedTrip> Voided { get; init; } = [];

    public IReadOnlyList<PaidResult> Paid { get; init; } = [];

    public IReadOnlyList<UnpaidResult> Unpaid { get; init; } = [];

    public IReadOnlyList<RefundedResult> Refunded { get; init; } = [];

    /// <summary>Trips and bookings that the meter ever spoke of, acknowledged or not.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];
}

/// <summary>A payment as the server's ledger has it; amounts in minor units.</summary>
internal sealed record PaymentFacts
{
    public required string Reference { get; init; }

    public string Msn { get; init; } = "";

    public string? PhoneNumber { get; init; }

    public string Currency { get; init; } = "NOK";

    public long Amount { get; init; }

    public required string State { get; init; }

    public long Authorized { get; init; }

    public long Captured { get; init; }

    public long Cancelled { get; init; }

    public long Refunded { get; init; }

    public string CustomerInteraction { get; init; } = "";

    public string UserFlow { get; init; } = "";

    /// <summary>What the agent was told that a code has to say; null for a push message.</summary>
    public string? RedirectUrl { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What the receipt's lines come to, or null if there is no receipt.</summary>
    public long? ReceiptTotal { get; init; }

    public IReadOnlyList<PaymentEventFacts> Events { get; init; } = [];

    /// <summary>What of the customer's money the merchant has.</summary>
    public long Kept => Captured - Refunded;

    public DateTimeOffset CreatedAt => Events.FirstOrDefault(one => one.Name == "CREATED")?.At ?? DateTimeOffset.MinValue;

    public bool IsFor(string trip, string? booking) =>
        Metadata.GetValueOrDefault("trip") == trip || (booking is not null && Metadata.GetValueOrDefault("booking") == booking);

    public IEnumerable<PaymentEventFacts> Succeeded(string name) => Events.Where(one => one.Success && one.Name == name);
}

internal sealed record PaymentEventFacts(string Name, long Amount, DateTimeOffset At, string? IdempotencyKey = null, bool Success = true);
