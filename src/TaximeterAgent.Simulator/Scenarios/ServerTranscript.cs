using System.Globalization;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>
/// Tells what is asked of the APIs, a repeated question with the same answer only once, and what customers and clock do to the payments.
/// Called inside the server's lock, one call after the other.
/// </summary>
internal sealed class ServerTranscript(Transcript transcript)
{
    private string _last = "";

    public void Take(WireEntry entry)
    {
        string line = $"{entry.Request.Method} {entry.Request.Target} {(entry.Status == 0 ? "withheld" : entry.Status.ToString(CultureInfo.InvariantCulture))}";
        if (line != _last)
            transcript.Say("server", line);
        _last = line;
    }

    public void Take(string reference, LedgerEvent one)
    {
        string actor = one.Name is "AUTHORIZED" or "ABORTED" ? "customer" : "server";
        transcript.Say(actor, string.Create(CultureInfo.InvariantCulture, $"{reference}: {one.Name} {one.Amount}{(one.Success ? "" : ", failed")}"));
        _last = "";
    }

    public void Take(WebhookDelivery delivery, int status) =>
        transcript.Say("server", $"delivers a webhook to {delivery.Url.Authority}: {(status == 0 ? "no answer" : status.ToString(CultureInfo.InvariantCulture))}");

    public void Take(Violation violation) => transcript.Say("server", $"VIOLATION {violation.Rule}: {violation.Detail}");
}
