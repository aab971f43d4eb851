using TaximeterAgent.Diagnostics.Network;

namespace TaximeterAgent.Tests.Diagnostics.Network;

/// <summary>The kernel's files of a board, as a test wants it to stand.</summary>
internal sealed class TestKernel : IDisposable
{
    private const string Ethernet = "0x1003";

    private readonly string _root = Directory.CreateTempSubdirectory("taximeter-kernel-").FullName;

    public KernelFiles Files => new(_root);

    /// <summary>A board that has all it needs.</summary>
    public static TestKernel Well() => new TestKernel()
        .Interface("lo", "0x9", "unknown", "1").Interface("eth0", "0x1002", "down", null).Interface("wwan0", Ethernet, "unknown", "1")
        .Addresses("10.64.12.7").Route("wwan0\t00000000\t00000000\t0001\t0\t0\t700\t00000000\t0\t0\t0")
        .NameServers("nameserver 10.64.0.1");

    public TestKernel Interface(string name, string flags, string state, string? carrier)
    {
        var folder = $"sys/class/net/{name}";
        Write($"{folder}/flags", flags + "\n");
        Write($"{folder}/operstate", state + "\n");
        if (carrier is not null)
            Write($"{folder}/carrier", carrier + "\n");
        return this;
    }

    public TestKernel Addresses(params string[] addresses) => Write("proc/net/fib_trie", "Main:\n  +-- 0.0.0.0/0 3 0 5\n     +-- 127.0.0.0/8 2 0 2\n           |-- 127.0.0.1\n              /32 host LOCAL\n"
        + string.Concat(addresses.Select(address => $"        |-- {address}\n           /32 host LOCAL\n")) + "Local:\n");

    public TestKernel Addresses6(string lines) => Write("proc/net/if_inet6", lines);

    public TestKernel Route(string line) => Write("proc/net/route", $"Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n{line}\n");

    public TestKernel Route6(string lines) => Write("proc/net/ipv6_route", lines);

    public TestKernel NameServers(string lines) => Write("etc/resolv.conf", lines + "\n");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private TestKernel Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }
}
