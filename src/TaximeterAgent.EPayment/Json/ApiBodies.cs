using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaximeterAgent.EPayment.Json;

// The bodies as the API spells them. Every property of an answer may be missing: what must be there is checked where it is read.

internal sealed record AmountBody(long Value, string? Currency);

internal sealed record CreateBody
{
    public required AmountBody Amount { get; init; }

    public CustomerBody? Customer { get; init; }

    public required string CustomerInteraction { get; init; }

    public required PaymentMethodBody PaymentMethod { get; init; }

    public required string Reference { get; init; }

    public required string UserFlow { get; init; }

    public string? ExpiresAt { get; init; }

    public required string PaymentDescription { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public ReceiptBody? Receipt { get; init; }
}

internal sealed record CustomerBody(string PhoneNumber);

internal sealed record PaymentMethodBody(string Type);

internal sealed record ModificationBody(AmountBody ModificationAmount);

internal sealed record CancelBody(bool CancelTransactionOnly);

internal sealed record ApproveBody(CustomerBody Customer);

internal sealed record ReceiptBody
{
    public IReadOnlyList<OrderLineBody>? OrderLines { get; init; }

    public BottomLineBody? BottomLine { get; init; }
}

internal sealed record OrderLineBody
{
    public string? Name { get; init; }

    public string? Id { get; init; }

    public long TotalAmount { get; init; }

    public long TotalAmountExcludingTax { get; init; }

    public long TotalTaxAmount { get; init; }

    public int? TaxRate { get; init; }

    public UnitInfoBody? UnitInfo { get; init; }
}

internal sealed record UnitInfoBody(long? UnitPrice, string? Quantity, string? QuantityUnit);

internal sealed record BottomLineBody
{
    public string? Currency { get; init; }

    public long? TipAmount { get; init; }

    public string? PosId { get; init; }

    public string? ReceiptNumber { get; init; }
}

internal sealed record TokenAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    // Numbers as strings, as documented; a number is taken too.
    [JsonPropertyName("expires_in")]
    public JsonElement ExpiresIn { get; init; }
}

internal sealed record AggregateAnswer(AmountBody? AuthorizedAmount, AmountBody? CancelledAmount, AmountBody? CapturedAmount, AmountBody? RefundedAmount);

internal sealed record PaymentAnswer
{
    public string? Reference { get; init; }

    public string? State { get; init; }

    public AmountBody? Amount { get; init; }

    public AggregateAnswer? Aggregate { get; init; }

    public Dictionary<string, string?>? Metadata { get; init; }

    public DateTimeOffset? CaptureGuaranteedUntil { get; init; }

    public string? PspReference { get; init; }
}

internal sealed record EventAnswer
{
    public string? Reference { get; init; }

    public string? PspReference { get; init; }

    public string? Name { get; init; }

    public AmountBody? Amount { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public string? IdempotencyKey { get; init; }

    public bool? Success { get; init; }

    public string? Msn { get; init; }
}

internal sealed record OrderAnswer(ReceiptBody? Receipt, IReadOnlyList<OrderLineBody>? OrderLines, BottomLineBody? BottomLine);

internal sealed record RegisterBody(string Url, IReadOnlyList<string> Events);

internal sealed record RegisterAnswer(string? Id, string? Secret);

internal sealed record WebhookListAnswer(IReadOnlyList<WebhookAnswer>? Webhooks);

internal sealed record WebhookAnswer(string? Id, string? Url, IReadOnlyList<string>? Events);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CreateBody))]
[JsonSerializable(typeof(ModificationBody))]
[JsonSerializable(typeof(CancelBody))]
[JsonSerializable(typeof(ApproveBody))]
[JsonSerializable(typeof(ReceiptBody))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(PaymentAnswer))]
[JsonSerializable(typeof(List<EventAnswer>))]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(WebhookListAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
