using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Server;

/// <summary>
/// All that the control socket answers: a line for each mapping of <see cref="ControlEndpoints"/>. docs/openapi.json is written from it, and tests hold it against
/// the mapping and against real answers.
/// </summary>
internal static class EndpointTable
{
    private const string Trip = $"{ControlEndpoints.Prefix}/trips/{{id}}";

    private static ControlJson Json => AnswerJson.Context;

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", ControlEndpoints.Metrics, "All metrics as Prometheus reads them, text format 0.0.4; docs/metrics.md names them.", null) { Text = true },
        new("GET", $"{ControlEndpoints.Prefix}/openapi.json", "This document.", null),
        new("GET", $"{ControlEndpoints.Prefix}/status", "How the agent, its devices, the network and the outbox are, and what is wrong.", Json.StatusReport),
        new("GET", $"{ControlEndpoints.Prefix}/trips", "Trips, newest first.", Json.TripListReport)
        {
            Query =
            [
                new("open", "boolean", "Only trips that are not finished, or only those that are.", "true"),
                new("failed", "boolean", "Only trips that a person has to look at, or only the others.", "false"),
                new("since", "string", "Only trips learnt since then: a time as in RFC 3339.", "2026-11-01T00:00:00Z"),
                new("limit", "integer", "At most so many, 1 to 1000; 100 if not given.", "20"),
            ],
        },
        new("GET", Trip, "A trip, its payments, what comes next, and its history.", Json.TripDetailReport),
        new("POST", $"{Trip}/refund", "Orders a refund; answers once the order is stored.", Json.RefundReport)
        {
            Status = 202,
            Body = OrderJson.Default.RefundOrder,
            Example = """{"amount": 10000}""",
        },
        new("GET", $"{ControlEndpoints.Prefix}/outbox", "The calls that are still to be made, the next first.", Json.OutboxListReport),
        new("POST", $"{ControlEndpoints.Prefix}/outbox/retry", "Tries now what waits for its time, for all trips.", Json.RetryReport) { Status = 202 },
        new("POST", $"{Trip}/retry", "Tries now what waits for its time, for a trip.", Json.RetryReport) { Status = 202 },
        new("POST", $"{Trip}/hold", "Sends nothing new for a trip until it is released.", Json.HoldReport),
        new("POST", $"{Trip}/release", "Lets a held trip go on; its payments are read first.", Json.HoldReport),
        new("POST", $"{Trip}/resolve", "Takes a person's word that a trip was paid another way, and undoes what is out there.", Json.ResolveReport)
        {
            Status = 202,
            Body = OrderJson.Default.ResolveOrder,
            Example = """{"as": "paid-otherwise", "note": "paid in cash, receipt 17"}""",
        },
        new("GET", $"{ControlEndpoints.Prefix}/watch/meter", "What goes over the meter's line, or its contacts, as it happens.", Json.WatchReport) { Lines = true },
        new("GET", $"{ControlEndpoints.Prefix}/watch/keypad", "The keys that are pressed, as it happens.", Json.WatchReport) { Lines = true },
        new("GET", $"{ControlEndpoints.Prefix}/watch/gpio", "The edges of all GPIO lines in use, as they happen.", Json.WatchReport) { Lines = true },
        new("POST", $"{ControlEndpoints.Prefix}/display/test", "Shows a test picture on the driver's display for some seconds.", Json.DisplayTestReport),
        new("POST", $"{ControlEndpoints.Prefix}/printer/test", "Gives the customer's printer a page to look at; the status says what becomes of it.", Json.PrinterReport),
    ];
}
