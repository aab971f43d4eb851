using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaximeterAgent.Cli.Output;

/// <summary>What the commands that try something out write as JSON. Names and meanings do not change; new names may be added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NetworkTestReport))]
[JsonSerializable(typeof(PayTestReport))]
[JsonSerializable(typeof(ReplayLine))]
internal sealed partial class ProbeJson : JsonSerializerContext;

/// <summary>How it is written.</summary>
internal static class ProbeAnswer
{
    /// <summary>The dots of a masked number and letters of any language stay as they are.</summary>
    public static ProbeJson Context { get; } = new(new JsonSerializerOptions(ProbeJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
