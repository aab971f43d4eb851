using System.CommandLine;
using System.Globalization;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent outbox …</c>: the operations that are not finished, and what a technician does about them.</summary>
internal static class OutboxCommand
{
    private static readonly Column[] s_columns = [new("trip"), new("what"), new("amount", Right: true), new("due", Right: true), new("failures", Right: true), new("waits for"), new("payment")];

    public static Command Build(Option<string> file) => new("outbox", "Shows and steers what is still to be sent.")
    {
        List(file),
        QuarantineCommand.Build(file),
    };

    private static Command List(Option<string> file) =>
        AgentCommand.Build("list", "Lists the calls that are still to be made, the next first.", file, async (_, client, report, stop) =>
        {
            var (list, json) = await client.GetAsync("/v1/outbox", ControlJson.Default.OutboxListReport, copy => copy.OutboxAsync(stop), stop);
            if (report.Json)
                await report.WriteJsonAsync(json);
            else
                await report.WriteTableAsync("", s_columns, [.. list.Operations.Select(Row)]);
            return ExitCode.Ok;
        });

    private static string[] Row(OperationReport operation) =>
    [
        operation.Trip,
        operation.What,
        Text.Money(operation.Amount, operation.Currency),
        operation.InSeconds is { } left ? string.Create(CultureInfo.InvariantCulture, $"{left:0.#} s") : "",
        operation.Failures.ToString(CultureInfo.InvariantCulture),
        operation.Text,
        operation.Reference,
    ];
}
