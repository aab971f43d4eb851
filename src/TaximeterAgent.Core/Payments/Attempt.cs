using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Payments;

/// <summary>What an attempt was made for; it decides the reference's label and the order of receipt and capture.</summary>
public enum AttemptKind
{
    /// <summary>The fare, or what an earlier payment has left of it.</summary>
    Request,

    /// <summary>A booking's maximum, ahead of the fare.</summary>
    Reservation,
}

/// <summary>Whether the payment service has the payment.</summary>
public enum Existence
{
    /// <summary>No try has reached the service.</summary>
    Unsent,

    /// <summary>A try may have reached the service.</summary>
    Uncertain,

    /// <summary>The service has said so.</summary>
    Exists,

    /// <summary>Not ours yet: the store is new and looks whether the one before it has made this payment.</summary>
    Probing,
}

/// <summary>Why an attempt can no longer be approved.</summary>
public enum Ending
{
    /// <summary>The customer refused.</summary>
    Aborted,

    /// <summary>The customer did nothing, or the guarantee ran out.</summary>
    Expired,

    /// <summary>The service refused the request.</summary>
    Rejected,

    /// <summary>The service does not know the customer.</summary>
    CustomerUnknown,

    /// <summary>The sales unit is not set up for this.</summary>
    NotSetUp,

    /// <summary>Ended or released by us.</summary>
    Cancelled,

    /// <summary>Never reached the service, within the time that the policy gives it.</summary>
    Offline,

    /// <summary>The reference belongs to somebody else's payment.</summary>
    Foreign,

    /// <summary>The sales unit captures in full only: released to be asked for anew.</summary>
    FullCaptureOnly,
}

/// <summary>How far the receipt is.</summary>
public enum ReceiptState
{
    None,

    /// <summary>The first try is under way; the capture of an ordinary request waits for it, once.</summary>
    FirstTry,

    /// <summary>Could not be posted yet; stays due and holds nothing back.</summary>
    Due,
    Posted,

    /// <summary>The service will not take it; a technician is told.</summary>
    Refused,
}

/// <summary>The operation of an attempt that is scheduled or on its way.</summary>
public sealed record Pending(string Id, OperationKind Kind);

/// <summary>
/// A capture or refund that has been stored and whose end is not known. It is finished by a reading that shows <see cref="Before"/> + <see cref="Amount"/>.
/// </summary>
/// <param name="Id">The operation, whose key and bytes stay the same for every try.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Before">What was captured or refunded already when it was stored.</param>
public sealed record MoneyCall(string Id, long Amount, long Before)
{
    /// <summary>A try of unknown outcome lies behind: no new key.</summary>
    public bool Unknown { get; init; }
}

/// <summary>One payment tried for a trip, or reserved for a booking. All amounts are minor units of the fare's currency, as last read.</summary>
public sealed record Attempt
{
    public required AttemptKind Kind { get; init; }

    /// <summary>Counts from 1 within its kind.</summary>
    public required int Number { get; init; }

    public required Reference Reference { get; init; }

    public required SalesUnit SalesUnit { get; init; }

    public required Money Amount { get; init; }

    /// <summary>Whom it asks; null once wiped, and for a payment found again.</summary>
    public PhoneNumber? Phone { get; init; }

    /// <summary>It asks whoever scans its code.</summary>
    public bool ByCode { get; init; }

    /// <summary>What the code says: an address that the service has given. Null while it is not known, and once it is of no use any more.</summary>
    public string? Link { get; init; }

    /// <summary>True for a request of this store; false for a payment that is only looked for.</summary>
    public bool Asks => Phone is not null || ByCode;

    public Existence Existence { get; init; }

    /// <summary>The stored create.</summary>
    public string? CreateId { get; init; }

    /// <summary>A create of unknown outcome older than the policy: read, never sent again.</summary>
    public bool TooOld { get; init; }

    /// <summary>Enough time has passed since the last try of the create for a 404 to be proof.</summary>
    public bool Certain { get; init; }

    /// <summary>For the display: when that will be, by the car's clock.</summary>
    public DateTimeOffset? CertainAt { get; init; }

    /// <summary>For the display: when the customer can no longer approve, by the car's clock.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public PaymentState State { get; init; }

    public long Authorized { get; init; }

    public long Captured { get; init; }

    public long Cancelled { get; init; }

    public long Refunded { get; init; }

    /// <summary>The meter was told PAID, and this was part of it: what is given back of it is said as REFUNDED.</summary>
    public bool ToldPaid { get; init; }

    /// <summary>Captured as far as it counts for the fare, minor units: not what was undone before it was ever said to be paid.</summary>
    public long Counted => !Undo || ToldPaid ? Captured : 0;

    /// <summary>The capture is no longer guaranteed: a person decides.</summary>
    public bool GuaranteePast { get; init; }

    /// <summary>A person has decided to capture all the same.</summary>
    public bool CaptureAnyway { get; init; }

    /// <summary>The service will never capture this: release it.</summary>
    public Ending? Uncapturable { get; init; }

    /// <summary>The service says that what was reserved is gone, whatever its amounts still show.</summary>
    public bool Gone { get; init; }

    /// <summary>To be ended if the customer has not approved yet.</summary>
    public bool Withdraw { get; init; }

    /// <summary>Nothing of it may be kept: release what is reserved, refund what is captured.</summary>
    public bool Undo { get; init; }

    public Ending? Ending { get; init; }

    /// <summary>Ended without a final state read: to be read once more when that proves something.</summary>
    public bool FinalReadDue { get; init; }

    /// <summary>Read before anything else is sent: after a start and after every failure.</summary>
    public bool ReadFirst { get; init; }

    public Pending? Pending { get; init; }

    public Pending? ReceiptPending { get; init; }

    public MoneyCall? Capture { get; init; }

    public MoneyCall? Refund { get; init; }

    public ReceiptState Receipt { get; init; }

    /// <summary>Tries in a row that did not get through.</summary>
    public int Failures { get; init; }

    /// <summary>Modifying calls in a row that were refused; a reading in between does not reset it, or refusals would be retried at the network's speed.</summary>
    public int Refusals { get; init; }

    /// <summary>Failed tries in a row of the receipt.</summary>
    public int ReceiptFailures { get; init; }

    /// <summary>Authorized and neither captured nor released.</summary>
    public long Remaining => State == PaymentState.Authorized && !Gone ? Authorized - Captured - Cancelled : 0;

    /// <summary>True while it holds something that it should not, or may: it is not settled.</summary>
    public bool IsLeft => !Over || FinalReadDue || Refund is not null || (Undo && Captured > Refunded);

    /// <summary>True once it can no longer be approved and holds nothing.</summary>
    public bool Over => Ending is not null ? Remaining == 0 && State != PaymentState.Created : State == PaymentState.Authorized && Remaining == 0 && Capture is null;
}
