using System.Diagnostics.CodeAnalysis;

namespace TaximeterAgent.EPayment;

/// <summary>What a delivery says. A signal, not the truth: read the payment before money moves.</summary>
/// <param name="MerchantSerialNumber">Whose payment.</param>
/// <param name="Reference">Which payment.</param>
/// <param name="Name">What happened.</param>
/// <param name="Amount">How much.</param>
/// <param name="Timestamp">When, by the server's clock.</param>
/// <param name="Success">Whether it did happen.</param>
public sealed record WebhookPayload(string MerchantSerialNumber, string Reference, PaymentEventName Name, Amount Amount, DateTimeOffset Timestamp, bool Success)
{
    /// <summary>The most that is read of a delivery: 64 KiB; a real one has some 400 bytes.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>The event's own reference of the publisher; equal for doubled deliveries.</summary>
    public string? PspReference { get; init; }

    /// <summary>The key of the request that caused it, if any.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Reads a verified body. False if it is too large or not as documented; never throws.</summary>
    /// <param name="body">The raw bytes.</param>
    /// <param name="payload">What it says.</param>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out WebhookPayload? payload)
    {
        payload = null;
        if (body.Length > MostBytes) return false;
        if (WireReader.Read(body, WireJson.Reading.WebhookPayloadWire) is not { Name: { } name, Success: { } success } wire) return false;
        if (!SalesUnit.IsMerchantSerialNumber(wire.Msn) || !FieldRules.IsReference(wire.Reference)) return false;
        if (PaymentReader.ReadAmount(wire.Amount) is not { } amount || PaymentReader.ReadTime(wire.Timestamp) is not { } timestamp) return false;
        payload = new WebhookPayload(wire.Msn, wire.Reference, PaymentReader.ReadEventName(name), amount, timestamp, success)
        {
            PspReference = SafeText.Identifier(wire.PspReference),
            IdempotencyKey = HeaderText.IsToken(wire.IdempotencyKey, 50) ? wire.IdempotencyKey : null,
        };
        return true;
    }
}
