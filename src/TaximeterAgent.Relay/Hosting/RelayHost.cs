using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;
using TaximeterAgent.Relay.Bookings;
using TaximeterAgent.Relay.Broker;
using TaximeterAgent.Relay.Cars;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Payments;
using TaximeterAgent.Relay.Store;
using TaximeterAgent.Relay.Webhooks;

namespace TaximeterAgent.Relay.Hosting;

/// <summary>The relay as a web application: its parts and its paths.</summary>
internal static class RelayHost
{
    /// <summary>What there is to ask, for programs: OpenAPI. Written by hand, and held to what is mapped by a test.</summary>
    public const string Described = "/openapi.json";

    private const string RuntimeMeter = "System.Runtime";

    /// <summary>Builds it; it does not run yet.</summary>
    /// <exception cref="InvalidDataException">The keys' file cannot be used.</exception>
    public static WebApplication Build(RelayOptions options)
    {
        // Slim: the usual builder reads appsettings.json and variables of its own, which would be a second configuration beside ours.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.UseUrls(options.Listen);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(SalesUnitKeys.Read(options, TimeProvider.System));
        builder.Services.AddSingleton<RelayMetrics>();
        builder.Services.AddSingleton<BrokerConnections>();
        builder.Services.AddSingleton<PaymentStore>();
        builder.Services.AddSingleton<BookingStore>();
        builder.Services.AddSingleton<CarStore>();
        builder.Services.AddSingleton<ClientKeys>();
        builder.Services.AddSingleton<WebhookSecrets>();
        builder.Services.AddSingleton<WebhookEndpoint>();
        builder.Services.AddSingleton<BookingEndpoints>();
        builder.Services.AddSingleton<CarEndpoints>();
        builder.Services.AddSingleton<StrandedEndpoint>();
        AddRunning<Database>(builder.Services);
        AddRunning<BrokerPublisher>(builder.Services);
        AddRunning<ReportConsumer>(builder.Services);
        AddRunning<BookingSender>(builder.Services);
        AddRunning<PaymentEvents>(builder.Services);
        AddRunning<StrandedWatch>(builder.Services);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine(AnswerJson.Default, RequestJson.Default));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        var web = builder.Build();
        Map(web);
        CountOwn();
        // The first look at the metrics is what makes them count: what happened before it would be missing for ever.
        Metrics.DefaultRegistry.CollectAndExportAsTextAsync(Stream.Null).GetAwaiter().GetResult();
        return web;
    }

    // The exporter would listen to every meter and event counter there is, and each webhook would pay for the web server's, the router's and the database client's too.
    private static void CountOwn()
    {
        Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressEventCounters = true });
        Metrics.ConfigureMeterAdapter(adapter => adapter.InstrumentFilterPredicate = instrument => instrument.Meter.Name is RelayMetrics.MeterName or RuntimeMeter);
    }

    private static void AddRunning<T>(IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    private static void Map(WebApplication web)
    {
        var services = web.Services;
        web.MapPost(WebhookEndpoint.Path, (RequestDelegate)services.GetRequiredService<WebhookEndpoint>().ReceiveAsync);

        var keys = services.GetRequiredService<ClientKeys>();
        var bookings = services.GetRequiredService<BookingEndpoints>();
        var client = web.MapGroup("/bookings").AddEndpointFilter(new Authorized(keys, ClientKeys.Bookings));
        client.MapPost("", (Delegate)((HttpContext context) => bookings.MakeAsync(context)));
        client.MapGet("/{id}", (string id, HttpContext context) => bookings.LookAsync(id, context));
        client.MapDelete("/{id}", (string id, HttpContext context) => bookings.CancelAsync(id, context));

        var cars = services.GetRequiredService<CarEndpoints>();
        var stranded = services.GetRequiredService<StrandedEndpoint>();
        var operatorOnly = web.MapGroup("").AddEndpointFilter(new Authorized(keys, ClientKeys.Operator));
        operatorOnly.MapGet("/cars", (string? after, int? limit, CancellationToken stop) => cars.ListAsync(after, limit, stop));
        operatorOnly.MapGet("/cars/{id}", (string id, CancellationToken stop) => cars.OneAsync(id, stop));
        operatorOnly.MapGet("/payments/stranded", (CancellationToken stop) => stranded.ListAsync(stop));

        // Alive: it answers. Ready: it can do what it is there for; a balancer takes another copy meanwhile.
        web.MapGet("/health/live", () => TypedResults.Text("alive"));
        var broker = services.GetRequiredService<BrokerPublisher>();
        var database = services.GetRequiredService<Database>();
        web.MapGet("/health/ready", async (CancellationToken stop) => (broker.Open, await database.AnswersAsync(stop)) switch
        {
            (true, true) => TypedResults.Text("ready"),
            (false, true) => TypedResults.Text("the broker is away", statusCode: StatusCodes.Status503ServiceUnavailable),
            (true, false) => TypedResults.Text("the database is away", statusCode: StatusCodes.Status503ServiceUnavailable),
            _ => TypedResults.Text("the broker and the database are away", statusCode: StatusCodes.Status503ServiceUnavailable),
        });
        web.MapMetrics();
        web.MapGet(Described, () => TypedResults.Stream(typeof(RelayHost).Assembly.GetManifestResourceStream("openapi.json")!, "application/json"));
    }
}
