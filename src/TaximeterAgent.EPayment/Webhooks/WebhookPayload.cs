using System.Diagnostics.CodeAnalysis;
using TaximeterAgent.EPayment.Json;

namespace TaximeterAgent.EPayment;

/// <summary>What a delivery says. A signal, not the truth: read the payment before money moves.</summary>
/// <param name="MerchantSerialNumber">The sales unit.</param>
/// <param name="Reference">The payment.</param>
/// <param name="Name">What happened to it.</param>
public sealed record WebhookPayload(string? MerchantSerialNumber, string Reference, string Name)
{
    /// <summary>The largest delivery that is read, in bytes.</summary>
    public const int BodyMaximum = 16 * 1024;

    /// <summary>Reads a delivery. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out WebhookPayload? payload)
    {
        payload = null;
        if (body.Length > BodyMaximum || !BodyReader.TryRead(body, ApiJson.Default.EventAnswer, out var entry)
            || entry.Reference is not { Length: >= 8 and <= 64 } reference || !reference.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return false;
        payload = new WebhookPayload(SafeText.Identifier(entry.Msn), reference, SafeText.Bounded(entry.Name ?? "", 40));
        return true;
    }
}
