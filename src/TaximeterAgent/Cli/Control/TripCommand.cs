using System.CommandLine;
using System.Globalization;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent trip &lt;id&gt;</c>: all that is known of one trip, with its history.</summary>
internal static class TripCommand
{
    private static readonly Column[] s_attempts =
    [
        new("payment"), new("state"), new("asked", Right: true), new("captured", Right: true), new("released", Right: true), new("refunded", Right: true), new("next", Flows: true),
    ];

    private static readonly Column[] s_history = [new("time"), new("who"), new("what happened", Flows: true)];

    public static Command Build(Option<string> file)
    {
        var id = AgentCommand.Trip();
        var command = AgentCommand.Build("trip", "Shows a trip, its payments and its history.", file, async (parsed, client, report, stop) =>
        {
            var name = parsed.GetRequiredValue(id);
            var (trip, json) = await client.GetAsync(AgentCommand.PathOf(name), ControlJson.Default.TripDetailReport, copy => copy.TripAsync(name, stop), stop);
            if (report.Json)
            {
                await report.WriteJsonAsync(json);
                return ExitCode.Ok;
            }

            await report.WriteFactsAsync(Facts(trip));
            await report.WriteTableAsync("Payments", s_attempts, [.. trip.Attempts.Select(Row)]);
            await report.WriteTableAsync("History", s_history, [.. trip.History.Select(line => Row(line, report))]);
            return ExitCode.Ok;
        });
        command.Add(id);
        return command;
    }

    private static IEnumerable<(string Name, string Value)> Facts(TripDetailReport trip)
    {
        var summary = trip.Summary;
        var currency = summary.Currency;
        yield return ("trip", summary.Id);
        if (summary.Booking is { } booking)
            yield return ("booking", booking);
        if (trip.Pickup is { } pickup)
            yield return ("pickup", pickup);
        yield return ("learnt", Text.Time(summary.LearntAt));
        yield return ("changed", Text.Time(summary.ChangedAt));
        yield return ("state", trip.Phase);
        yield return ("next", trip.Next.Text);
        if (summary.Total is not null)
            yield return ("fare", Text.Money(summary.Total, currency));
        yield return ("captured", Text.Money(summary.Captured, currency));
        if (trip.Outstanding > 0)
            yield return ("outstanding", Text.Money(trip.Outstanding, currency));
        if (trip.RefundOrdered > 0)
            yield return ("refund ordered", Text.Money(trip.RefundOrdered, currency) + (trip.RefundRefused ? ", refused by the service" : ""));
        if (summary.Refunded > 0)
            yield return ("refunded", Text.Money(summary.Refunded, currency));
        if (summary.Phone is { } phone)
            yield return ("phone", phone);
        if (trip.Settled is { } settled)
            yield return ("settled by", settled);
        if (trip.Question is { } question)
            yield return ("question", question);
        if (summary.Word is { } word)
            yield return ("meter told", $"{word.Kind} {Text.Money(word.Amount, currency)}{(word.Reason is { } reason ? $", {reason}" : "")}{(word.Acknowledged ? ", acknowledged" : ", not acknowledged yet")}");
        if (summary.Held == true)
            yield return ("held", "by a technician: nothing is sent for it until taximeter-agent outbox release");
        if (summary.GivenUp == true)
            yield return ("given up", "by a technician: what is left may still be out there");
        foreach (var left in trip.Left ?? [])
            yield return (summary.GivenUp == true ? "left" : "to undo", ResolveCommand.Line(left));
        if (summary.Stopped is { } stopped)
            yield return ("stopped", stopped);
    }

    private static string[] Row(AttemptReport attempt) =>
    [
        $"{attempt.Reference}{(attempt.Kind == "reservation" ? " (reservation)" : "")}",
        attempt.Ending is { } ending && ending != attempt.State ? $"{attempt.State}, {ending}" : attempt.State == "none" ? attempt.Existence : attempt.State,
        Text.Money(attempt.Amount),
        Text.Money(attempt.Captured),
        Text.Money(attempt.Cancelled),
        Text.Money(attempt.Refunded),
        attempt.Next.Text,
    ];

    private static string[] Row(HistoryReport line, Report report)
    {
        var more = new List<string>();
        if (line.Reference is { } reference)
            more.Add(reference);
        if (line.Code is { } code)
            more.Add(code);
        if (line.DurationMs is { } duration)
            more.Add(string.Create(CultureInfo.InvariantCulture, $"{duration:0} ms"));
        if (line.TraceId is { } trace)
            more.Add($"trace {trace}");
        return [report.AtTerminal ? Text.ShortTime(line.At) : Text.Time(line.At), line.Actor, more.Count == 0 ? line.Text : $"{line.Text} [{string.Join(", ", more)}]"];
    }
}
