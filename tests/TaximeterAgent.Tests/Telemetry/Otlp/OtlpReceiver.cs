using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Tests.Telemetry.Otlp;

/// <summary>A collector on a socket of this machine: takes OTLP over HTTP, and can be silent or refuse.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentQueue<OtlpMetric> _metrics = new();
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private readonly TaskCompletionSource _stopping = new();

    private OtlpReceiver(WebApplication web) => _web = web;

    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    public IReadOnlyList<OtlpMetric> Metrics => [.. _metrics];

    /// <summary>All that was sent, as it came.</summary>
    public IReadOnlyList<byte[]> Bodies => [.. _bodies];

    /// <summary>The authorization that came last.</summary>
    public string? Authorization { get; private set; }

    public int Requests { get; private set; }

    /// <summary>What it answers; 0: never.</summary>
    public int Answers { get; set; } = StatusCodes.Status200OK;

    public static async Task<OtlpReceiver> StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._web.MapPost("/collector/v1/{signal}", receiver.TakeAsync);
        await receiver._web.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        _stopping.TrySetResult();
        await _web.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        Requests++;
        if (Answers == 0)
        {
            await Task.WhenAny(_stopping.Task, Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
            return;
        }

        context.Response.StatusCode = Answers;
        if (Answers != StatusCodes.Status200OK)
            return;
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        Authorization = context.Request.Headers.Authorization;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _bodies.Enqueue(body.ToArray());
        var request = ProtoMessage.Read(body.ToArray());
        foreach (var whole in request.Messages(1))
        {
            var resource = OtlpSpan.Attributes(whole.Messages(1).Single(), 1);
            foreach (var scope in whole.Messages(2))
            {
                foreach (var one in scope.Messages(2))
                {
                    if ((string?)context.Request.RouteValues["signal"] == "traces")
                        _spans.Enqueue(OtlpSpan.Of(one, resource));
                    else
                        _metrics.Enqueue(OtlpMetric.Of(one, scope.Messages(1).Single().Text(1)));
                }
            }
        }
    }
}

/// <summary>A span as it arrived.</summary>
internal sealed record OtlpSpan(
    string Trace, string Id, string Parent, string Name, int Kind, ulong Start, ulong End, IReadOnlyDictionary<string, string> Says, IReadOnlyList<string> Events, IReadOnlyDictionary<string, string> Resource)
{
    public bool IsRoot => Parent.Length == 0;

    public static OtlpSpan Of(ProtoMessage span, IReadOnlyDictionary<string, string> resource) => new(
        span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (int)span.Number(6), span.Number(7), span.Number(8), Attributes(span, 9), [.. span.Messages(11).Select(one => one.Text(2))], resource);

    public static Dictionary<string, string> Attributes(ProtoMessage of, int number) => of.Messages(number).ToDictionary(attribute => attribute.Text(1), attribute => Value(attribute.Messages(2).Single()));

    private static string Value(ProtoMessage value) => value.Has(1) ? value.Text(1) : value.Has(2) ? value.Number(2) == 1 ? "true" : "false" : $"{value.Number(3)}";
}

/// <summary>A metric as it arrived.</summary>
internal sealed record OtlpMetric(string Scope, string Name, string Unit, long? Sum, IReadOnlyList<string> Labels)
{
    // Gauge 5, sum 7, histogram 9; points are 1 of each; a point's whole number is 6, its labels 7, or 9 in a histogram.
    public static OtlpMetric Of(ProtoMessage metric, string scope)
    {
        var points = metric.Messages(5, 1).Concat(metric.Messages(7, 1)).ToList();
        var labels = points.SelectMany(point => point.Messages(7)).Concat(metric.Messages(9, 1).SelectMany(point => point.Messages(9))).Select(label => label.Text(1)).Distinct().ToList();
        return new OtlpMetric(scope, metric.Text(1), metric.Text(3), points.Count > 0 && points.TrueForAll(point => point.Has(6)) ? points.Sum(point => (long)point.Number(6)) : null, labels);
    }
}
