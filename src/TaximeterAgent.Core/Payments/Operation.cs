using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Payments;

/// <summary>The calls that a payment can need.</summary>
public enum OperationKind
{
    Create,

    /// <summary>Reads the payment; moves nothing.</summary>
    Query,
    Capture,

    /// <summary>Releases what is authorized and not captured, approved or not.</summary>
    Cancel,

    /// <summary>Ends a request only if the customer has not approved it yet.</summary>
    CancelUnapproved,
    Refund,

    /// <summary>Posts the receipt; if one is there already, compares.</summary>
    PostReceipt,
}

/// <summary>
/// One call to be made to the payment service. Its <see cref="Id"/> is its idempotency key; the exact bytes of the body are made once, when it is stored, and
/// sent again unchanged at every try.
/// </summary>
public sealed record Operation
{
    /// <summary>Unique; at most 50 characters.</summary>
    public required string Id { get; init; }

    public required OperationKind Kind { get; init; }

    public required Reference Reference { get; init; }

    public required SalesUnit SalesUnit { get; init; }

    /// <summary>Create: what is asked for. Capture, refund: what is moved. Receipt: what its lines sum to.</summary>
    public Money? Amount { get; init; }

    /// <summary>Create: whom to ask; null for whoever scans the code.</summary>
    public PhoneNumber? Phone { get; init; }

    /// <summary>Receipt: where in the fare's lines this payment begins, minor units; an earlier payment has covered what lies before.</summary>
    public long ReceiptOffset { get; init; }

    /// <summary>True for what must be on disk before it is sent.</summary>
    public bool MovesMoney => Kind is OperationKind.Create or OperationKind.Capture or OperationKind.Refund or OperationKind.Cancel or OperationKind.CancelUnapproved;
}
