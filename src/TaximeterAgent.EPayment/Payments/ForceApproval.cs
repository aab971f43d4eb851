namespace TaximeterAgent.EPayment;

/// <summary>Approves a payment in place of the customer. Only the test environment has it; it is kept apart so that the code that runs in a car need not hold
/// it.</summary>
/// <param name="connection">Keys, transport, tokens.</param>
public sealed class ForceApproval(EPaymentConnection connection)
{
    private readonly EPaymentConnection _connection = connection ?? throw new ArgumentNullException(nameof(connection));

    /// <summary>Approves.</summary>
    /// <param name="unit">Whose; not on the production host.</param>
    /// <param name="reference">Which.</param>
    /// <param name="phoneNumber">The test user's number, 10-15 digits.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <exception cref="ArgumentException">The unit is in production, or the reference or number is not acceptable.</exception>
    public Task<CallOutcome<Done>> ApproveAsync(SalesUnit unit, string reference, string phoneNumber, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.BaseUrl.Host == "api.vipps.no") throw new ArgumentException("not in production", nameof(unit));
        var path = $"epayment/v1/test/payments/{EPaymentClient.CheckReference(reference)}/approve";
        var request = new ApiRequest(Operation.ForceApprove, unit, HttpMethod.Post, path, Body: RequestBodies.ForceApprove(phoneNumber));
        return _connection.CallAsync(request, cancellationToken);
    }
}
