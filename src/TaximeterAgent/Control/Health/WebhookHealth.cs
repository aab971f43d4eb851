using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>The agent's own listener for webhooks. Polling does without it, so it is never worse than yellow.</summary>
internal static class WebhookHealth
{
    public static Grade Of(WebhookReport webhooks, DateTimeOffset now)
    {
        if (!webhooks.Listening)
            return Grade.Yellow("not listening; payments are polled", $"see why: {Grade.Command("logs")}; check {Keys.WebhookListen.Name}");
        var counts = string.Create(CultureInfo.InvariantCulture, $"{webhooks.Accepted} of {webhooks.Received} accepted");
        if (webhooks.Accepted > 0 || webhooks.Received == 0)
            return Grade.Green(webhooks.LastAccepted is { } at ? $"{counts}, last {Roughly.Long(now - at)} ago" : "listening, none has come");
        return webhooks.Stale > webhooks.Forged
            ? Grade.Yellow($"{counts}: stale", "the car's clock is wrong, or the tunnel holds them up")
            : Grade.Yellow($"{counts}: wrong signature", $"check {Keys.WebhookSecret.Name}; the tunnel must not change Host, path or body");
    }
}
