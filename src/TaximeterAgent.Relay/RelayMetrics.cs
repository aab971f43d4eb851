using System.Diagnostics.Metrics;
using TaximeterAgent.Relay.Broker;

namespace TaximeterAgent.Relay;

/// <summary>What the relay counts; <c>GET /metrics</c> puts the meter's name before each: <c>taximeteragent_relay_webhooks</c>.</summary>
internal sealed class RelayMetrics
{
    public const string MeterName = "TaximeterAgent.Relay";

    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _published;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _bookings;
    private readonly Counter<long> _missed;
    private long _stranded;

    public RelayMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _webhooks = meter.CreateCounter<long>("webhooks", description: "Deliveries of the payment service, by what became of them.");
        _published = meter.CreateCounter<long>("published", description: "Messages published, by exchange and the broker's word.");
        _reports = meter.CreateCounter<long>("reports", description: "Cars' reports, by what became of them.");
        _bookings = meter.CreateCounter<long>("bookings", description: "Requests about bookings, by kind and status.");
        _missed = meter.CreateCounter<long>("events.missed", description: "Payment events that the database did not get; the cars' reports and a look at the payment stand in.");
        meter.CreateObservableGauge("payments.stranded", () => Interlocked.Read(ref _stranded), description: "Payments that were approved and neither captured nor released for too long.");
    }

    public void Webhook(string result) => _webhooks.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Published(string exchange, PublishResult result) =>
        _published.Add(1, new KeyValuePair<string, object?>("exchange", exchange), new KeyValuePair<string, object?>("result", result switch
        {
            PublishResult.Taken => "taken",
            PublishResult.Unroutable => "unroutable",
            PublishResult.Full => "full",
            _ => "away",
        }));

    public void ReportTaken() => _reports.Add(1, new KeyValuePair<string, object?>("result", "taken"));

    public void ReportUnusable() => _reports.Add(1, new KeyValuePair<string, object?>("result", "unusable"));

    public void Booking(string request, int status) =>
        _bookings.Add(1, new KeyValuePair<string, object?>("request", request), new KeyValuePair<string, object?>("status", status));

    public void EventMissed(int count) => _missed.Add(count);

    public void Stranded(long count) => Interlocked.Exchange(ref _stranded, count);
}
