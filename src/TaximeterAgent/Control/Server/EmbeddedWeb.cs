using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Control.Server;

/// <summary>
/// A small web server inside the agent: Kestrel and routes, and nothing that reads a configuration, an environment or a signal of its own. Each listens in one
/// place only.
/// </summary>
internal static class EmbeddedWeb
{
    /// <summary>What an honest caller needs, and a margin.</summary>
    private const int RequestLineMaximum = 4 * 1024;
    private const int HeadersMaximum = 16 * 1024;

    /// <param name="logs">The agent's own.</param>
    /// <param name="bodyMaximum">The largest body that is read, in bytes.</param>
    /// <param name="connections">At the same time.</param>
    /// <param name="listen">The one place.</param>
    public static WebApplication Build(ILoggerFactory logs, long bodyMaximum, int connections, Action<IServiceCollection> configure, Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = Cli.CommandLine.Name });
        builder.Services.AddSingleton(logs);
        // The usual lifetime would take SIGTERM for itself.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRoutingCore();
        configure(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = bodyMaximum;
            options.Limits.MaxConcurrentConnections = connections;
            options.Limits.MaxConcurrentUpgradedConnections = 0;
            options.Limits.MaxRequestLineSize = RequestLineMaximum;
            options.Limits.MaxRequestHeadersTotalSize = HeadersMaximum;
            options.Limits.MaxRequestHeaderCount = 50;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            listen(options);
        });
        return builder.Build();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
