namespace TaximeterAgent.Core.Payments;

/// <summary>The states of a payment, as the payment service names them.</summary>
public enum PaymentState
{
    /// <summary>Never read.</summary>
    None,
    Created,
    Authorized,
    Aborted,
    Expired,
    Terminated,
}

/// <summary>
/// What the payment service says of a payment. <see cref="State"/> stays <see cref="PaymentState.Authorized"/> through capture, refund and cancel; what
/// moved is in the four amounts, in minor units.
/// </summary>
public sealed record PaymentReading
{
    public required PaymentState State { get; init; }

    /// <summary>What was asked for, minor units; null where the answer does not carry it.</summary>
    public long? Amount { get; init; }

    /// <summary>The currency's code; null where the answer does not carry it.</summary>
    public string? Currency { get; init; }

    public long Authorized { get; init; }

    public long Captured { get; init; }

    public long Cancelled { get; init; }

    public long Refunded { get; init; }

    /// <summary>Until when a capture is sure to work.</summary>
    public DateTimeOffset? GuaranteedUntil { get; init; }

    /// <summary>The service's own clock at its answer: the car's may be wrong.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Where it is to be approved, for a payment by code; null where the answer does not carry it.</summary>
    public string? Link { get; init; }

    /// <summary>Metadata <c>trip</c>; null where the answer does not carry metadata.</summary>
    public string? Trip { get; init; }

    /// <summary>Metadata <c>booking</c>.</summary>
    public string? Booking { get; init; }

    /// <summary>Metadata <c>car</c>.</summary>
    public string? Car { get; init; }
}
