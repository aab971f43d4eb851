using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>One payment as the service holds it. Amounts in minor units.</summary>
internal sealed record Payment
{
    public required Reference Reference { get; init; }

    public required long Amount { get; init; }

    public PaymentState State { get; init; } = PaymentState.Created;

    public long Authorized { get; init; }

    public long Captured { get; init; }

    public long Cancelled { get; init; }

    public long Refunded { get; init; }

    /// <summary>A capture is not guaranteed any more.</summary>
    public bool Late { get; init; }

    /// <summary>The bank has let go of the reservation; the amounts do not show it.</summary>
    public bool Gone { get; init; }

    /// <summary>What its receipt sums to.</summary>
    public long? Receipt { get; init; }

    public long ReceiptOffset { get; init; }

    public long Remaining => State == PaymentState.Authorized && !Gone ? Authorized - Captured - Cancelled : 0;

    /// <summary>Money of the customer's is reserved, or can be at any moment.</summary>
    public bool Live => State == PaymentState.Created || Remaining > 0;
}

/// <summary>An idempotency key that the service has seen, and what it answers to it.</summary>
/// <param name="Reference">The payment.</param>
/// <param name="Key">The key.</param>
/// <param name="Kind">The call that it came with.</param>
/// <param name="Amount">Its amount, minor units.</param>
/// <param name="Refusal">What it was refused for; null for a success, which is repeated as the payment stands by then.</param>
internal sealed record RememberedKey(Reference Reference, string Key, OperationKind Kind, long Amount, Refusal? Refusal);
