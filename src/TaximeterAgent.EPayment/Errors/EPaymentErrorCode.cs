namespace TaximeterAgent.EPayment;

/// <summary>The error codes that are documented, as they come in <see cref="Problem.ErrorCode"/>.</summary>
public static class EPaymentErrorCode
{
    /// <summary>Internal error.</summary>
    public const int InternalError = 3010;

    /// <summary>The idempotency key was used with another body.</summary>
    public const int IdempotencyConflict = 4010;

    /// <summary>The idempotency key was used with another request.</summary>
    public const int IdempotencyConflictOther = 4020;

    /// <summary>A field of the request is not acceptable.</summary>
    public const int BadRequestField4040 = 4040;

    /// <summary>A field of the request is not acceptable.</summary>
    public const int BadRequestField4060 = 4060;

    /// <summary>A field of the request is not acceptable.</summary>
    public const int BadRequestField4070 = 4070;

    /// <summary>A field of the request is not acceptable.</summary>
    public const int BadRequestField4140 = 4140;

    /// <summary>The reference exists; of a refund: it conflicts with another.</summary>
    public const int ReferenceExists = 4150;

    /// <summary>The sales unit is not set up for this.</summary>
    public const int NotSetUp5040 = 5040;

    /// <summary>The sales unit is not approved for <c>expiresAt</c>.</summary>
    public const int LongLivingPaymentsNotSetUp = 5050;

    /// <summary>The sales unit is not set up for this.</summary>
    public const int NotSetUp5060 = 5060;

    /// <summary>The sales unit is not set up for this.</summary>
    public const int NotSetUp5070 = 5070;

    /// <summary>The sales unit is not approved for <c>PUSH_MESSAGE</c>.</summary>
    public const int PushMessageNotSetUp = 5080;

    /// <summary>There is no such payment under this sales unit.</summary>
    public const int NoSuchPayment = 5090;

    /// <summary>The sales unit is not set up for this.</summary>
    public const int NotSetUp5100 = 5100;

    /// <summary>The amount is below the currency's least.</summary>
    public const int AmountTooSmall = 6010;

    /// <summary>The payment cannot be refunded so.</summary>
    public const int RefundNotPossible6020 = 6020;

    /// <summary>It is too late to cancel: the reservation is gone anyway.</summary>
    public const int CancelTooLate = 6030;

    /// <summary>The payment is not in a state for this.</summary>
    public const int WrongState6040 = 6040;

    /// <summary>The payment is not in a state for this.</summary>
    public const int WrongState6050 = 6050;

    /// <summary>Only a payment that is not approved was to be cancelled, and it is approved.</summary>
    public const int ApprovedAlready = 6060;

    /// <summary>The payment is not in a state for this.</summary>
    public const int WrongState6070 = 6070;

    /// <summary>The payment is not approved yet.</summary>
    public const int NotApprovedYet = 6080;

    /// <summary>The capture is more than what is authorized and not captured.</summary>
    public const int CaptureTooHigh = 6090;

    /// <summary>It is too late to capture: the reservation is gone.</summary>
    public const int CaptureTooLate = 6100;

    /// <summary>The sales unit may capture only the whole.</summary>
    public const int MustCaptureInFull = 6140;

    /// <summary>The payment cannot be refunded so: too late, or more than captured.</summary>
    public const int RefundNotPossible6150 = 6150;

    /// <summary>The payment is busy with another operation.</summary>
    public const int Busy = 6160;

    /// <summary>It is captured already.</summary>
    public const int AlreadyCaptured = 6170;

    /// <summary>It is refunded already.</summary>
    public const int AlreadyRefunded = 6180;

    /// <summary>The payment is not in a state for this.</summary>
    public const int WrongState6190 = 6190;

    /// <summary>The payment is not in a state for this.</summary>
    public const int WrongState6200 = 6200;

    /// <summary>The payment is not in a state for this; of a refund: not possible so.</summary>
    public const int WrongState6210 = 6210;

    /// <summary>The payment cannot be refunded so.</summary>
    public const int RefundNotPossible6220 = 6220;

    /// <summary>It is reserved already.</summary>
    public const int AlreadyReserved = 6230;

    /// <summary>The customer is in the middle of approving: it cannot be cancelled now.</summary>
    public const int BeingApproved = 6250;

    /// <summary>The sales unit has no funds to refund from at present; retried under the same key.</summary>
    public const int FundsUnavailable = 6260;

    /// <summary>The capture failed and may be tried again under the same key.</summary>
    public const int CaptureFailedTryAgain = 6280;

    /// <summary>The customer was not found.</summary>
    public const int CustomerNotFound = 7010;
}
