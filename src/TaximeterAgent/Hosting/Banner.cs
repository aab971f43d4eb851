using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Hosting;

/// <summary>
/// The first line of every log: which agent this is, where, and for whom it collects. No secret is in it. It is a service and the first one, because by then
/// the host listens for SIGTERM: whoever reads the line may rely on that.
/// </summary>
internal sealed partial class Banner(ILogger<Banner> logger, AgentOptions options) : IHostedService
{
    /// <summary>The version as released, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Banner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Started(
            Version,
            options.Car.Id,
            options.Meter.Source == MeterSource.Contacts ? options.Meter.Contacts.Chip : options.Meter.Serial.Port,
            options.EPayment.BaseUrl.Authority,
            options.EPayment.MerchantSerialNumber,
            options.Outbox.Directory);
        foreach (var secret in options.Missing)
            Missing(secret.Where, secret.Expected);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Key} is missing. Fares are stored and acknowledged, and what needs it is not done until it is there and the agent is started anew. Expected {Expected}.")]
    private partial void Missing(string key, string expected);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "taximeter-agent {Version}: car {Car}, meter on {Port}, payments by {Host} for MSN {Msn}, outbox in {Directory}")]
    private partial void Started(string version, string car, string port, string host, string msn, string directory);
}
