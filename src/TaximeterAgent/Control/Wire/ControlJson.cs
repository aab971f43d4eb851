using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaximeterAgent.Control.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(TripListReport))]
[JsonSerializable(typeof(TripDetailReport))]
[JsonSerializable(typeof(RefundReport))]
[JsonSerializable(typeof(WatchReport))]
[JsonSerializable(typeof(DisplayTestReport))]
[JsonSerializable(typeof(PrinterReport))]
[JsonSerializable(typeof(OutboxListReport))]
[JsonSerializable(typeof(MigrationReport))]
[JsonSerializable(typeof(QuarantineReport))]
[JsonSerializable(typeof(HoldReport))]
[JsonSerializable(typeof(RetryReport))]
[JsonSerializable(typeof(ResolveReport))]
[JsonSerializable(typeof(ErrorReport))]
internal sealed partial class ControlJson : JsonSerializerContext;

// A misspelled "amount" must not become a refund of everything.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RefundOrder))]
[JsonSerializable(typeof(ResolveOrder))]
internal sealed partial class OrderJson : JsonSerializerContext;

/// <summary>How answers are written.</summary>
internal static class AnswerJson
{
    /// <summary>The dots of a masked number and Norwegian letters stay as they are, since no web page shows them.</summary>
    public static ControlJson Context { get; } = new(new JsonSerializerOptions(ControlJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
