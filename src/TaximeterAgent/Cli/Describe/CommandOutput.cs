using System.Text.Json.Serialization.Metadata;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Cli.Setup;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Describe;

/// <summary>What a command prints with <c>--json</c>.</summary>
/// <param name="Command">Its words: <c>meter watch</c>.</param>
/// <param name="Shape">What is printed.</param>
internal sealed record CommandOutput(string Command, JsonTypeInfo Shape)
{
    /// <summary>True if it prints lines, each such an object, for as long as it runs.</summary>
    public bool Lines { get; init; }

    /// <summary>What is printed where no agent answers, if that is another shape.</summary>
    public JsonTypeInfo? Alone { get; init; }

    private static ControlJson Agent => AnswerJson.Context;

    /// <summary>All commands with <c>--json</c>; docs/command-output.schema.json is written from it, and tests hold it against the commands and what they print.</summary>
    public static IReadOnlyList<CommandOutput> All { get; } =
    [
        new("config check", CliAnswer.Context.ConfigCheckOutput),
        new("config explain", CliAnswer.Context.ConfigExplainOutput),
        new("config show", CliAnswer.Context.ConfigShowOutput),
        new("display test", Agent.DisplayTestReport),
        new("doctor", CliAnswer.Context.DoctorReport),
        new("gpio watch", Agent.WatchReport) { Lines = true },
        new("keypad test", Agent.WatchReport) { Lines = true },
        new("logs", CliAnswer.Context.LogLineOutput) { Lines = true },
        new("meter learn", CliAnswer.Context.LearnOutput),
        new("meter replay", CliAnswer.Context.ReplayLine) { Lines = true },
        new("meter test", CliAnswer.Context.MeterTestReport),
        new("meter watch", Agent.WatchReport) { Lines = true },
        new("network test", CliAnswer.Context.NetworkTestReport),
        new("outbox hold", Agent.HoldReport),
        new("outbox list", Agent.OutboxListReport),
        new("outbox migrate", Agent.MigrationReport),
        new("outbox quarantine", Agent.QuarantineReport),
        new("outbox release", Agent.HoldReport),
        new("outbox retry", Agent.RetryReport),
        new("pay test", CliAnswer.Context.PayTestReport),
        new("printer test", Agent.PrinterReport),
        new("refund", Agent.RefundReport),
        new("resolve", Agent.ResolveReport),
        new("setup", SetupJson.Default.SetupReport),
        new("status", Agent.StatusReport) { Alone = CliAnswer.Context.OfflineStatusOutput },
        new("support-bundle", CliAnswer.Context.SupportBundleOutput),
        new("trip", Agent.TripDetailReport),
        new("trips", Agent.TripListReport),
    ];
}
