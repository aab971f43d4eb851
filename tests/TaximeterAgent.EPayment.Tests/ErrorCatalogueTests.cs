namespace TaximeterAgent.EPayment.Tests;

/// <summary>Every row of the published table.</summary>
public sealed class ErrorCatalogueTests
{
    [Theory]
    [InlineData(3010, ErrorAdvice.RetrySameKey)]
    [InlineData(4010, ErrorAdvice.ReadPayment)]
    [InlineData(4020, ErrorAdvice.ReadPayment)]
    [InlineData(4150, ErrorAdvice.ReferenceExists)]
    [InlineData(4040, ErrorAdvice.Stop)]
    [InlineData(4060, ErrorAdvice.Stop)]
    [InlineData(4070, ErrorAdvice.Stop)]
    [InlineData(4140, ErrorAdvice.Stop)]
    [InlineData(4999, ErrorAdvice.Stop)]
    [InlineData(5040, ErrorAdvice.NotSetUp)]
    [InlineData(5050, ErrorAdvice.NotSetUp)]
    [InlineData(5060, ErrorAdvice.NotSetUp)]
    [InlineData(5070, ErrorAdvice.NotSetUp)]
    [InlineData(5080, ErrorAdvice.NotSetUp)]
    [InlineData(5100, ErrorAdvice.NotSetUp)]
    [InlineData(5090, ErrorAdvice.NoSuchPayment)]
    [InlineData(6010, ErrorAdvice.AmountTooSmall)]
    [InlineData(6060, ErrorAdvice.ApprovedAlready)]
    [InlineData(6040, ErrorAdvice.ReadPayment)]
    [InlineData(6050, ErrorAdvice.ReadPayment)]
    [InlineData(6070, ErrorAdvice.ReadPayment)]
    [InlineData(6190, ErrorAdvice.ReadPayment)]
    [InlineData(6200, ErrorAdvice.ReadPayment)]
    [InlineData(6210, ErrorAdvice.ReadPayment)]
    [InlineData(6080, ErrorAdvice.ReadPayment)]
    [InlineData(6090, ErrorAdvice.CaptureTooHigh)]
    [InlineData(6100, ErrorAdvice.CaptureTooLate)]
    [InlineData(6030, ErrorAdvice.CancelTooLate)]
    [InlineData(6140, ErrorAdvice.MustCaptureInFull)]
    [InlineData(6020, ErrorAdvice.RefundNotPossible)]
    [InlineData(6150, ErrorAdvice.RefundNotPossible)]
    [InlineData(6220, ErrorAdvice.RefundNotPossible)]
    [InlineData(6230, ErrorAdvice.AlreadyReserved)]
    [InlineData(6160, ErrorAdvice.Busy)]
    [InlineData(6250, ErrorAdvice.Busy)]
    [InlineData(6170, ErrorAdvice.AlreadyDone)]
    [InlineData(6180, ErrorAdvice.AlreadyDone)]
    [InlineData(6260, ErrorAdvice.FundsUnavailable)]
    [InlineData(6280, ErrorAdvice.CaptureFailedTryAgain)]
    [InlineData(7010, ErrorAdvice.CustomerNotFound)]
    public void A_known_code_decides_whatever_the_status(int code, ErrorAdvice advice)
    {
        Assert.Equal(advice, ErrorCatalogue.Classify(Operation.Capture, 400, code));
        Assert.Equal(advice, ErrorCatalogue.Classify(Operation.Capture, 409, code));
    }

    [Theory]
    [InlineData(6210, ErrorAdvice.RefundNotPossible)]
    [InlineData(4150, ErrorAdvice.ReadPayment)]
    [InlineData(6020, ErrorAdvice.RefundNotPossible)]
    public void Some_codes_mean_something_else_for_a_refund(int code, ErrorAdvice advice) => Assert.Equal(advice, ErrorCatalogue.Classify(Operation.Refund, 409, code));

    [Theory]
    [InlineData(Operation.Capture, 400, ErrorAdvice.Stop)]
    [InlineData(Operation.Capture, 401, ErrorAdvice.TokenRefused)]
    [InlineData(Operation.Capture, 403, ErrorAdvice.Forbidden)]
    [InlineData(Operation.Get, 404, ErrorAdvice.NoSuchPayment)]
    [InlineData(Operation.GetOrder, 404, ErrorAdvice.NoSuchPayment)]
    [InlineData(Operation.DeleteWebhook, 404, ErrorAdvice.Stop)]
    [InlineData(Operation.Capture, 409, ErrorAdvice.ReadPayment)]
    [InlineData(Operation.PostReceipt, 409, ErrorAdvice.ReceiptExists)]
    [InlineData(Operation.Capture, 418, ErrorAdvice.Stop)]
    [InlineData(Operation.Capture, 422, ErrorAdvice.Stop)]
    [InlineData(Operation.Capture, 423, ErrorAdvice.Busy)]
    [InlineData(Operation.Capture, 429, ErrorAdvice.TooFast)]
    [InlineData(Operation.Capture, 500, ErrorAdvice.RetrySameKey)]
    [InlineData(Operation.Capture, 503, ErrorAdvice.RetrySameKey)]
    public void An_unknown_or_missing_code_leaves_it_to_the_status(Operation operation, int status, ErrorAdvice advice)
    {
        Assert.Equal(advice, ErrorCatalogue.Classify(operation, status, null));
        Assert.Equal(advice, ErrorCatalogue.Classify(operation, status, 9999));
    }

    [Theory]
    [InlineData(401, ErrorAdvice.TokenRefused)]
    [InlineData(429, ErrorAdvice.TooFast)]
    public void A_status_about_the_caller_outweighs_any_code(int status, ErrorAdvice advice) => Assert.Equal(advice, ErrorCatalogue.Classify(Operation.Capture, status, 6170));

    [Fact]
    public void Every_constant_of_the_catalogue_is_classified_by_its_code_and_not_by_chance()
    {
        var codes = typeof(EPaymentErrorCode).GetFields().Select(field => (int)field.GetRawConstantValue()!).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        // Were a code unknown, its advice would follow the status.
        Assert.All(codes, code => Assert.Equal(ErrorCatalogue.Classify(Operation.Capture, 400, code), ErrorCatalogue.Classify(Operation.Capture, 423, code)));
    }
}
