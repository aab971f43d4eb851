namespace TaximeterAgent.Core.Payments;

/// <summary>What came of one try of an operation.</summary>
public abstract record TryOutcome
{
    private TryOutcome()
    {
    }

    /// <summary>Done as asked, with nothing to read in the answer: a payment created, a receipt posted or found equal.</summary>
    /// <param name="Link">Where a payment by code is to be approved; null for all else, and where the service has given none that can be used.</param>
    public sealed record Done(string? Link = null) : TryOutcome;

    /// <summary>An answer that says how the payment stands.</summary>
    public sealed record Read(PaymentReading Reading) : TryOutcome;

    /// <summary>The service refused for good; this try has changed nothing.</summary>
    /// <param name="Kind">What follows from it.</param>
    /// <param name="Code">The service's error code or HTTP status, for people.</param>
    /// <param name="RetryAfter">How long the service asks us to wait.</param>
    public sealed record Refused(Refusal Kind, string Code = "", TimeSpan? RetryAfter = null) : TryOutcome;

    /// <summary>Provably nothing reached the service: no name, no connection, no token.</summary>
    public sealed record NotSent(string Cause = "") : TryOutcome;

    /// <summary>It may or may not have happened. This is never a failure.</summary>
    public sealed record Unknown(string Cause = "") : TryOutcome;

    /// <summary>The operation was taken back before it was sent.</summary>
    public sealed record Withdrawn : TryOutcome;
}

/// <summary>Definite refusals, by what follows from them.</summary>
public enum Refusal
{
    /// <summary>429: again later, same key.</summary>
    TooFast,

    /// <summary>3010, 6280: again later, same key.</summary>
    TryAgain,

    /// <summary>6260: again later, same key; someone is told.</summary>
    FundsUnavailable,

    /// <summary>423, 6160, 6250: read shortly, then again.</summary>
    Busy,

    /// <summary>6040 6050 6070 6190 6200 6210 6080 6230 6170 6180, 4010, 4020: the payment's own state decides.</summary>
    ReadAgain,

    /// <summary>404, 5090.</summary>
    NotFound,

    /// <summary>4150: the reference is taken, perhaps by us.</summary>
    Exists,

    /// <summary>6060: approved, so not cancelled.</summary>
    Approved,

    /// <summary>7010.</summary>
    CustomerUnknown,

    /// <summary>5040 5050 5060 5070 5080 5100.</summary>
    NotSetUp,

    /// <summary>6010, 40xx and other malformed requests.</summary>
    BadRequest,

    /// <summary>401 and 403 after a new token.</summary>
    KeysRefused,

    /// <summary>6090.</summary>
    CaptureTooHigh,

    /// <summary>6100.</summary>
    CaptureTooLate,

    /// <summary>6140.</summary>
    MustCaptureInFull,

    /// <summary>6030: the reservation is gone anyway.</summary>
    CancelTooLate,

    /// <summary>6020, 6150, 6210 and 6220 on a refund.</summary>
    RefundImpossible,

    /// <summary>A receipt is there already and says something else.</summary>
    ReceiptDiffers,
}
