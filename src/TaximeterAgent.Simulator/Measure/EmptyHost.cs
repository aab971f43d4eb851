using Microsoft.Extensions.Hosting;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Measure;

/// <summary>A generic host with nothing in it, as a process of its own: what an agent that does nothing at all would cost.</summary>
internal static class EmptyHost
{
    public const string Verb = "empty-host";

    public static IReadOnlyList<string> Command => [AgentCommand.DotnetHost(), typeof(EmptyHost).Assembly.Location, "measure", Verb];

    public static async Task RunAsync(CancellationToken cancellation)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        using IHost host = builder.Build();
        await host.RunAsync(cancellation);
    }
}
