using TaximeterAgent.EPayment.Json;

namespace TaximeterAgent.EPayment;

/// <summary>The states of a payment. It stays <see cref="Authorized"/> through capture, refund and cancel: what moved is in <see cref="Aggregate"/>.</summary>
public enum PaymentState
{
    /// <summary>A state that this version does not know.</summary>
    Unknown,

    /// <summary>With the customer.</summary>
    Created,

    /// <summary>Approved.</summary>
    Authorized,

    /// <summary>The customer said no.</summary>
    Aborted,

    /// <summary>The customer did nothing in time.</summary>
    Expired,

    /// <summary>Cancelled by the merchant before approval.</summary>
    Terminated,
}

/// <summary>What has moved, in minor units of the payment's currency.</summary>
public sealed record Aggregate(long Authorized, long Captured, long Refunded, long Cancelled);

/// <summary>A payment as the API describes it, on get (<c>GET /payments/{reference}</c>) and in the answers to capture, refund and cancel.</summary>
/// <param name="Reference">Ours.</param>
/// <param name="State">Its state.</param>
/// <param name="Amount">What was asked for.</param>
/// <param name="Aggregate">What has moved.</param>
public sealed record Payment(string Reference, PaymentState State, Amount Amount, Aggregate Aggregate)
{
    /// <summary>As given at create; null where the answer does not carry it.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How long a capture is sure to work; only on get.</summary>
    public DateTimeOffset? CaptureGuaranteedUntil { get; init; }

    /// <summary>The service's own name of the payment or of the adjustment.</summary>
    public string? PspReference { get; init; }

    /// <summary>The service's clock, from the answer's <c>Date</c> header.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Null unless everything that a decision needs is there and is about this payment in one currency.</summary>
    internal static Payment? From(PaymentAnswer answer, string reference, DateTimeOffset? serverTime)
    {
        if (answer is not { Amount: { Currency: { } currency } amount, Aggregate: { } aggregate } || answer.Reference != reference)
            return null;
        if (Minor(aggregate.AuthorizedAmount) is not { } authorized || Minor(aggregate.CapturedAmount) is not { } captured
            || Minor(aggregate.RefundedAmount) is not { } refunded || Minor(aggregate.CancelledAmount) is not { } cancelled || amount.Value < 0)
            return null;
        return new Payment(reference, StateOf(answer.State), new Amount(amount.Value, currency), new Aggregate(authorized, captured, refunded, cancelled))
        {
            Metadata = answer.Metadata?.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!),
            CaptureGuaranteedUntil = answer.CaptureGuaranteedUntil,
            PspReference = SafeText.Identifier(answer.PspReference),
            ServerTime = serverTime,
        };

        long? Minor(AmountBody? body) => body is { Value: >= 0 } && (body.Currency is null || body.Currency == currency) ? body.Value : null;
    }

    private static PaymentState StateOf(string? state) => state switch
    {
        "CREATED" => PaymentState.Created,
        "AUTHORIZED" => PaymentState.Authorized,
        "ABORTED" => PaymentState.Aborted,
        "EXPIRED" => PaymentState.Expired,
        "TERMINATED" => PaymentState.Terminated,
        _ => PaymentState.Unknown,
    };
}

/// <summary>An entry of a payment's event log (<c>GET /payments/{reference}/events</c>).</summary>
/// <param name="Name">CREATED, AUTHORIZED, ABORTED, EXPIRED, TERMINATED, CAPTURED, CANCELLED or REFUNDED.</param>
/// <param name="Amount">What it was about.</param>
/// <param name="At">When.</param>
/// <param name="IdempotencyKey">Of the request that caused it; may be absent.</param>
/// <param name="Success">Whether it went well.</param>
/// <param name="PspReference">The event's own.</param>
public sealed record PaymentEvent(string Name, Amount Amount, DateTimeOffset? At, string? IdempotencyKey, bool Success, string? PspReference);
