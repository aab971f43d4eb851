using TaximeterAgent.Control;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Tests.Control;

/// <summary>An agent that remembers what it was asked, and answers what the test says.</summary>
internal sealed class FakeTarget : IControlTarget
{
    public TripQuery? Query { get; private set; }

    public string? Id { get; private set; }

    public (long? Total, string Caller)? Refund { get; private set; }

    public Exception? Failure { get; set; }

    public Answer<TripDetailReport> Trip { get; set; } = Problem.UnknownTrip("1");

    public Answer<RefundReport> Refunded { get; set; } = new RefundReport("m/1/s", "NOK", 34_500, 34_500, 0, true, new NextReport("refund", 0, "refund, now"));

    public Task<Answer<StatusReport>> StatusAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<Answer<StatusReport>>(Problem.Starting) : Task.FromException<Answer<StatusReport>>(Failure);

    public Task<Answer<string>> MetricsAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<string>>("# nothing\n");

    public Task<Answer<TripListReport>> TripsAsync(TripQuery query, CancellationToken cancellationToken)
    {
        Query = query;
        return Task.FromResult<Answer<TripListReport>>(new TripListReport([]));
    }

    public Task<Answer<TripDetailReport>> TripAsync(string id, CancellationToken cancellationToken)
    {
        Id = id;
        return Task.FromResult(Trip);
    }

    public WatchBus Bus { get; } = new(TimeProvider.System);

    public Answer<Watcher> Watch(WatchTopic topic) => Bus.Watch(topic) is { } watcher ? watcher : Problem.TooManyWatch;

    public WatchReport Watching(WatchTopic topic) => new(DateTimeOffset.UnixEpoch, "watching") { Value = "open" };

    public Task<Answer<DisplayTestReport>> TestDisplayAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Answer<DisplayTestReport>>(new DisplayTestReport(["12", "34"], 8, new DeviceReport("open", null)));

    public Task<Answer<PrinterReport>> TestPrinterAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<PrinterReport>>(
        new PrinterReport { Port = new DeviceReport("open", null), State = "ready", InLine = false, Waiting = 1, Dropped = 0 });

    public Task<Answer<OutboxListReport>> OutboxAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Answer<OutboxListReport>>(new OutboxListReport([], []));

    public (bool Hold, string Caller)? Held { get; private set; }

    public (bool GiveUp, string Note, string Caller)? Resolved { get; private set; }

    public string? Retried { get; private set; }

    public Task<Answer<HoldReport>> HoldAsync(string id, bool hold, string caller, CancellationToken cancellationToken)
    {
        (Id, Held) = (id, (hold, caller));
        return Task.FromResult<Answer<HoldReport>>(new HoldReport(id, hold, true, 0, new NextReport("nothing", null, "nothing")));
    }

    public Task<Answer<RetryReport>> RetryAsync(string? id, string caller, CancellationToken cancellationToken)
    {
        Retried = id ?? "all";
        return Task.FromResult<Answer<RetryReport>>(new RetryReport(1, []));
    }

    public Task<Answer<ResolveReport>> ResolveAsync(string id, bool giveUp, string note, string caller, CancellationToken cancellationToken)
    {
        (Id, Resolved) = (id, (giveUp, note, caller));
        return Task.FromResult<Answer<ResolveReport>>(Problem.UnknownTrip(id));
    }

    public Task<Answer<RefundReport>> RefundAsync(string id, long? total, string caller, CancellationToken cancellationToken)
    {
        Id = id;
        Refund = (total, caller);
        return Task.FromResult(Refunded);
    }
}
