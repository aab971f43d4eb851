namespace TaximeterAgent.EPayment;

/// <summary>What each error code and status means, in one place.</summary>
public static class ErrorCatalogue
{
    /// <summary>What a refusal means. The code decides where there is a known one; otherwise the status does. The text of a problem never decides.</summary>
    /// <param name="operation">The call: a few codes mean different things for different calls.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="errorCode">The domain's code, or null.</param>
    public static ErrorAdvice Classify(Operation operation, int status, int? errorCode) => status switch
    {
        // These two speak of the caller, not of the payment, whatever else is in the body.
        401 => ErrorAdvice.TokenRefused,
        429 => ErrorAdvice.TooFast,
        _ => ByCode(operation, errorCode) ?? ByStatus(operation, status),
    };

    private static ErrorAdvice? ByCode(Operation operation, int? code) => code switch
    {
        3010 => ErrorAdvice.RetrySameKey,
        4010 or 4020 => ErrorAdvice.ReadPayment,
        4150 => operation == Operation.Refund ? ErrorAdvice.ReadPayment : ErrorAdvice.ReferenceExists,
        >= 4000 and <= 4999 => ErrorAdvice.Stop,
        5040 or 5050 or 5060 or 5070 or 5080 or 5100 => ErrorAdvice.NotSetUp,
        5090 => ErrorAdvice.NoSuchPayment,
        6010 => ErrorAdvice.AmountTooSmall,
        6030 => ErrorAdvice.CancelTooLate,
        6060 => ErrorAdvice.ApprovedAlready,
        6090 => ErrorAdvice.CaptureTooHigh,
        6100 => ErrorAdvice.CaptureTooLate,
        6140 => ErrorAdvice.MustCaptureInFull,
        6160 or 6250 => ErrorAdvice.Busy,
        6170 or 6180 => ErrorAdvice.AlreadyDone,
        6210 => operation == Operation.Refund ? ErrorAdvice.RefundNotPossible : ErrorAdvice.ReadPayment,
        6020 or 6150 or 6220 => ErrorAdvice.RefundNotPossible,
        6040 or 6050 or 6070 or 6080 or 6190 or 6200 => ErrorAdvice.ReadPayment,
        6230 => ErrorAdvice.AlreadyReserved,
        6260 => ErrorAdvice.FundsUnavailable,
        6280 => ErrorAdvice.CaptureFailedTryAgain,
        7010 => ErrorAdvice.CustomerNotFound,
        _ => null,
    };

    private static ErrorAdvice ByStatus(Operation operation, int status) => status switch
    {
        403 => ErrorAdvice.Forbidden,
        404 when !IsAboutWebhooks(operation) => ErrorAdvice.NoSuchPayment,
        409 when operation == Operation.PostReceipt => ErrorAdvice.ReceiptExists,
        409 when !IsAboutWebhooks(operation) => ErrorAdvice.ReadPayment,
        423 => ErrorAdvice.Busy,
        >= 500 => ErrorAdvice.RetrySameKey,
        _ => ErrorAdvice.Stop,
    };

    private static bool IsAboutWebhooks(Operation operation) =>
        operation is Operation.RegisterWebhook or Operation.ListWebhooks or Operation.DeleteWebhook;
}
