using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaximeterAgent.Cli.Output;

/// <summary>
/// What commands write as JSON that comes from no endpoint of the agent. Names and meanings do not change; new names may be added. Each is named in
/// <see cref="Describe.CommandOutput"/> as well.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigShowOutput))]
[JsonSerializable(typeof(ConfigCheckOutput))]
[JsonSerializable(typeof(ConfigExplainOutput))]
[JsonSerializable(typeof(OfflineStatusOutput))]
[JsonSerializable(typeof(LogLineOutput))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(LearnOutput))]
[JsonSerializable(typeof(MeterTestReport))]
[JsonSerializable(typeof(NetworkTestReport))]
[JsonSerializable(typeof(PayTestReport))]
[JsonSerializable(typeof(ReplayLine))]
[JsonSerializable(typeof(SupportBundleOutput))]
internal sealed partial class CliJson : JsonSerializerContext;

/// <summary>How it is written.</summary>
internal static class CliAnswer
{
    /// <summary>The dots of a masked number and letters of any language stay as they are, since no web page shows them.</summary>
    public static CliJson Context { get; } = new(new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
