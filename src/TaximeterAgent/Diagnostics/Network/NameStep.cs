using System.Net;
using System.Net.Sockets;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>The service's name, by the system's resolver as the agent itself asks it.</summary>
internal sealed class NameStep : NetworkStep
{
    /// <summary>More addresses than this are not tried.</summary>
    private const int Most = 8;

    public override string Name => "dns";

    public override string WaitsFor => "the name server's answer";

    public override async Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit)
    {
        if (IPAddress.TryParse(route.Host, out var literal))
        {
            route.Addresses = [literal];
            return StepResult.Skipped("EPayment:BaseUrl names an address");
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(route.Host, limit);
            if (found.Length == 0)
                return Unknown(route);
            route.Addresses = [.. found.Take(Most)];
            return StepResult.Ok($"{route.Host} is {string.Join(", ", route.Addresses)}") with
            {
                Addresses = [.. route.Addresses.Select(address => new NetworkAddressReport { Address = address.ToString(), Family = StepText.Family(address) })],
            };
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return Unknown(route);
        }
        catch (SocketException e)
        {
            return StepResult.Broken(
                $"{route.Host}: {Shown.Plain(e.Message)}", $"no name server answers ({Servers(route)})", "look at /etc/resolv.conf and at who writes it; mobile data may be used up");
        }
    }

    public override StepResult TimedOut(NetworkRoute route) => StepResult.Broken(
        $"no answer within {route.Limit.TotalSeconds:0.#} s", $"no name server answers ({Servers(route)})", "mobile data may be used up or blocked: look at the subscription; or at /etc/resolv.conf");

    private static StepResult Unknown(NetworkRoute route) => StepResult.Broken(
        $"{route.Host}: not known",
        $"the name server ({Servers(route)}) says that there is no {route.Host}",
        $"look at the spelling in {Keys.BaseUrl.Name}; else the network's name server is not the real one");

    private static string Servers(NetworkRoute route) => route.Kernel.NameServers() is { Count: > 0 } servers ? string.Join(", ", servers) : "none in /etc/resolv.conf";
}
