using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Hosting;
using TaximeterAgent.Sync;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Fleet;

/// <summary>Adds the car's side of the fleet. To be called only where a relay is configured: the broker's library is not loaded otherwise.</summary>
internal static class FleetServices
{
    public static IServiceCollection AddFleet(this IServiceCollection services, AgentOptions options, Func<IServiceProvider, Engine?> engine)
    {
        services.AddSingleton(provider => new FleetStatus(provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IHostedService>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var parts = provider.GetRequiredService<CarParts>();
            return new FleetService(
                options.Relay,
                Link(options),
                () => engine(provider),
                provider.GetRequiredService<HintDesk>(),
                new CarReports(Banner.Version, parts.Figures, time),
                provider.GetRequiredService<FleetStatus>(),
                parts.Engine.Ids,
                time,
                provider.GetRequiredService<ILogger<FleetService>>());
        });
    }

    /// <summary>The one place that says which broker it is.</summary>
    private static RabbitLink Link(AgentOptions options) =>
        CarAddress.TryOf(options.Car.Prefix, options.Car.Id, out var car)
            ? new RabbitLink(options.Relay, car, $"taximeter-agent {car}")
            : throw new InvalidOperationException("A configuration that was accepted has a car.");
}
