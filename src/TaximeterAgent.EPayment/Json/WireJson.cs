using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace TaximeterAgent.EPayment;

/// <summary>The wire's JSON, generated at build time. Two faces: strict in what is written, bounded in what is read.</summary>
[JsonSerializable(typeof(TokenWire))]
[JsonSerializable(typeof(CreateWire))]
[JsonSerializable(typeof(ModificationWire))]
[JsonSerializable(typeof(CancelWire))]
[JsonSerializable(typeof(ForceApproveWire))]
[JsonSerializable(typeof(RegisterWebhookWire))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(CreatedWire))]
[JsonSerializable(typeof(PaymentWire))]
[JsonSerializable(typeof(PaymentEventWire[]))]
[JsonSerializable(typeof(OrderWire))]
[JsonSerializable(typeof(RegisteredWebhookWire))]
[JsonSerializable(typeof(WebhookListWire))]
[JsonSerializable(typeof(WebhookPayloadWire))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>No nulls; letters of all scripts as themselves, so that a receipt's text is readable in a wire log.</summary>
    internal static WireJson Writing { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>Unknown fields are passed over (the API grows); a field given twice is refused: which one would count?</summary>
    internal static WireJson Reading { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = 16,
        AllowDuplicateProperties = false,
    });
}

/// <summary>Reads what came from outside; what cannot be read is null, never an exception.</summary>
internal static class WireReader
{
    internal static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        // All that System.Text.Json says to bad input, broken UTF-8 in strings and numbers out of range included.
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException
            or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
