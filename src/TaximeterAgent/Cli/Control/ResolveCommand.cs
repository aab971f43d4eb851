using System.CommandLine;
using System.Text.Json;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent resolve &lt;trip&gt;</c>: a person says that a trip was paid otherwise, after having been asked.</summary>
internal static class ResolveCommand
{
    private const string PaidOtherwise = "paid-otherwise";

    public static Command Build(Option<string> file)
    {
        var id = AgentCommand.Trip();
        var how = new Option<string>("--as") { Description = "What is so: paid-otherwise.", HelpName = PaidOtherwise, Required = true };
        how.AcceptOnlyFromAmong(PaidOtherwise);
        var note = new Option<string>("--note") { Description = "Why, for the history. No phone numbers: they are left out.", HelpName = "TEXT", Required = true };
        note.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (string.IsNullOrWhiteSpace(text) || text.Length > TechnicianNote.Maximum))
                result.AddError($"--note needs a text of at most {TechnicianNote.Maximum} characters.");
        });
        var giveUp = new Option<bool>("--give-up") { Description = "Closes the trip over what cannot be undone. Only for what was resolved and has failed." };
        var yes = Consent.Yes();
        var command = AgentCommand.Build("resolve", "Takes your word that a trip was paid otherwise: what is reserved is released, what was captured is refunded.", file, async (parsed, client, report, stop) =>
        {
            var trip = parsed.GetRequiredValue(id);
            var order = new ResolveOrder { As = parsed.GetRequiredValue(how), Note = parsed.GetRequiredValue(note), GiveUp = parsed.GetValue(giveUp) };
            await Consent.RequireAsync(parsed.GetValue(yes), "resolve", () => QuestionAsync(trip, order, client, stop), report, stop);
            var (resolved, json) = await client.PostAsync(
                AgentCommand.PathOf(trip) + "/resolve", JsonSerializer.Serialize(order, OrderJson.Default.ResolveOrder), ControlJson.Default.ResolveReport, stop);
            if (report.Json)
                await report.WriteJsonAsync(json);
            else
                await report.WriteFactsAsync(Facts(resolved));
            return ExitCode.Ok;
        });
        command.Add(id);
        command.Add(how);
        command.Add(note);
        command.Add(giveUp);
        command.Add(yes);
        return command;
    }

    private static async Task<string> QuestionAsync(string id, ResolveOrder order, AgentClient client, CancellationToken stop)
    {
        var trip = await AgentCommand.TripAsync(id, client, stop);
        var currency = trip.Summary.Currency;
        var captured = trip.Attempts.Sum(attempt => attempt.Captured);
        var refunded = trip.Attempts.Sum(attempt => attempt.Refunded);
        var stands = $"{AgentCommand.Standing(trip)}\nCaptured {Text.Money(captured, currency)}, refunded so far {Text.Money(refunded, currency)}.";
        return order.GiveUp
            ? string.Concat([stands, .. (trip.Left ?? []).Select(left => $"\n  {Line(left)}")])
                + "\nNothing more will be sent for it. What it holds then is lost to the customer or to you, unless\nsomebody sees to it in the sales unit's portal. Close it all the same?"
            : $"{stands}\nWhat is reserved is released, what was captured is refunded in full, and nothing is captured\nany more. Was it paid otherwise?";
    }

    /// <summary>What a payment holds, and where it can be found.</summary>
    internal static string Line(LeftReport left) => $"{Text.Line(left.Reference)} of sales unit {Text.Line(left.Msn)}: {Text.Line(left.Text)}";

    private static IEnumerable<(string Name, string Value)> Facts(ResolveReport report)
    {
        yield return ("trip", report.Trip);
        yield return ("resolved", report.New ? "paid otherwise: nothing of ours is kept" : "as before: nothing changed");
        if (report.GivenUp)
            yield return ("GIVEN UP", "nothing more is sent; what is left may still be out there");
        if (report.Held)
            yield return ("held", "nothing is undone before it is released: taximeter-agent outbox release");
        yield return ("captured", Text.Money(report.Captured, report.Currency));
        yield return ("refunded", Text.Money(report.Refunded, report.Currency));
        foreach (var left in report.Left)
            yield return (report.GivenUp ? "left" : "to undo", Line(left));
        yield return ("next", report.Next.Text);
    }
}
