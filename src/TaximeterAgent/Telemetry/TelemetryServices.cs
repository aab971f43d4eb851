using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Fleet;
using TaximeterAgent.Hosting;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Otlp;
using TaximeterAgent.Telemetry.Traces;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Telemetry;

/// <summary>Adds the metrics. To be added after the engine, which they look at.</summary>
internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, AgentOptions options, Func<IServiceProvider, Engine?> engine)
    {
        services.AddSingleton(provider => new TripMetrics(provider.GetRequiredService<TimeProvider>()));
        if (options.Telemetry.Endpoint is { } endpoint)
            services.AddSending(options, endpoint);
        else
            services.AddSingleton<ITripWitness>(provider => Harmless(provider, provider.GetRequiredService<TripMetrics>()));
        services.AddSingleton(provider => new AgentTelemetry(
            Measured(provider, options, () => engine(provider)), provider.GetRequiredService<TripMetrics>(), options.Car.Id, Banner.Version, provider.GetService<Sending>()));
        return services.AddHostedService(provider => provider.GetRequiredService<AgentTelemetry>());
    }

    private static void AddSending(this IServiceCollection services, AgentOptions options, Uri endpoint)
    {
        services.AddSingleton(provider => new TripTraces(provider.GetRequiredService<TimeProvider>(), $"{options.Car.Prefix}-{options.Car.Id}", Banner.Version));
        services.AddSingleton<ITripWitness>(provider => new TripWitnesses(Harmless(provider, provider.GetRequiredService<TripMetrics>()), Harmless(provider, provider.GetRequiredService<TripTraces>())));
        services.AddSingleton(provider => new ExportStatus(endpoint, provider.GetRequiredService<ILogger<ExportStatus>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new Sending(options.Telemetry, provider.GetRequiredService<ExportStatus>(), provider.GetRequiredService<TripTraces>()));
    }

    private static HarmlessWitness Harmless(IServiceProvider provider, ITripWitness witness) => new(witness, provider.GetRequiredService<ILogger<HarmlessWitness>>());

    private static MeasuredParts Measured(IServiceProvider provider, AgentOptions options, Func<Engine?> engine)
    {
        var parts = provider.GetRequiredService<CarParts>();
        var calls = provider.GetService<LastCalls>();
        return new MeasuredParts(engine, provider.GetRequiredService<TimeProvider>())
        {
            Store = parts.Figures,
            Traffic = () => parts.Line.Traffic,
            Devices = () => Devices(parts, options.Driver),
            Disk = () => DiskSpace.Of(options.Outbox.Directory),
            Skew = () => calls?.Skew,
            Webhooks = options.Webhooks.Listen is not null ? provider.GetRequiredService<WebhookCounters>().Report : null,
            Relay = provider.GetService<FleetStatus>() is { } fleet ? fleet.Report : null,
        };
    }

    private static IEnumerable<(string Name, DeviceStatus? Status)> Devices(CarParts parts, DriverOptions driver)
    {
        yield return ("meter", parts.MeterStatus);
        if (driver.Keypad != KeypadKind.None)
            yield return ("keypad", parts.Keypad.Status);
        if (driver.Display != DisplayKind.None)
            yield return ("display", parts.Display.Status);
        if (parts.Ignition is { } ignition)
            yield return ("ignition", ignition.Status);
        if (parts.Signals is { } signals)
            yield return ("signals", signals.Status);
        if (parts.Printer.Fitted)
            yield return ("printer", parts.Printer.Device);
    }
}
