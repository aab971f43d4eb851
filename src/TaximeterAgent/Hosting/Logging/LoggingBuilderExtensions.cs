using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Hosting.Logging;

/// <summary>Adds the agent's log to a host.</summary>
internal static class LoggingBuilderExtensions
{
    /// <summary>Information and above of the agent, warnings and above of the libraries below it.</summary>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging, LogFormat format, Redaction redaction, TextWriter output)
    {
        logging.Services.AddSingleton<ILoggerProvider>(
            services => new LineLoggerProvider(format, redaction, output, services.GetRequiredService<TimeProvider>()));
        return logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
    }
}
