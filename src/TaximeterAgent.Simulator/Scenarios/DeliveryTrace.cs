using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What became of the service's deliveries of webhooks, in the order of their answers.</summary>
internal sealed class DeliveryTrace
{
    private readonly Lock _gate = new();
    private readonly List<AnsweredDelivery> _all = [];

    public IReadOnlyList<AnsweredDelivery> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    public void Take(WebhookDelivery delivery, int status)
    {
        string name = JsonNode.Parse(delivery.Body.Span)!["name"]!.GetValue<string>();
        lock (_gate)
            _all.Add(new AnsweredDelivery(name, status));
    }
}

/// <param name="Event">What was told.</param>
/// <param name="Status">How it was answered; 0 if it was not.</param>
internal sealed record AnsweredDelivery(string Event, int Status);
