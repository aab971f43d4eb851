using System.Text.Json.Serialization;

namespace TaximeterAgent.EPayment;

// The shapes of the wire. Whatever may be missing in an answer is nullable here and checked where it is read.
internal sealed record AmountWire(string? Currency, long? Value);

internal sealed record TokenWire(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    // A string today; a number would do as well.
    [property: JsonPropertyName("expires_in"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? ExpiresIn);

internal sealed record CreateWire(
    AmountWire Amount,
    PaymentMethodWire PaymentMethod,
    CustomerWire? Customer,
    string CustomerInteraction,
    string UserFlow,
    string? ReturnUrl,
    string Reference,
    string PaymentDescription,
    IReadOnlyDictionary<string, string>? Metadata,
    Receipt? Receipt,
    string? ExpiresAt);

internal sealed record PaymentMethodWire(string Type);

internal sealed record CustomerWire(string PhoneNumber);

internal sealed record ModificationWire(AmountWire ModificationAmount);

internal sealed record CancelWire(bool CancelTransactionOnly);

internal sealed record ForceApproveWire(CustomerWire Customer);

internal sealed record RegisterWebhookWire(string Url, IReadOnlyList<string> Events);

internal sealed record CreatedWire(string? Reference, string? RedirectUrl);

internal sealed record PaymentWire(
    string? Reference,
    string? State,
    string? PspReference,
    AmountWire? Amount,
    AggregateWire? Aggregate,
    Dictionary<string, string?>? Metadata,
    string? CaptureGuaranteedUntil);

internal sealed record AggregateWire(AmountWire? AuthorizedAmount, AmountWire? CapturedAmount, AmountWire? RefundedAmount, AmountWire? CancelledAmount);

internal sealed record PaymentEventWire(
    string? Reference,
    string? PspReference,
    string? Name,
    AmountWire? Amount,
    string? Timestamp,
    string? IdempotencyKey,
    bool? Success);

internal sealed record OrderWire(Receipt? Receipt);

internal sealed record RegisteredWebhookWire(string? Id, string? Secret, string? Url, string[]? Events)
{
    public override string ToString() => "RegisteredWebhookWire (not shown)";
}

internal sealed record WebhookListWire(RegisteredWebhookWire[]? Webhooks);

internal sealed record WebhookPayloadWire(
    string? Msn,
    string? Reference,
    string? PspReference,
    string? Name,
    AmountWire? Amount,
    string? Timestamp,
    string? IdempotencyKey,
    bool? Success);
