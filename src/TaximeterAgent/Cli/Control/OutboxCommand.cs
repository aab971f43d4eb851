using System.CommandLine;
using System.Globalization;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent outbox …</c>: the operations that are not finished, and what a technician does about them.</summary>
internal static class OutboxCommand
{
    private static readonly Column[] s_columns =
    [
        new("trip", Flows: true), new("what"), new("amount", Right: true), new("due", Right: true), new("failures", Right: true), new("waits for", Flows: true), new("payment", From: 150),
    ];

    public static Command Build(Option<string> file) => new("outbox", "Shows and steers what is still to be sent.")
    {
        List(file),
        Retry(file),
        Hold(file, hold: true),
        Hold(file, hold: false),
        MigrateCommand.Build(file),
        QuarantineCommand.Build(file),
    };

    private static Command List(Option<string> file) =>
        AgentCommand.Build("list", "Lists the calls that are still to be made, the next first.", file, async (_, client, report, stop) =>
        {
            var (list, json) = await client.GetAsync("/v1/outbox", ControlJson.Default.OutboxListReport, copy => copy.OutboxAsync(stop), stop);
            await WriteAsync(list, json, report);
            return ExitCode.Ok;
        });

    private static Command Retry(Option<string> file)
    {
        var id = AgentCommand.Trip();
        id.Arity = ArgumentArity.ZeroOrOne;
        var all = new Option<bool>("--all") { Description = "For all trips." };
        var yes = Consent.Yes();
        var command = AgentCommand.Build("retry", "Tries now what waits for its time. Keys and bytes stay, and so does the limit of calls a minute.", file, async (parsed, client, report, stop) =>
        {
            var trip = parsed.GetValue(id);
            await Consent.RequireAsync(
                parsed.GetValue(yes), "outbox retry", () => trip is null ? Task.FromResult("Try now what waits for all trips?") : AskAsync(trip, "Try now what waits for it?", client, stop), report, stop);
            var path = trip is null ? "/v1/outbox/retry" : AgentCommand.PathOf(trip) + "/retry";
            var (retry, json) = await client.PostAsync(path, "", ControlJson.Default.RetryReport, stop);
            if (report.Json)
                await report.WriteJsonAsync(json);
            else
                await report.WriteFactsAsync([("moved", Calls(retry.Moved)), .. retry.Trips.Select(waiting => ("next", $"{waiting.Trip}: {waiting.Next.Text}"))]);
            return ExitCode.Ok;
        });
        command.Validators.Add(result =>
        {
            if ((result.GetResult(id)?.Tokens.Count > 0) == result.GetValue(all))
                result.AddError("outbox retry needs a trip, or --all.");
        });
        command.Add(id);
        command.Add(all);
        command.Add(yes);
        return command;
    }

    private static Command Hold(Option<string> file, bool hold)
    {
        var name = hold ? "hold" : "release";
        var id = AgentCommand.Trip();
        var yes = Consent.Yes();
        var description = hold ? "Sends nothing new for a trip until it is released. What is on its way comes to its end." : "Lets a held trip go on: its payments are read first.";
        var command = AgentCommand.Build(name, description, file, async (parsed, client, report, stop) =>
        {
            var trip = parsed.GetRequiredValue(id);
            await Consent.RequireAsync(
                parsed.GetValue(yes), $"outbox {name}", () => AskAsync(trip, hold ? "Send nothing new for it until it is released?" : "Let it go on?", client, stop), report, stop);
            var (held, json) = await client.PostAsync($"{AgentCommand.PathOf(trip)}/{name}", "", ControlJson.Default.HoldReport, stop);
            if (report.Json)
                await report.WriteJsonAsync(json);
            else
                await report.WriteFactsAsync(Facts(held));
            return ExitCode.Ok;
        });
        command.Add(id);
        command.Add(yes);
        return command;
    }

    private static async Task<string> AskAsync(string trip, string question, AgentClient client, CancellationToken stop) =>
        $"{AgentCommand.Standing(await AgentCommand.TripAsync(trip, client, stop))}\n{question}";

    private static IEnumerable<(string Name, string Value)> Facts(HoldReport report)
    {
        yield return ("trip", report.Trip);
        yield return ("held", (report.Held ? "yes" : "no") + (report.New ? "" : ", as before"));
        if (report.Held && report.OnTheirWay > 0)
            yield return ("on its way", report.OnTheirWay == 1 ? "a call that was sent before; it comes to its end" : $"{Calls(report.OnTheirWay)} that were sent before; they come to their end");
        yield return ("next", report.Next.Text);
    }

    private static string Calls(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "call" : "calls")}");

    private static async Task WriteAsync(OutboxListReport list, string json, Report report)
    {
        if (report.Json)
            await report.WriteJsonAsync(json);
        else
            await report.WriteTableAsync("", s_columns, [.. list.Operations.Select(operation => Row(operation, report)), .. HeldOnly(list, report)]);
    }

    // Nothing is to be sent for them, and nothing will be.
    private static IEnumerable<string[]> HeldOnly(OutboxListReport list, Report report) =>
        list.Held.Where(trip => list.Operations.All(operation => operation.Trip != trip)).Select(trip => (string[])[Name(trip, report), "", "", "", "", "a technician holds the trip: release it", ""]);

    // A person types the trip's own number.
    private static string Name(string trip, Report report) => report.AtTerminal ? Reporting.NumberOf(trip) : trip;

    private static string[] Row(OperationReport operation, Report report) =>
    [
        Name(operation.Trip, report),
        operation.What,
        Text.Money(operation.Amount, operation.Currency),
        operation.InSeconds is { } left ? string.Create(CultureInfo.InvariantCulture, $"{left:0.#} s") : "",
        operation.Failures.ToString(CultureInfo.InvariantCulture),
        operation.Text,
        operation.Reference,
    ];
}
