namespace TaximeterAgent.EPayment;

/// <summary>A payment's state. It stays <see cref="Authorized"/> through capture, refund and release: what moved is in <see cref="Aggregate"/>.</summary>
public enum PaymentState
{
    /// <summary>A state that this version does not know. It proves nothing: read again later.</summary>
    Unknown,

    /// <summary>The customer has not answered; they may still approve.</summary>
    Created,

    /// <summary>The customer has approved. Final.</summary>
    Authorized,

    /// <summary>The customer said no. Final.</summary>
    Aborted,

    /// <summary>The customer did nothing in time. Final.</summary>
    Expired,

    /// <summary>The merchant cancelled before approval. Final.</summary>
    Terminated,
}

/// <summary>What has moved, in minor units of the payment's currency, none negative.</summary>
/// <param name="Authorized">Approved by the customer; 0 of a payment that was never approved.</param>
/// <param name="Captured">Charged so far, not lessened by refunds.</param>
/// <param name="Refunded">Given back so far.</param>
/// <param name="Cancelled">Released so far; of a terminated payment the whole amount.</param>
public readonly record struct Aggregate(long Authorized, long Captured, long Refunded, long Cancelled);

/// <summary>A payment as the server has it.</summary>
/// <param name="Reference">The merchant's reference; the one that was asked for.</param>
/// <param name="State">Its state.</param>
/// <param name="Amount">What was requested.</param>
/// <param name="Aggregate">What has moved.</param>
public sealed record Payment(string Reference, PaymentState State, Amount Amount, Aggregate Aggregate)
{
    /// <summary>The publisher's own reference, if given.</summary>
    public string? PspReference { get; init; }

    /// <summary>As it was sent with create; empty in the answers to capture, cancel and refund.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Until when a capture is sure to work; null if the server does not say. A capture after it is a new charge that may fail.</summary>
    public DateTimeOffset? CaptureGuaranteedUntil { get; init; }

    /// <summary>Where the customer goes on with the payment, as the answer to create had it; null if the server does not say. Not checked for what it is.</summary>
    public string? RedirectUrl { get; init; }
}

/// <summary>The answer to create.</summary>
/// <param name="Reference">The payment's reference.</param>
/// <param name="RedirectUrl">Where to send the customer, or for a QR code what it says (<see cref="QrContent"/>); null for <see cref="UserFlow.PushMessage"/>.</param>
public sealed record CreatedPayment(string Reference, string? RedirectUrl);

/// <summary>What an event in a payment's log says.</summary>
public enum PaymentEventName
{
    /// <summary>A name that this version does not know.</summary>
    Unknown,

    /// <summary>Created.</summary>
    Created,

    /// <summary>Approved by the customer.</summary>
    Authorized,

    /// <summary>Refused by the customer.</summary>
    Aborted,

    /// <summary>Not answered in time.</summary>
    Expired,

    /// <summary>Cancelled before approval.</summary>
    Terminated,

    /// <summary>Captured, or a part.</summary>
    Captured,

    /// <summary>Released, or the rest.</summary>
    Cancelled,

    /// <summary>Refunded, or a part.</summary>
    Refunded,
}

/// <summary>An entry of a payment's event log.</summary>
/// <param name="Name">What happened.</param>
/// <param name="Amount">How much.</param>
/// <param name="Timestamp">When, by the server's clock.</param>
/// <param name="Success">Whether it did happen; false for a try that failed.</param>
public sealed record PaymentEvent(PaymentEventName Name, Amount Amount, DateTimeOffset Timestamp, bool Success)
{
    /// <summary>The key of the request that caused it; absent for what the customer or the clock caused, and sometimes else.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The event's own reference of the publisher, if given.</summary>
    public string? PspReference { get; init; }
}
