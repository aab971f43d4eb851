using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.EPayment;
using TaximeterAgent.Fleet;
using TaximeterAgent.Hosting;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry;
using TaximeterAgent.Telemetry.Otlp;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Control;

/// <summary>Adds the control socket and, where it is asked for, the webhook listener. To be added after the engine: they start after it and stop before it.</summary>
internal static class ControlServices
{
    /// <param name="services">The host's.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="engine">The engine; null while it does not run.</param>
    /// <param name="desk">The driver's desk; null while the engine does not run.</param>
    public static IServiceCollection AddControl(
        this IServiceCollection services, AgentOptions options, Func<IServiceProvider, Engine?> engine, Func<IServiceProvider, DriverDesk?> desk)
    {
        var webhooks = options.Webhooks;
        services.AddSingleton(provider => new WebhookCounters(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HintDesk(() => engine(provider), provider.GetRequiredService<WebhookCounters>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var parts = provider.GetRequiredService<CarParts>();
            return new AgentControl(new AgentParts(
                options.Car.Id,
                Banner.Version,
                () => engine(provider),
                key => parts.Engine.Outbox.Load(key)?.State,
                () => parts.OpenReader(),
                () => parts.MeterStatus,
                () => parts.Line.Traffic,
                () => parts.Keypad.Status,
                () => parts.Display.Status,
                webhooks.Listen is not null ? provider.GetRequiredService<WebhookCounters>() : null,
                provider.GetRequiredService<TimeProvider>())
            {
                Publish = parts.Publish,
                Exports = provider.GetService<ExportStatus>() is { } exports ? exports.Report : null,
                Metrics = provider.GetService<AgentTelemetry>() is { } telemetry ? telemetry.TextAsync : null,
                Watch = parts.Watch,
                MissingSecrets = [.. options.Missing.Select(secret => secret.Where)],
                Desk = () => desk(provider),
                Gpio = () => parts.GpioStatus,
                Relay = provider.GetService<FleetStatus>() is { } fleet ? fleet.Report : null,
                Calls = provider.GetService<LastCalls>(),
                Token = () => provider.GetService<EPaymentConnection>()?.TokenOf(new SalesUnit(options.EPayment.BaseUrl, options.EPayment.MerchantSerialNumber)),
                Disk = () => DiskSpace.Of(options.Outbox.Directory),
                KeypadFitted = options.Driver.Keypad != KeypadKind.None,
                DisplayFitted = options.Driver.Display != DisplayKind.None,
                ByContacts = parts.Contacts is not null,
                Ignition = parts.Ignition is { } ignition ? () => ignition.Status : null,
                Signals = parts.Signals is { } signals ? () => signals.Status : null,
                Printer = parts.Printer,
                Language = options.Car.Language,
                TestPicture = TestPicture.Of(parts.Display.Columns, parts.Display.Rows, options.Car.Language),
            });
        });
        services.AddSingleton<IHostedService>(provider =>
            new ControlServer(options.Control.Socket, provider.GetRequiredService<AgentControl>(), provider.GetRequiredService<ILoggerFactory>()));
        if (options.Relay.Uri is not null)
            services.AddFleet(options, engine);
        if (webhooks is not { Listen: { } listen, Secret: { } secret })
            return services;
        return services.AddSingleton<IHostedService>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var counters = provider.GetRequiredService<WebhookCounters>();
            return new WebhookListener(
                listen, webhooks.Path, new WebhookVerifier([secret], time), provider.GetRequiredService<HintDesk>(), counters, provider.GetRequiredService<ILoggerFactory>());
        });
    }
}
