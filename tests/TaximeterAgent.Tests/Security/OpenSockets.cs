using System.Globalization;

namespace TaximeterAgent.Tests.Security;

/// <summary>Where a process can be reached, by the kernel's own tables: its descriptors say which sockets are its own, the tables what these are.</summary>
internal static class OpenSockets
{
    private const string Listening = "0A";
    private const int AcceptsConnections = 0x10000;
    private const string Datagram = "0002";

    /// <summary>Every socket of a process at which somebody else can begin to speak, such as <c>tcp 127.0.0.1:8080</c> as the kernel writes it, or <c>unix /run/x</c>.</summary>
    public static IReadOnlyList<string> Of(int process)
    {
        var own = Inodes(process);
        return
        [
            .. Rows(process, "tcp").Concat(Rows(process, "tcp6")).Where(row => row[3] == Listening && own.Contains(row[9])).Select(row => $"tcp {Address(row[1])}"),
            // One that is connected hears its peer alone: a question to a name server.
            .. new[] { "udp", "udp6", "udplite", "udplite6" }.SelectMany(table => Rows(process, table)).Where(row => IsNobody(row[2]) && own.Contains(row[9])).Select(row => $"udp {Address(row[1])}"),
            .. new[] { "raw", "raw6", "icmp", "icmp6" }.SelectMany(table => Rows(process, table)).Where(row => own.Contains(row[9])).Select(row => $"raw {row[1]}"),
            .. Rows(process, "packet").Where(row => own.Contains(row[8])).Select(row => $"packet {row[3]}"),
            .. Rows(process, "unix").Where(row => own.Contains(row[6]) && Hears(row)).Select(row => $"unix {(row.Length > 7 ? row[7] : "without a name")}"),
        ];
    }

    private static bool Hears(string[] row) =>
        (int.Parse(row[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture) & AcceptsConnections) != 0 || (row[4] == Datagram && row.Length > 7);

    private static HashSet<string> Inodes(int process) =>
    [
        .. Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? "").Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1]),
    ];

    // A table of a kind that this kernel does not have is none.
    private static IEnumerable<string[]> Rows(int process, string table) => File.Exists($"/proc/{process}/net/{table}")
        ? File.ReadAllLines($"/proc/{process}/net/{table}").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        : [];

    private static bool IsNobody(string remote) => remote.Split(':') is [var address, var port] && address.All(digit => digit == '0') && port == "0000";

    private static string Address(string local)
    {
        var parts = local.Split(':');
        var bytes = Convert.FromHexString(parts[0]);
        // Words of four bytes, each in the machine's own order.
        for (var word = 0; BitConverter.IsLittleEndian && word < bytes.Length; word += 4)
            Array.Reverse(bytes, word, 4);
        return new System.Net.IPEndPoint(new System.Net.IPAddress(bytes), Convert.ToInt32(parts[1], 16)).ToString();
    }
}
