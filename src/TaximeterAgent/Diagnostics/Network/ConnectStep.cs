using System.Net;
using System.Net.Sockets;
using TaximeterAgent.Cli.Output;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>A TCP connection to each of the service's addresses, IPv4 and IPv6 at the same time.</summary>
internal sealed class ConnectStep : NetworkStep
{
    public override string Name => "tcp";

    public override string WaitsFor => "a connection to the payment service";

    public override async Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit)
    {
        var port = route.Service.Port;
        var tries = await Task.WhenAll(route.Addresses.Select(address => TryAsync(route, new IPEndPoint(address, port), limit)));
        var made = tries.Where(one => one.Report.Milliseconds is not null).ToList();
        var text = string.Join(", ", tries.Select(one => $"{one.Report.Address} {(one.Report.Error is { } error ? error : $"{one.Report.Milliseconds} ms")}"));
        IReadOnlyList<NetworkAddressReport> addresses = [.. tries.Select(one => one.Report)];
        if (made.Count > 0)
        {
            route.Reached = made[0].To;
            return StepResult.Ok($"port {port}: {text}") with { Addresses = addresses, Took = TimeSpan.FromMilliseconds(made[0].Report.Milliseconds!.Value) };
        }

        var (cause, cure) = Explain(tries.Select(one => one.Error).ToList(), port);
        return StepResult.Broken($"port {port}: {text}", cause, cure) with { Addresses = addresses };
    }

    private static (string Cause, string Cure) Explain(List<SocketError> errors, int port)
    {
        if (errors.Contains(SocketError.ConnectionRefused))
            return ($"something answers at the address and refuses port {port}", "a firewall on the way, or a wrong port in EPayment:BaseUrl");
        return errors.TrueForAll(error => error is SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.AddressFamilyNotSupported)
            ? ("there is no way to the address", "look at the modem's session and at ip route")
            : ($"nothing answers at port {port}", "a firewall, mobile data that is used up, or no reception: look at the modem's signal and at the subscription");
    }

    private static async Task<(IPEndPoint To, NetworkAddressReport Report, SocketError Error)> TryAsync(NetworkRoute route, IPEndPoint to, CancellationToken limit)
    {
        var report = new NetworkAddressReport { Address = to.Address.ToString(), Family = StepText.Family(to.Address) };
        var begun = route.Time.GetTimestamp();
        try
        {
            using var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(to, limit);
            return (to, report with { Milliseconds = (long)route.Time.GetElapsedTime(begun).TotalMilliseconds }, SocketError.Success);
        }
        catch (SocketException e)
        {
            return (to, report with { Error = Word(e.SocketErrorCode) }, e.SocketErrorCode);
        }
        catch (OperationCanceledException)
        {
            return (to, report with { Error = Word(SocketError.TimedOut) }, SocketError.TimedOut);
        }
    }

    private static string Word(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "refused",
        SocketError.TimedOut => "no answer",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "unreachable",
        SocketError.ConnectionReset => "reset",
        SocketError.AddressFamilyNotSupported => "not supported here",
        _ => error.ToString(),
    };
}
