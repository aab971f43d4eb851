namespace TaximeterAgent.EPayment;

/// <summary>
/// The ePayment and receipt calls. Each method is one try: what comes between tries is for the caller, who keeps the key and the exact bytes
/// (<see cref="RequestBodies"/>) from before the first try, and passes the same ones in every try of the same operation.
/// </summary>
/// <remarks>
/// All methods throw <see cref="ArgumentException"/> for a reference that is not <c>[a-zA-Z0-9-]{8,50}</c>, a key that is not 1-50 printable ASCII characters
/// without spaces, or missing bytes; and <see cref="OperationCanceledException"/> if the caller's own token is cancelled: the outcome is unknown then.
/// </remarks>
/// <param name="connection">Keys, transport, tokens.</param>
public sealed class EPaymentClient(EPaymentConnection connection)
{
    private readonly EPaymentConnection _connection = connection ?? throw new ArgumentNullException(nameof(connection));

    /// <summary>Creates a payment.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">The reference in <paramref name="body"/>; the answer is checked against it.</param>
    /// <param name="idempotencyKey">The same in every try.</param>
    /// <param name="body">From <see cref="RequestBodies.Create"/>; the same in every try.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<CreatedPayment>> CreateAsync(
        SalesUnit unit, string reference, string idempotencyKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        CheckReference(reference);
        var request = new ApiRequest(Operation.Create, Checked(unit), HttpMethod.Post, "epayment/v1/payments", CheckedKey(idempotencyKey), CheckedBody(body));
        return _connection.CallAsync(request, answer => PaymentReader.ReadCreated(answer, reference), cancellationToken);
    }

    /// <summary>Reads a payment.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">Which.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<Payment>> GetAsync(SalesUnit unit, string reference, CancellationToken cancellationToken = default) => _connection.CallAsync(
        new ApiRequest(Operation.Get, Checked(unit), HttpMethod.Get, PathOf(reference)),
        answer => PaymentReader.ReadPayment(answer, reference),
        cancellationToken);

    /// <summary>Reads a payment's event log.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">Which.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<IReadOnlyList<PaymentEvent>>> GetEventsAsync(SalesUnit unit, string reference, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(
            new ApiRequest(Operation.Events, Checked(unit), HttpMethod.Get, PathOf(reference) + "/events"),
            answer => PaymentReader.ReadEvents(answer, reference),
            cancellationToken);

    /// <summary>Captures an amount. Check <see cref="Aggregate.Captured"/> of the answer.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">Which.</param>
    /// <param name="idempotencyKey">The same in every try.</param>
    /// <param name="body">From <see cref="RequestBodies.Modification"/>; the same in every try.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<Payment>> CaptureAsync(
        SalesUnit unit, string reference, string idempotencyKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        AdjustAsync(Operation.Capture, "/capture", unit, reference, idempotencyKey, CheckedBody(body), cancellationToken);

    /// <summary>Cancels a payment that is not approved, or releases irreversibly all that is authorized and not captured.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">Which.</param>
    /// <param name="idempotencyKey">The same in every try.</param>
    /// <param name="body">From <see cref="RequestBodies.Cancel"/>, which may be empty; the same in every try.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<Payment>> CancelAsync(
        SalesUnit unit, string reference, string idempotencyKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        AdjustAsync(Operation.Cancel, "/cancel", unit, reference, idempotencyKey, body, cancellationToken);

    /// <summary>Refunds an amount. Check <see cref="Aggregate.Refunded"/> of the answer.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">Which.</param>
    /// <param name="idempotencyKey">The same in every try.</param>
    /// <param name="body">From <see cref="RequestBodies.Modification"/>; the same in every try.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<Payment>> RefundAsync(
        SalesUnit unit, string reference, string idempotencyKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        AdjustAsync(Operation.Refund, "/refund", unit, reference, idempotencyKey, CheckedBody(body), cancellationToken);

    /// <summary>Posts a payment's receipt. It is immutable: a second one is refused with 409 (<see cref="ErrorAdvice.ReceiptExists"/>); then get the order and
    /// compare.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">Which.</param>
    /// <param name="body">From <see cref="RequestBodies.Receipt"/>.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<Done>> PostReceiptAsync(SalesUnit unit, string reference, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        var path = "order-management/v2/ECOM/receipts/" + CheckReference(reference);
        return _connection.CallAsync(
            new ApiRequest(Operation.PostReceipt, Checked(unit), HttpMethod.Post, path, Body: CheckedBody(body)), cancellationToken);
    }

    /// <summary>Reads an order with its receipt.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="reference">Which.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<Order>> GetOrderAsync(SalesUnit unit, string reference, CancellationToken cancellationToken = default) => _connection.CallAsync(
        new ApiRequest(Operation.GetOrder, Checked(unit), HttpMethod.Get, "order-management/v2/ECOM/" + CheckReference(reference)),
        OrderReader.Read,
        cancellationToken);

    private Task<CallOutcome<Payment>> AdjustAsync(
        Operation operation,
        string suffix,
        SalesUnit unit,
        string reference,
        string idempotencyKey,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken) =>
        _connection.CallAsync(
            new ApiRequest(operation, Checked(unit), HttpMethod.Post, PathOf(reference) + suffix, CheckedKey(idempotencyKey), body),
            answer => PaymentReader.ReadPayment(answer, reference),
            cancellationToken);

    private static string PathOf(string reference) => "epayment/v1/payments/" + CheckReference(reference);

    private static SalesUnit Checked(SalesUnit unit) => unit ?? throw new ArgumentNullException(nameof(unit));

    internal static string CheckReference(string reference) =>
        FieldRules.IsReference(reference) ? reference : throw new ArgumentException(FieldRules.ReferenceExpected, nameof(reference));

    private static string CheckedKey(string idempotencyKey) => HeaderText.IsToken(idempotencyKey, 50)
        ? idempotencyKey
        : throw new ArgumentException("1-50 printable ASCII characters without spaces", nameof(idempotencyKey));

    private static ReadOnlyMemory<byte> CheckedBody(ReadOnlyMemory<byte> body) =>
        body.IsEmpty ? throw new ArgumentException("the exact bytes are missing", nameof(body)) : body;
}
