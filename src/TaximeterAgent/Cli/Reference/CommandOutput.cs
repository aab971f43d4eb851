using System.Text.Json.Serialization.Metadata;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Reference;

/// <summary>What a command prints with <c>--json</c>.</summary>
/// <param name="Command">Its words: <c>meter watch</c>.</param>
/// <param name="Shape">What is printed.</param>
internal sealed record CommandOutput(string Command, JsonTypeInfo Shape)
{
    /// <summary>True if it prints lines, each such an object, for as long as it runs.</summary>
    public bool Lines { get; init; }

    private static ControlJson Agent => AnswerJson.Context;

    /// <summary>All commands with <c>--json</c>; docs/command-output.schema.json is written from it, and tests hold it against the commands and what they print.</summary>
    public static IReadOnlyList<CommandOutput> All { get; } =
    [
        new("display test", Agent.DisplayTestReport),
        new("gpio watch", Agent.WatchReport) { Lines = true },
        new("keypad test", Agent.WatchReport) { Lines = true },
        new("meter test", CliAnswer.Context.MeterTestReport),
        new("meter watch", Agent.WatchReport) { Lines = true },
        new("outbox list", Agent.OutboxListReport),
        new("refund", Agent.RefundReport),
        new("status", Agent.StatusReport),
        new("trip", Agent.TripDetailReport),
        new("trips", Agent.TripListReport),
    ];
}
