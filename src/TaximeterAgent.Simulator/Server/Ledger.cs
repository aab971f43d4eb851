using System.Text.Json.Nodes;

namespace TaximeterAgent.Simulator.Server;

/// <summary>A payment as the ledger file has it; amounts in minor units.</summary>
public sealed record LedgerPayment
{
    public required string Reference { get; init; }
    public required string Msn { get; init; }
    public string? PhoneNumber { get; init; }
    public required string Currency { get; init; }
    public required long Amount { get; init; }
    public required string State { get; init; }
    public required long Authorized { get; init; }
    public required long Captured { get; init; }
    public required long Cancelled { get; init; }
    public required long Refunded { get; init; }
    public required string CustomerInteraction { get; init; }
    public required string UserFlow { get; init; }

    /// <summary>What the client was told to bring the customer to; null for a push message.</summary>
    public string? RedirectUrl { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>What the receipt's lines come to, returns taken off; null if there is no receipt.</summary>
    public long? ReceiptTotal { get; init; }

    public required IReadOnlyList<LedgerEvent> Events { get; init; }

    /// <summary>The receipt as it was sent.</summary>
    public string? ReceiptJson { get; init; }

    /// <summary>The payment as the ledger file has it.</summary>
    public JsonObject ToJson() => new()
    {
        ["reference"] = Reference,
        ["msn"] = Msn,
        ["phoneNumber"] = PhoneNumber,
        ["currency"] = Currency,
        ["amount"] = Amount,
        ["state"] = State,
        ["authorized"] = Authorized,
        ["captured"] = Captured,
        ["cancelled"] = Cancelled,
        ["refunded"] = Refunded,
        ["customerInteraction"] = CustomerInteraction,
        ["userFlow"] = UserFlow,
        ["metadata"] = new JsonObject(Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["receipt"] = ReceiptJson is null ? null : JsonNode.Parse(ReceiptJson),
        ["events"] = new JsonArray([.. Events.Select(e => e.ToJson())]),
    };

    internal static LedgerPayment Of(Payment payment) => new()
    {
        Reference = payment.Reference,
        Msn = payment.Unit.Msn,
        PhoneNumber = payment.Asked.PhoneNumber,
        Currency = payment.Asked.Currency,
        Amount = payment.Asked.Amount,
        State = payment.StateName,
        Authorized = payment.Authorized,
        Captured = payment.Captured,
        Cancelled = payment.Cancelled,
        Refunded = payment.Refunded,
        CustomerInteraction = payment.Asked.CustomerInteraction,
        UserFlow = payment.Asked.UserFlow,
        RedirectUrl = payment.RedirectUrl,
        Metadata = payment.Asked.Metadata,
        ReceiptTotal = payment.Receipt?.LinesTotal,
        ReceiptJson = payment.Receipt?.Json.GetRawText(),
        Events = [.. payment.Events.Select(LedgerEvent.Of)],
    };
}

/// <summary>An entry of a payment's event log.</summary>
public sealed record LedgerEvent(string Name, long Amount, DateTimeOffset At, string? IdempotencyKey, bool Success)
{
    internal static LedgerEvent Of(PaymentEvent entry) => new(entry.Name, entry.Amount, entry.At, entry.IdempotencyKey, entry.Success);

    internal JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["amount"] = Amount,
        ["at"] = Timestamps.Text(At),
        ["idempotencyKey"] = IdempotencyKey,
        ["success"] = Success,
    };
}
