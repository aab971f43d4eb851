namespace TaximeterAgent.EPayment;

/// <summary>What a refusal means for the one who called, by <see cref="ErrorCatalogue"/>.</summary>
public enum ErrorAdvice
{
    /// <summary>A fault of the server: the same bytes under the same key again, later.</summary>
    RetrySameKey,

    /// <summary>The payment is not as the call assumed: read it and decide from its state and aggregate.</summary>
    ReadPayment,

    /// <summary>The request is wrong and stays wrong: stop, keep it for the technician.</summary>
    Stop,

    /// <summary>The sales unit is not set up for this: another way to pay, and a technician.</summary>
    NotSetUp,

    /// <summary>These keys may not do this, or a gateway in front of the API refused: no retry at once, and a technician.</summary>
    Forbidden,

    /// <summary>The customer was not found: ask for the number again or take another way to pay.</summary>
    CustomerNotFound,

    /// <summary>The payment is busy (another operation, or the customer is approving): read it shortly.</summary>
    Busy,

    /// <summary>It has been done: check the amounts.</summary>
    AlreadyDone,

    /// <summary>No funds to refund from at present: later, under the same key, and tell someone.</summary>
    FundsUnavailable,

    /// <summary>The capture failed: again, under the same key.</summary>
    CaptureFailedTryAgain,

    /// <summary>Partial capture is not allowed: release all and request anew.</summary>
    MustCaptureInFull,

    /// <summary>The reservation is gone: the money is lost unless it is requested anew.</summary>
    CaptureTooLate,

    /// <summary>The reservation is gone anyway: check, done.</summary>
    CancelTooLate,

    /// <summary>Asked to cancel only before approval, and it is approved.</summary>
    ApprovedAlready,

    /// <summary>The reference exists: read it, and go on from its state if it is ours.</summary>
    ReferenceExists,

    /// <summary>No such payment under this sales unit; after a create of unknown outcome no proof that it will not appear.</summary>
    NoSuchPayment,

    /// <summary>It is reserved already: read it.</summary>
    AlreadyReserved,

    /// <summary>It cannot be refunded so: stop, tell who asked.</summary>
    RefundNotPossible,

    /// <summary>More was to be captured than is authorized: a fault of the caller.</summary>
    CaptureTooHigh,

    /// <summary>The amount is below the currency's least: stop.</summary>
    AmountTooSmall,

    /// <summary>Too many calls: wait as long as <see cref="Problem.RetryAfter"/> says, and slow down.</summary>
    TooFast,

    /// <summary>The access token was refused although it was fetched anew.</summary>
    TokenRefused,

    /// <summary>The payment has a receipt: read it and compare.</summary>
    ReceiptExists,
}
