using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Server;

// What is still to be sent, and what a technician does about it.
internal static partial class ControlEndpoints
{
    private static void MapOutbox(WebApplication web, IControlTarget target)
    {
        web.MapGet($"{Prefix}/outbox", async context => await TellAsync(context, await target.OutboxAsync(context.RequestAborted), AnswerJson.Context.OutboxListReport));
        web.MapPost($"{Prefix}/outbox/retry", context => RetryAsync(context, target, null));
        web.MapPost($"{Prefix}/trips/{IdSegment}/retry", context => RetryAsync(context, target, Id(context)));
        web.MapPost($"{Prefix}/trips/{IdSegment}/hold", context => HoldAsync(context, target, hold: true));
        web.MapPost($"{Prefix}/trips/{IdSegment}/release", context => HoldAsync(context, target, hold: false));
        web.MapPost($"{Prefix}/trips/{IdSegment}/resolve", context => ResolveAsync(context, target));
    }

    private static async Task RetryAsync(HttpContext context, IControlTarget target, string? id)
    {
        if (await HasBodyAsync(context))
            return;
        await TellAsync(context, await target.RetryAsync(id, CallerOf(context), context.RequestAborted), AnswerJson.Context.RetryReport, StatusCodes.Status202Accepted);
    }

    private static async Task HoldAsync(HttpContext context, IControlTarget target, bool hold)
    {
        if (await HasBodyAsync(context))
            return;
        await TellAsync(context, await target.HoldAsync(Id(context), hold, CallerOf(context), context.RequestAborted), AnswerJson.Context.HoldReport);
    }

    private static async Task ResolveAsync(HttpContext context, IControlTarget target)
    {
        ResolveOrder? order = null;
        try
        {
            var body = await BodyAsync(context);
            order = JsonSerializer.Deserialize(body, OrderJson.Default.ResolveOrder);
        }
        catch (Exception e) when (e is JsonException || (e is IOException and not BadHttpRequestException))
        {
            // Said below.
        }

        var fault = order switch
        {
            null => "The body is {\"as\": \"paid-otherwise\", \"note\": TEXT}, with \"giveUp\": true where that is meant.",
            { As: not "paid-otherwise" } => "\"as\" is \"paid-otherwise\".",
            _ when string.IsNullOrWhiteSpace(order.Note) => "\"note\" says why, for the history.",
            { Note.Length: > TechnicianNote.Maximum } => $"\"note\" has at most {TechnicianNote.Maximum} characters.",
            _ => null,
        };
        if (fault is not null)
        {
            await TellAsync(context, Problem.BadRequest(fault));
            return;
        }

        var answer = await target.ResolveAsync(Id(context), order!.GiveUp, order.Note!, CallerOf(context), context.RequestAborted);
        await TellAsync(context, answer, AnswerJson.Context.ResolveReport, StatusCodes.Status202Accepted);
    }

    // An order that takes nothing, given something, is not the order that was meant.
    private static async Task<bool> HasBodyAsync(HttpContext context)
    {
        byte[] body;
        try
        {
            body = await BodyAsync(context);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException)
        {
            body = [0];
        }

        if (body.Length == 0 || body.AsSpan().SequenceEqual("{}"u8))
            return false;
        await TellAsync(context, Problem.BadRequest("This order has no body, or {}."));
        return true;
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static string CallerOf(HttpContext context) => Caller.Of(context.Features.Get<IConnectionSocketFeature>()?.Socket);
}
