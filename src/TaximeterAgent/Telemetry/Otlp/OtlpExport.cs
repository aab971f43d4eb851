using System.Diagnostics.Metrics;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TaximeterAgent.Configuration;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Traces;

namespace TaximeterAgent.Telemetry.Otlp;

/// <summary>
/// Sends metrics and traces to a collector, by OpenTelemetry's own exporter: two threads of its own, queues with a bound, and nobody waits for it. The one file that knows
/// OpenTelemetry's library.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string Traces = "traces";

    /// <summary>Spans that wait for the next sending at most; further ones are lost.</summary>
    private const int SpansMaximum = 4_096;

    /// <summary>How long one sending may take.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>How long what is left may take at the agent's end: the supply may be about to go.</summary>
    private static readonly TimeSpan s_last = TimeSpan.FromSeconds(2);

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private bool _over;

    private OtlpExport(TelemetryOptions options, ExportStatus status, IReadOnlyList<KeyValuePair<string, string>> resource, Func<Instrument, bool> ours)
    {
        var kept = new KeptTraces(status);
        var resources = ResourceBuilder.CreateEmpty().AddAttributes(resource.Select(label => KeyValuePair.Create(label.Key, (object)label.Value)));
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resources)
            .AddSource(SpanTable.SourceName)
            .SetSampler(new AlwaysOnSampler())
            .AddProcessor(new BatchActivityExportProcessor(
                new OtlpTraceExporter(Exporter(options, status, kept, Traces)), maxQueueSize: SpansMaximum, exporterTimeoutMilliseconds: (int)s_patience.TotalMilliseconds))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resources)
            .AddMeter(MetricTable.MeterName, Listened.RuntimeMeter, Listened.HttpMeter)
            .AddView(instrument => View(instrument, ours))
            .AddReader(new PeriodicExportingMetricReader(
                new OtlpMetricExporter(Exporter(options, status, kept, "metrics")), (int)options.Interval.TotalMilliseconds, (int)s_patience.TotalMilliseconds))
            .Build();
    }

    /// <summary>Begins to send. Not to be made part of a method that is called where no endpoint is configured: the library would be loaded for it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDisposable Start(TelemetryOptions options, ExportStatus status, IReadOnlyList<KeyValuePair<string, string>> resource, Func<Instrument, bool> ours) =>
        new OtlpExport(options, status, resource, ours);

    /// <summary>Sends what is left, if that does not take long.</summary>
    public void Dispose()
    {
        if (_over)
            return;
        _over = true;
        _traces.Shutdown((int)s_last.TotalMilliseconds);
        _metrics.Shutdown((int)s_last.TotalMilliseconds);
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static MetricStreamConfiguration? View(Instrument instrument, Func<Instrument, bool> ours) =>
        !Listened.To(instrument, ours) ? MetricStreamConfiguration.Drop
        : instrument.Name == "http.client.open_connections" ? new MetricStreamConfiguration { TagKeys = ["http.connection.state", "network.protocol.version", "server.address", "server.port", "url.scheme"] }
        : null;

    private static SocketsHttpHandler Sockets() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = s_patience / 2,
        SslOptions = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
    };

    private static OtlpExporterOptions Exporter(TelemetryOptions options, ExportStatus status, KeptTraces kept, string signal) => new()
    {
        Protocol = OtlpExportProtocol.HttpProtobuf,
        Endpoint = new Uri($"{options.Endpoint!.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v1/{signal}"),
        Headers = options.Headers.Length > 0 ? options.Headers : null,
        TimeoutMilliseconds = (int)s_patience.TotalMilliseconds,
        HttpClientFactory = () => new HttpClient(
            // What tells of a trace is not sent to be told of itself, nor followed elsewhere with the headers.
            new WatchedHandler(Sockets(), status, kept, keeps: signal == Traces))
        {
            Timeout = s_patience,
        },
    };
}
