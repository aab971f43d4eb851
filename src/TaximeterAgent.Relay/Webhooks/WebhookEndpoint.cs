using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Broker;
using TaximeterAgent.Relay.Hosting;
using TaximeterAgent.Relay.Payments;

namespace TaximeterAgent.Relay.Webhooks;

/// <summary>
/// <c>POST /webhooks/vipps</c>. 200 only once the hint is in the car's queue; 503 while the broker is away, so that the sender keeps it and sends it again. What is
/// genuine and of no car of ours is a 200 too, counted and put aside: refusing it would hold up every delivery behind it.
/// </summary>
internal sealed class WebhookEndpoint(WebhookSecrets secrets, BrokerPublisher broker, PaymentEvents events, RelayMetrics metrics)
{
    public const string Path = "/webhooks/vipps";

    /// <summary>The largest delivery that is read, in bytes; real ones have some hundred.</summary>
    public const int BodyMaximum = 16 * 1024;

    public async Task ReceiveAsync(HttpContext context)
    {
        // The signature says POST; routing takes it in any letters.
        if (context.Request.Method != HttpMethods.Post)
        {
            metrics.Webhook("malformed");
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BodyMaximum + 1);
        try
        {
            var length = await ReadAsync(context, buffer);
            if (length > BodyMaximum)
            {
                metrics.Webhook("too-large");
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }

            context.Response.StatusCode = await AnswerAsync(context, buffer.AsMemory(0, length));
            if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = "5";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAsync(HttpContext context, byte[] buffer)
    {
        var length = 0;
        while (length <= BodyMaximum)
        {
            var read = await context.Request.Body.ReadAsync(buffer.AsMemory(length, BodyMaximum + 1 - length), context.RequestAborted);
            if (read == 0)
                break;
            length += read;
        }

        return length;
    }

    private async Task<int> AnswerAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var verdict = secrets.Verify(Delivery(context), body.Span);
        if (verdict != WebhookVerdict.Genuine)
        {
            metrics.Webhook(verdict switch
            {
                WebhookVerdict.Stale => "stale",
                WebhookVerdict.Malformed => "malformed",
                _ => "forged",
            });
            return StatusCodes.Status401Unauthorized;
        }

        if (!WebhookPayload.TryParse(body.Span, out var payload) || !CarAddress.TryOfReference(payload.Reference, out var car))
            return await PutAsideAsync("nobodys", body, context.RequestAborted);
        var hint = JsonSerializer.SerializeToUtf8Bytes(new PaymentHint(payload.Reference, payload.Name.ToString().ToUpperInvariant(), payload.Timestamp), FleetJson.Default.PaymentHint);
        switch (await broker.PublishAsync(BrokerNames.Hints, car.RoutingKey, hint, context.RequestAborted))
        {
            case PublishResult.Taken:
                metrics.Webhook("taken");
                events.Note(car, payload);
                return StatusCodes.Status200OK;
            case PublishResult.Unroutable:
                events.Note(car, payload);
                return await PutAsideAsync("unroutable", body, context.RequestAborted);
            default:
                metrics.Webhook("broker-away");
                return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<int> PutAsideAsync(string why, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (await broker.PublishAsync(BrokerNames.Dead, why, body, stop) != PublishResult.Taken)
        {
            metrics.Webhook("broker-away");
            return StatusCodes.Status503ServiceUnavailable;
        }

        metrics.Webhook(why);
        return StatusCodes.Status200OK;
    }

    // As sent: the signature covers these characters, not what they decode to.
    private static WebhookRequest Delivery(HttpContext context)
    {
        var headers = context.Request.Headers;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new WebhookRequest(target, One(headers.Host) ?? "", One(headers["x-ms-date"]), One(headers["x-ms-content-sha256"]), One(headers.Authorization));
    }

    // A header that is there twice could be read one way by a proxy and another way by us.
    private static string? One(StringValues values) => values.Count == 1 ? values[0] : null;
}
