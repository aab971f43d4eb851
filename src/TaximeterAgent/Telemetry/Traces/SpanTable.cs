using System.Collections.Immutable;
using TaximeterAgent.Telemetry.Metrics;

namespace TaximeterAgent.Telemetry.Traces;

/// <summary>A kind of span; docs/metrics.md is written from these.</summary>
/// <param name="Name">As it is named in the trace.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Attributes">What it says besides.</param>
internal sealed record Span(string Name, string Meaning, params Label[] Attributes);

/// <summary>Every span of ours. No attribute ever holds what tells a trip, a payment or a person.</summary>
internal static class SpanTable
{
    /// <summary>The source that they are of.</summary>
    public const string SourceName = MetricTable.MeterName;

    public static readonly Label Resumed = new("taximeter.trip.resumed", "`true` where the trip was known before: after a restart, or for a refund or a request that is made later");
    public static readonly Label Unfinished = new("taximeter.trip.unfinished", "`true` where the agent stopped before it was finished");
    public static readonly Label Inputs = new("taximeter.inputs", "what came in, as `fare-received`, `create-tried`, …; in their order");
    public static readonly Label Status = new("http.response.status_code", "of an answer that was a refusal or said nothing");
    public static readonly Label Address = new("server.address", "the payment service");
    public static readonly Label Port = new("server.port", "its port");
    public static readonly Label Error = new("error.type", "the outcome of a call that failed");
    public static readonly Label Word = new("taximeter.word", "`paid`, `unpaid`, `refunded`");

    public static readonly Span Trip = new(
        "trip", "A trip from what made it known until nothing of it is under way any more. The span that all others of the trip are in.",
        MetricTable.Outcome with { Values = "as the meter was told or it was settled: `paid`, `unpaid`, `refunded`, `cash`, `void`, `otherwise`, `stopped`" }, Resumed, Unfinished);

    public static readonly Span Decide = new("decide", "From the input that changed the trip's state until that was stored.", Inputs);
    public static readonly Span Commit = new("commit", "The commit that stored it.", MetricTable.Sync);

    public static readonly Span Call = new(
        "create, query, capture, …", "A call to the payment service, by the operation's name: the connection, a token where one was to be had, and the answer.",
        MetricTable.Operation, MetricTable.Outcome with { Values = "as of `taximeter.service.calls`" }, Status, Address, Port, Error);

    public static readonly Span Tell = new("tell", "From the stored result until the meter has acknowledged it.", Word);

    /// <summary>On the trip's span: somebody said that a payment has changed.</summary>
    public const string HintEvent = "hint";

    /// <summary>All of them, in the order of the page.</summary>
    public static readonly ImmutableArray<Span> All = [Trip, Decide, Commit, Call, Tell];
}
