using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>Broker and database of the simulator's fleet, for a benchmark.</summary>
internal static class Cloud
{
    /// <summary>Starts both.</summary>
    /// <param name="memory">What the broker may take before it holds publishers back, such as <c>4GB</c>; null: what <c>dev.sh</c> gives it.</param>
    /// <exception cref="NotHereException">Something is not installed.</exception>
    public static Task<CloudServices> StartAsync(string? memory = null) => DebianPackages.Missing is { } why
        ? throw new NotHereException(why)
        : CloudServices.StartAsync(memory is null ? null : new Dictionary<string, string> { ["DEV_BROKER_MEMORY"] = memory });

    /// <summary>The broker's management, which may take long over thousands of queues.</summary>
    public static HttpClient ManagementOf(CloudServices services)
    {
        var client = services.Management();
        client.Timeout = TimeSpan.FromMinutes(10);
        return client;
    }
}
