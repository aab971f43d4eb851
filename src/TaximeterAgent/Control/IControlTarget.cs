using TaximeterAgent.Control.Watch;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control;

/// <summary>
/// What can be asked of the running agent, from any thread. Every method answers within some seconds, whatever state the agent is in, and never throws for it.
/// </summary>
internal interface IControlTarget : IOutboxView
{
    Task<Answer<StatusReport>> StatusAsync(CancellationToken cancellationToken);

    /// <summary>All metrics as they are now, in Prometheus' text format.</summary>
    Task<Answer<string>> MetricsAsync(CancellationToken cancellationToken);

    /// <summary>Orders a refund and answers once the order is stored.</summary>
    /// <param name="id">The trip.</param>
    /// <param name="total">Minor units that shall have been refunded in all; null for all that was captured.</param>
    /// <param name="caller">Who asks, for the history.</param>
    /// <param name="cancellationToken">Stops waiting; an order that was taken stays taken.</param>
    Task<Answer<RefundReport>> RefundAsync(string id, long? total, string caller, CancellationToken cancellationToken);

    /// <summary>Holds a trip, or releases it, and answers once that is stored.</summary>
    Task<Answer<HoldReport>> HoldAsync(string id, bool hold, string caller, CancellationToken cancellationToken);

    /// <summary>Moves the time of what waits to now.</summary>
    /// <param name="id">The trip; null for all.</param>
    /// <param name="caller">Who asks, for the history.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Answer<RetryReport>> RetryAsync(string? id, string caller, CancellationToken cancellationToken);

    /// <summary>Takes a person's word that a trip was paid otherwise, and answers once that is stored.</summary>
    /// <param name="id">The trip.</param>
    /// <param name="giveUp">Close it over what cannot be settled.</param>
    /// <param name="note">Why.</param>
    /// <param name="caller">Who says so, for the history.</param>
    /// <param name="cancellationToken">Stops waiting; an order that was taken stays taken.</param>
    Task<Answer<ResolveReport>> ResolveAsync(string id, bool giveUp, string note, string caller, CancellationToken cancellationToken);

    /// <summary>Begins to watch. The watcher is the caller's to dispose of.</summary>
    Answer<Watcher> Watch(WatchTopic topic);

    /// <summary>How a topic's device is, as a watcher is told first.</summary>
    WatchReport Watching(WatchTopic topic);

    /// <summary>Shows a test picture on the driver's display for some seconds, or until something is to be told there.</summary>
    Task<Answer<DisplayTestReport>> TestDisplayAsync(CancellationToken cancellationToken);

    /// <summary>Gives the customer's printer a page to look at; what becomes of it is in the status.</summary>
    Task<Answer<PrinterReport>> TestPrinterAsync(CancellationToken cancellationToken);
}

/// <summary>Which trips to list, newest first. More than one condition: all of them hold.</summary>
/// <param name="Open">Only trips with something under way, or only those without.</param>
/// <param name="Failed">Only trips that a person has to look at, or only the others.</param>
/// <param name="Since">Only trips learnt since then.</param>
/// <param name="Limit">At most so many, 1 to <see cref="LimitMaximum"/>.</param>
internal sealed record TripQuery(bool? Open = null, bool? Failed = null, DateTimeOffset? Since = null, int Limit = TripQuery.LimitDefault)
{
    public const int LimitDefault = 100;

    public const int LimitMaximum = 1_000;
}
