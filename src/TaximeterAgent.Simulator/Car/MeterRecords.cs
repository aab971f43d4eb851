namespace TaximeterAgent.Simulator.Car;

/// <summary>A trip as the meter names it: meter, its own number and the start, byte for byte.</summary>
internal readonly record struct TripKey(string Meter, string Trip, string Start)
{
    /// <summary><c>meter/trip/start</c>, as it stands in a payment's metadata.</summary>
    public override string ToString() => $"{Meter}/{Trip}/{Start}";
}

/// <summary>What a trip came to. Amounts are minor units, VAT hundredths of a percent, distance metres.</summary>
internal sealed record TripFare(TripKey Key, long Total, string Currency)
{
    public required string Finish { get; init; }

    public required long Fare { get; init; }

    public long Supplement { get; init; }

    public long Tip { get; init; }

    public int Vat { get; init; } = 1200;

    public int? SupplementVat { get; init; }

    public int Distance { get; init; } = 12_400;

    public string Tariff { get; init; } = "2";

    public string? Phone { get; init; }

    public string? Booking { get; init; }
}

/// <summary>A fare that the agent acknowledged: from here on it owes the meter a last word.</summary>
internal sealed record AcknowledgedFare(TripKey Key, long Total, string Currency, string? Phone, string? Booking, DateTimeOffset At);

/// <summary>An acknowledged VOID, of a trip or of a booking.</summary>
internal sealed record VoidedTrip(TripKey? Key, string? Booking, DateTimeOffset At);

internal sealed record PaidResult(TripKey Key, long Amount, string Currency, string Ref, DateTimeOffset At);

internal sealed record UnpaidResult(TripKey Key, long Paid, long Due, string Reason, string Ref, DateTimeOffset At);

internal sealed record RefundedResult(TripKey Key, long Amount, string Ref, DateTimeOffset At);

/// <summary>The agent's answer to a frame of the meter's; <paramref name="Reason"/> is null for ACK.</summary>
internal sealed record MeterAnswer(string Type, string Payload, string? Reason, DateTimeOffset At);

/// <summary>A frame on the line, as one side sent it.</summary>
internal sealed record LineFrame(DateTimeOffset At, bool FromMeter, string Payload);
