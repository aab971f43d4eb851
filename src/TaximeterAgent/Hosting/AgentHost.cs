using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Cli;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.EPayment;
using TaximeterAgent.Hosting.Logging;
using TaximeterAgent.Hosting.Systemd;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.State;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry;

namespace TaximeterAgent.Hosting;

/// <summary>The process that runs the agent: its parts, their order of start and stop, and its logs.</summary>
internal static class AgentHost
{
    /// <summary>Runs until SIGTERM, Ctrl+C or <paramref name="stop"/>; gives the exit code.</summary>
    public static async Task<int> RunAsync(AgentOptions options, ConfigurationReport report, OutboxOpening opening, CancellationToken stop)
    {
        opening.Begin(options.Outbox, TimeProvider.System);
        using var manager = ServiceManager.OfEnvironment();
        // Empty: the usual builder reads appsettings.json and variables of its own, which would be a second configuration beside ours.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = CommandLine.Name });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(manager);
        builder.Services.AddHostedService<Banner>();
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Logging.AddLines(JournalStream.IsStandardError() ? LogFormat.Journal : LogFormat.Console, new Redaction(report.Secrets), Console.Error);

        using var http = options.EPayment.HasKeys ? EPaymentHttpHandler.Create(Client(options)) : null;
        builder.Services.AddSingleton(new LastCalls(TimeProvider.System));
        if (http is not null)
            builder.Services.AddSingleton(new EPaymentConnection(Client(options), http, TimeProvider.System));
        builder.Services.AddSingleton(services =>
        {
            var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("TaximeterAgent.Engine");
            var calls = new EPaymentCalls(
                http is not null ? new EPaymentClient(services.GetRequiredService<EPaymentConnection>()) : null,
                options.Car.Id,
                TimeProvider.System,
                services.GetRequiredService<LastCalls>());
            return CarParts.Of(options, opening.Take, calls, TimeProvider.System, log, services.GetRequiredService<ITripWitness>(), services.GetRequiredService<LastCalls>());
        });
        builder.Services.AddSingleton<EngineThread>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EngineThread>());
        builder.Services.AddTelemetry(options, services => services.GetRequiredService<EngineThread>().Engine);
        builder.Services.AddControl(options, services => services.GetRequiredService<EngineThread>().Engine, services => services.GetRequiredService<EngineThread>().Desk);

        using var host = builder.Build();
        // While the outbox is checked.
        TripStateJson.Prepare();
        EngineThread engine;
        try
        {
            engine = host.Services.GetRequiredService<EngineThread>();
        }
        catch (OutboxUnusableException e)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Name}: {e.Message}");
            // The display is the other agent's, where there is one.
            if (e.Trouble != OutboxTrouble.InUse)
                LastPicture.Show(options, TimeProvider.System);
            return ExitCode.InputOutput;
        }

        try
        {
            await host.RunAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was still starting: that is a clean stop too.
        }

        return engine.Exit;
    }

    /// <summary>The payment client's options; what the configuration accepts it takes.</summary>
    internal static EPayment.EPaymentOptions Client(AgentOptions options) => new()
    {
        BaseUrl = options.EPayment.BaseUrl,
        MerchantSerialNumber = options.EPayment.MerchantSerialNumber,
        ClientId = options.EPayment.ClientId,
        ClientSecret = options.EPayment.ClientSecret,
        SubscriptionKey = options.EPayment.SubscriptionKey,
        ConnectTimeout = options.EPayment.ConnectTimeout,
        TryTimeout = options.EPayment.TryTimeout,
        ConnectionLifetime = options.EPayment.ConnectionLifetime,
        ServerTrust = ServiceTrust.Of(options.EPayment),
        SystemName = CommandLine.Name,
        SystemVersion = Banner.Version,
        PluginName = "taximeter-agent-epayment",
        PluginVersion = Banner.Version,
    };
}
