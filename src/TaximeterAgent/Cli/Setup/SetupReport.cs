using System.Text.Json.Serialization;

namespace TaximeterAgent.Cli.Setup;

/// <summary>One thing that was looked at.</summary>
/// <param name="What">Such as <c>meter line</c>.</param>
/// <param name="State"><c>ok</c>, <c>wrong</c> or <c>skipped</c>.</param>
/// <param name="Text">What was found, and what to do.</param>
internal sealed record SetupStep(string What, string State, string Text);

/// <summary>What came of <c>setup</c>.</summary>
/// <param name="Changed">Files that were written or deleted.</param>
/// <param name="Checks">What was looked at, in order.</param>
/// <param name="Restarted">True if the agent was started anew.</param>
/// <param name="Next">What to do next.</param>
internal sealed record SetupReport(IReadOnlyList<string> Changed, IReadOnlyList<SetupStep> Checks, bool Restarted, string Next);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SetupReport))]
internal sealed partial class SetupJson : JsonSerializerContext;
