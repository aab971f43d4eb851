using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TaximeterAgent.Cli;
using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting.Logging;

namespace TaximeterAgent.Hosting;

/// <summary>The process that runs the agent: its parts, their order of start and stop, and its logs.</summary>
internal static class AgentHost
{
    /// <summary>Runs until SIGTERM, Ctrl+C or <paramref name="stop"/>; gives the exit code.</summary>
    public static async Task<int> RunAsync(AgentOptions options, ConfigurationReport report, CancellationToken stop)
    {
        // Empty: the usual builder reads appsettings.json and variables of its own, which would be a second configuration beside ours.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = CommandLine.Name });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService<Banner>();
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Logging.AddLines(JournalStream.IsStandardError() ? LogFormat.Journal : LogFormat.Console, new Redaction(report.Secrets), Console.Error);

        using var host = builder.Build();
        await host.RunAsync(stop);
        return ExitCode.Ok;
    }
}
