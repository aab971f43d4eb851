using System.Globalization;
using System.Net;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>What the three steps on the board itself have in common: nothing of it is needed to reach a service on this machine.</summary>
internal abstract class BoardStep : NetworkStep
{
    public override Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit)
    {
        if (route.IsHere)
            return Task.FromResult(StepResult.Skipped("the service is on this machine"));
        var result = Look(route);
        return Task.FromResult(result.State == StepState.Broken && route.ModemIsBroken ? result with { Because = ModemStep.StepName } : result);
    }

    protected abstract StepResult Look(NetworkRoute route);
}

/// <summary>Is anything connected at all: a modem with a session, a cable, a wireless network.</summary>
internal sealed class LinkStep : BoardStep
{
    public override string Name => "link";

    public override string WaitsFor => "the kernel's list of interfaces";

    protected override StepResult Look(NetworkRoute route)
    {
        var all = route.Kernel.Interfaces();
        var text = all.Count == 0 ? "no interface" : string.Join(", ", all.Select(Describe));
        if (all.Any(one => one.Carrier))
            return StepResult.Ok(text);
        return all.Count == 0
            ? StepResult.Broken(text, "the board has no network interface: the modem is not there", "look at the modem's plug and power: lsusb, journalctl -u ModemManager")
            : StepResult.Broken(text, "no interface has a link", "look at SIM, antenna and mobile data: mmcli -m any; or at the cable");
    }

    private static string Describe(Interface one) => one.Carrier ? $"{one.Name} up" : one.Up ? $"{one.Name} without link" : $"{one.Name} off";
}

/// <summary>Has the board an address.</summary>
internal sealed class AddressStep : BoardStep
{
    public override string Name => "address";

    public override string WaitsFor => "the kernel's list of addresses";

    protected override StepResult Look(NetworkRoute route)
    {
        var all = route.Kernel.Addresses();
        return all.Count > 0
            ? StepResult.Ok(string.Join(", ", all))
            : StepResult.Broken("no address", "there is a link, but the network has given no address", "look at the modem's bearer and its APN: mmcli -m any; or at DHCP");
    }
}

/// <summary>Is there a way out.</summary>
internal sealed class RouteStep : BoardStep
{
    public override string Name => "route";

    public override string WaitsFor => "the kernel's list of routes";

    protected override StepResult Look(NetworkRoute route)
    {
        var all = route.Kernel.DefaultRoutes();
        return all.Count > 0
            ? StepResult.Ok($"by {string.Join(", ", all)}")
            : StepResult.Broken("no default route", "the board has an address, but no way out of its own network", "look at ip route, and at what sets it: NetworkManager, dhcpcd, ModemManager");
    }
}

/// <summary>What steps say of a time.</summary>
internal static class StepText
{
    public static string Family(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "ipv6" : "ipv4";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + "Z";
}
