using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>A network interface as the kernel has it.</summary>
/// <param name="Name">Such as <c>wwan0</c>.</param>
/// <param name="Up">Somebody has switched it on.</param>
/// <param name="Carrier">Something answers at its other end.</param>
internal readonly record struct Interface(string Name, bool Up, bool Carrier);

/// <summary>Links, addresses and routes from the kernel's files: nothing is started, nothing is asked over the network.</summary>
/// <param name="root">Where <c>sys</c> and <c>proc</c> are; <c>/</c> but in a test.</param>
internal sealed class KernelFiles(string root)
{
    private const int MostLines = 10_000;
    private const uint Loopback = 0x8;
    private const uint InterfaceUp = 0x1;
    private const uint RouteUp = 0x1;
    private const uint RouteReject = 0x200;

    /// <summary>All interfaces but the loopback, by name.</summary>
    public IReadOnlyList<Interface> Interfaces()
    {
        var folder = Path.Combine(root, "sys/class/net");
        if (!Directory.Exists(folder))
            return [];
        var found = new List<Interface>();
        foreach (var path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Take(MostLines))
        {
            var flags = Number(Read(path, "flags")?.Replace("0x", "", StringComparison.Ordinal));
            if ((flags & Loopback) != 0)
                continue;
            // A carrier cannot be read while the interface is off. Modems and tunnels often do not know their state: then the carrier counts.
            var carrier = Read(path, "operstate") switch
            {
                "up" => true,
                "unknown" => Read(path, "carrier") == "1",
                _ => false,
            };
            found.Add(new Interface(Path.GetFileName(path), (flags & InterfaceUp) != 0, carrier));
        }

        return found;
    }

    /// <summary>This machine's addresses, but for loopback and those that are good for one link only.</summary>
    public IReadOnlyList<IPAddress> Addresses()
    {
        var found = new List<IPAddress>();
        IPAddress? last = null;
        foreach (var line in Lines("proc/net/fib_trie"))
        {
            var text = line.Trim();
            if (text.StartsWith("|-- ", StringComparison.Ordinal))
                last = IPAddress.TryParse(text.AsSpan(4), out var address) ? address : null;
            else if (text == "/32 host LOCAL" && last is not null && !IPAddress.IsLoopback(last) && !IsLinkLocal(last) && !found.Contains(last))
                found.Add(last);
        }

        foreach (var line in Lines("proc/net/if_inet6"))
        {
            var fields = Fields(line);
            if (fields.Length >= 6 && TryHex(fields[0], out var address) && !address.IsIPv6LinkLocal && !IPAddress.IsLoopback(address))
                found.Add(address);
        }

        return found;
    }

    /// <summary>The interfaces that a default route leads through, <c>eth0 (IPv4)</c>.</summary>
    public IReadOnlyList<string> DefaultRoutes()
    {
        var found = new List<string>();
        foreach (var fields in Lines("proc/net/route").Skip(1).Select(Fields))
        {
            if (fields.Length >= 8 && fields[1] == "00000000" && fields[7] == "00000000" && IsUsed(Number(fields[3])))
                found.Add($"{fields[0]} (IPv4)");
        }

        foreach (var fields in Lines("proc/net/ipv6_route").Select(Fields))
        {
            // The kernel's own last entry leads to lo and refuses.
            if (fields.Length >= 10 && fields[0].All(c => c == '0') && fields[1] == "00" && fields[9] != "lo" && IsUsed(Number(fields[8])))
                found.Add($"{fields[9]} (IPv6)");
        }

        return [.. found.Distinct()];
    }

    /// <summary>The name servers of <c>resolv.conf</c>.</summary>
    public IReadOnlyList<string> NameServers() =>
        [.. Lines("etc/resolv.conf").Select(Fields).Where(fields => fields is ["nameserver", _, ..] && IPAddress.TryParse(fields[1].Split('%')[0], out _)).Select(fields => fields[1])];

    private static bool IsUsed(uint flags) => (flags & RouteUp) != 0 && (flags & RouteReject) == 0;

    private static bool IsLinkLocal(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..];

    private static bool TryHex(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.Length != 32 || !text.All(char.IsAsciiHexDigit))
            return false;
        address = new IPAddress(Convert.FromHexString(text));
        return true;
    }

    private static uint Number(string? hex) => uint.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string[] Fields(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private IEnumerable<string> Lines(string name)
    {
        var path = Path.Combine(root, name);
        try
        {
            return File.Exists(path) ? [.. File.ReadLines(path).Take(MostLines)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Read(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
