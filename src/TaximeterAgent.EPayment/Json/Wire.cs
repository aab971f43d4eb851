using System.Text.Json.Serialization;

namespace TaximeterAgent.EPayment;

// The shapes of the wire. Whatever may be missing in an answer is nullable here and checked where it is read.
// Those that come with every answer are filled in property by property: a constructor's arguments would have to be gathered first.
internal sealed record AmountWire
{
    public string? Currency { get; set; }

    public long? Value { get; set; }
}

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
    QrFormatWire? QrFormat,
    string? ReturnUrl,
    string Reference,
    string PaymentDescription,
    IReadOnlyDictionary<string, string>? Metadata,
    Receipt? Receipt,
    string? ExpiresAt);

internal sealed record QrFormatWire(string Format);

internal sealed record PaymentMethodWire(string Type);

internal sealed record CustomerWire(string PhoneNumber);

internal sealed record ModificationWire(AmountWire ModificationAmount);

internal sealed record CancelWire(bool CancelTransactionOnly);

internal sealed record ForceApproveWire(CustomerWire Customer);

internal sealed record RegisterWebhookWire(string Url, IReadOnlyList<string> Events);

internal sealed record CreatedWire(string? Reference, string? RedirectUrl);

internal sealed record PaymentWire
{
    public string? Reference { get; set; }

    public string? State { get; set; }

    public string? PspReference { get; set; }

    public AmountWire? Amount { get; set; }

    public AggregateWire? Aggregate { get; set; }

    public Dictionary<string, string?>? Metadata { get; set; }

    public string? CaptureGuaranteedUntil { get; set; }

    public string? RedirectUrl { get; set; }
}

internal sealed record AggregateWire
{
    public AmountWire? AuthorizedAmount { get; set; }

    public AmountWire? CapturedAmount { get; set; }

    public AmountWire? RefundedAmount { get; set; }

    public AmountWire? CancelledAmount { get; set; }
}

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
