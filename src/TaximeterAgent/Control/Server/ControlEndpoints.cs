using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Telemetry.Prometheus;

namespace TaximeterAgent.Control.Server;

/// <summary>The paths of the control socket. What they answer is in docs/control.md; each is a line of <see cref="EndpointTable"/> as well.</summary>
internal static partial class ControlEndpoints
{
    public const string Prefix = "/v1";

    /// <summary>Where Prometheus looks, whatever the version of the rest.</summary>
    public const string Metrics = "/metrics";

    private const string IdSegment = "{id}";
    private static readonly string[] s_tripQuery = ["open", "failed", "since", "limit"];

    public static void Map(WebApplication web, IControlTarget target, ILogger log)
    {
        web.Use(next => context => GuardAsync(next, context, log));
        web.MapGet($"{Prefix}/openapi.json", OpenApiFile.TellAsync);
        web.MapGet($"{Prefix}/status", async context => await TellAsync(context, await target.StatusAsync(context.RequestAborted), AnswerJson.Context.StatusReport));
        web.MapGet($"{Prefix}/trips", context => TripsAsync(context, target));
        web.MapGet($"{Prefix}/trips/{IdSegment}", async context => await TellAsync(context, await target.TripAsync(Id(context), context.RequestAborted), AnswerJson.Context.TripDetailReport));
        web.MapPost($"{Prefix}/trips/{IdSegment}/refund", context => RefundAsync(context, target));
        web.MapGet(Metrics, context => MetricsAsync(context, target));
        MapOutbox(web, target);
        var stopping = web.Lifetime.ApplicationStopping;
        foreach (var topic in Enum.GetValues<WatchTopic>())
            web.MapGet($"{Prefix}/watch/{Kebab.Of(topic)}", context => WatchAsync(context, target, topic, stopping));
        web.MapPost($"{Prefix}/display/test", async context => await TellAsync(context, await target.TestDisplayAsync(context.RequestAborted), AnswerJson.Context.DisplayTestReport));
        web.MapPost($"{Prefix}/printer/test", async context => await TellAsync(context, await target.TestPrinterAsync(context.RequestAborted), AnswerJson.Context.PrinterReport));
    }

    // Nobody is shown a stack trace, and every answer has the same shape.
    private static async Task GuardAsync(RequestDelegate next, HttpContext context, ILogger log)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound })
                await TellAsync(context, new Problem(404, "unknown-path", "There is nothing at this path. The paths are in docs/control.md."));
            else if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
                await TellAsync(context, new Problem(405, "wrong-method", $"This path does not take {Shown.Plain(context.Request.Method)}."));
        }
        catch (BadHttpRequestException e)
        {
            await TellAsync(context, new Problem(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request", e.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
#pragma warning disable CA1031 // A mistake here must not end the process that takes the payments.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(log, e);
            if (!context.Response.HasStarted)
                await TellAsync(context, Problem.Internal);
        }
    }

    private static async Task MetricsAsync(HttpContext context, IControlTarget target)
    {
        if (!(await target.MetricsAsync(context.RequestAborted)).Succeeded(out var problem, out var text))
        {
            await TellAsync(context, problem);
            return;
        }

        var body = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = ExpositionText.ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task TripsAsync(HttpContext context, IControlTarget target)
    {
        if (Query(context.Request.Query, out var query) is { } fault)
            await TellAsync(context, Problem.BadRequest(fault));
        else
            await TellAsync(context, await target.TripsAsync(query, context.RequestAborted), AnswerJson.Context.TripListReport);
    }

    private static async Task RefundAsync(HttpContext context, IControlTarget target)
    {
        long? total = null;
        try
        {
            var body = await BodyAsync(context);
            if (body.Length > 0)
            {
                var order = JsonSerializer.Deserialize(body, OrderJson.Default.RefundOrder) ?? throw new JsonException();
                total = order.Amount;
            }
        }
        catch (Exception e) when (e is JsonException || (e is IOException and not BadHttpRequestException))
        {
            // Kestrel throws the plain IOException for a chunk whose size is no number that it can count to.
            await TellAsync(context, Problem.BadRequest("The body is {\"amount\": MINOR-UNITS}, {} or nothing."));
            return;
        }

        if (total is < 1)
        {
            await TellAsync(context, Problem.BadRequest("\"amount\" is 1 or more, in minor units."));
            return;
        }

        await TellAsync(context, await target.RefundAsync(Id(context), total, CallerOf(context), context.RequestAborted), AnswerJson.Context.RefundReport, StatusCodes.Status202Accepted);
    }

    // A line of JSON for each event, for as long as the caller reads. One that does not read loses events, and Kestrel ends it when it takes nothing at all.
    private static async Task WatchAsync(HttpContext context, IControlTarget target, WatchTopic topic, CancellationToken stopping)
    {
        if (!target.Watch(topic).Succeeded(out var problem, out var watcher))
        {
            await TellAsync(context, problem);
            return;
        }

        using (watcher)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            context.Response.ContentType = "application/x-ndjson";
            try
            {
                await WriteLineAsync(context, target.Watching(topic), end.Token);
                await context.Response.Body.FlushAsync(end.Token);
                while (await watcher.WaitAsync(end.Token))
                {
                    while (watcher.TryRead(out var watched))
                    {
                        if (watcher.TakeDropped() is > 0 and var dropped)
                            await WriteLineAsync(context, new WatchReport(watched.At, "dropped") { Count = dropped }, end.Token);
                        await WriteLineAsync(context, Report(watched), end.Token);
                    }

                    await context.Response.Body.FlushAsync(end.Token);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Whoever watched has gone, or the agent stops.
            }
        }
    }

    private static WatchReport Report(Watched watched) => new(watched.At, watched.Event.What)
    {
        From = watched.Event.From,
        Name = watched.Event.Name,
        Value = watched.Event.Value,
        Text = watched.Event.Text,
        Meaning = watched.Event.Meaning,
    };

    private static async Task WriteLineAsync(HttpContext context, WatchReport report, CancellationToken end)
    {
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, AnswerJson.Context.WatchReport), end);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), end);
    }

    // From the raw request, because a route leaves %2F as it is but decodes the rest: what was %252F could not be told from it.
    private static string Id(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0].Split('/');
        return path.Length > 3 ? Uri.UnescapeDataString(path[3]) : "";
    }

    private static string? Query(IQueryCollection values, out TripQuery query)
    {
        query = new TripQuery();
        if (values.Keys.FirstOrDefault(name => !s_tripQuery.Contains(name)) is { } unknown)
            return $"There is no {Shown.Quoted(unknown)} here; there are {string.Join(", ", s_tripQuery)}.";
        bool? open = null, failed = null;
        if (values["open"] is [{ } openText] && !Flag(openText, out open))
            return "\"open\" is true or false.";
        if (values["failed"] is [{ } failedText] && !Flag(failedText, out failed))
            return "\"failed\" is true or false.";
        DateTimeOffset? since = null;
        if (values["since"] is [{ } sinceText])
        {
            if (!DateTimeOffset.TryParse(sinceText, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
                return "\"since\" is a time as in RFC 3339, its + written as %2B.";
            since = from;
        }

        var limit = TripQuery.LimitDefault;
        if (values["limit"] is [{ } limitText]
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > TripQuery.LimitMaximum))
            return $"\"limit\" is 1 to {TripQuery.LimitMaximum}.";
        if (values.Any(value => value.Value.Count > 1))
            return "Each name at most once.";
        query = new TripQuery(open, failed, since, limit);
        return null;
    }

    private static bool Flag(string text, out bool? flag)
    {
        flag = text switch
        {
            "true" or "" => true,
            "false" => false,
            _ => null,
        };
        return flag is not null;
    }

    private static Task TellAsync<T>(HttpContext context, Answer<T> answer, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
        where T : class
    {
        if (!answer.Succeeded(out var problem, out var value))
            return TellAsync(context, problem);
        context.Response.StatusCode = status;
        return WriteAsync(context, value, type);
    }

    private static Task TellAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return WriteAsync(context, new ErrorReport(problem.Error, problem.Message, problem.Candidates), AnswerJson.Context.ErrorReport);
    }

    private static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to the control socket met a mistake in the program.")]
    private static partial void Failed(ILogger log, Exception exception);
}
