using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent refund &lt;trip&gt;</c>: gives money back, after asking.</summary>
internal static class RefundCommand
{
    public static Command Build(Option<string> file)
    {
        var id = AgentCommand.Trip();
        var amount = new Option<long?>("--amount")
        {
            Description = "Minor units that shall have been refunded in all when this is done, earlier refunds included; without it all that was captured.",
            HelpName = "N",
        };
        amount.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1))
                result.AddError("--amount needs a whole number of minor units, 1 or more: 10000 for 100.00.");
        });
        var yes = Consent.Yes();
        var command = AgentCommand.Build("refund", "Refunds a trip, in full or in part.", file, async (parsed, client, report, stop) =>
        {
            var trip = parsed.GetRequiredValue(id);
            var total = parsed.GetValue(amount);
            await Consent.RequireAsync(parsed.GetValue(yes), "refund", () => QuestionAsync(trip, total, client, stop), report, stop);

            var order = JsonSerializer.Serialize(new RefundOrder { Amount = total }, OrderJson.Default.RefundOrder);
            var (refund, json) = await client.PostAsync(AgentCommand.PathOf(trip) + "/refund", order, ControlJson.Default.RefundReport, stop);
            if (report.Json)
                await report.WriteJsonAsync(json);
            else
                await report.WriteFactsAsync(Facts(refund));
            return ExitCode.Ok;
        });
        command.Add(id);
        command.Add(amount);
        command.Add(yes);
        return command;
    }

    private static async Task<string> QuestionAsync(string id, long? total, AgentClient client, CancellationToken stop)
    {
        var trip = await AgentCommand.TripAsync(id, client, stop);
        var captured = trip.Attempts.Sum(attempt => attempt.Captured);
        var currency = trip.Summary.Currency;
        return $"Trip {Text.Line(trip.Summary.Id)}: captured {Text.Money(captured, currency)}, refunded so far {Text.Money(trip.Summary.Refunded, currency)}.\n"
            + $"Refund, so that {Text.Money(total ?? captured, currency)} has been given back in all?";
    }

    private static IEnumerable<(string Name, string Value)> Facts(RefundReport refund)
    {
        yield return ("trip", refund.Trip);
        yield return ("captured", Text.Money(refund.Captured, refund.Currency));
        yield return ("refund ordered", Text.Money(refund.Ordered, refund.Currency) + (refund.New ? "" : ", as before"));
        yield return ("refunded", Text.Money(refund.Refunded, refund.Currency));
        yield return ("next", refund.Next.Text);
    }
}
