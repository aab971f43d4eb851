using Microsoft.AspNetCore.Builder;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Server;

// What is still to be sent, and what a technician does about it.
internal static partial class ControlEndpoints
{
    private static void MapOutbox(WebApplication web, IControlTarget target) =>
        web.MapGet($"{Prefix}/outbox", async context => await TellAsync(context, await target.OutboxAsync(context.RequestAborted), AnswerJson.Context.OutboxListReport));
}
