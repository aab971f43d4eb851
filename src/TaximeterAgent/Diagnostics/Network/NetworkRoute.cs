using System.Net;
using System.Security.Cryptography.X509Certificates;
using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>What is tested, and what the steps so far have found on the way.</summary>
/// <param name="options">The configuration: its service and its keys.</param>
/// <param name="limit">How long each step may take.</param>
/// <param name="time">The car's clock.</param>
internal sealed class NetworkRoute(AgentOptions options, TimeSpan limit, TimeProvider time) : IDisposable
{
    public AgentOptions Options { get; } = options;

    public TimeSpan Limit { get; } = limit;

    public TimeProvider Time { get; } = time;

    public Uri Service => Options.EPayment.BaseUrl;

    public string Host => Service.DnsSafeHost;

    /// <summary>True if the service is on this machine, as the simulator: no link, address or route is needed.</summary>
    public bool IsHere => Urls.IsThisMachine(Service);

    public bool IsEncrypted => Service.Scheme == Uri.UriSchemeHttps;

    /// <summary>The only authorities that the car takes for the service's; null if they are the system's.</summary>
    public X509Certificate2Collection? Authorities { get; } = options.EPayment.CertificateAuthorities.Length == 0 ? null : ServiceTrust.Authorities(options.EPayment);

    /// <summary>The files of the kernel's that tell of links and routes.</summary>
    public KernelFiles Kernel { get; init; } = new("/");

    /// <summary>The program that speaks to ModemManager; found by <c>PATH</c>.</summary>
    public string ModemProgram { get; init; } = "mmcli";

    /// <summary>From the modem step: without it there may be another way out; where there is none, it is why.</summary>
    public bool ModemIsBroken { get; set; }

    /// <summary>The service's addresses, from the name step.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; set; } = [];

    /// <summary>The address that took a connection, from the connection step.</summary>
    public IPEndPoint? Reached { get; set; }

    /// <summary>What the server said to a stranger, from the TLS step.</summary>
    public Greeting? Greeting { get; set; }

    /// <summary>The calls to the payment service, from the token step.</summary>
    public ServiceCall? Call { get; set; }

    public void Dispose() => Call?.Dispose();
}
