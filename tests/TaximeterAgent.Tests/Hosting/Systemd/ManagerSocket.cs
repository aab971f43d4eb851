using System.Net.Sockets;
using System.Text;
using TaximeterAgent.Hosting.Systemd;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Hosting.Systemd;

/// <summary>The service manager's end of the socket: a real one, of a path or of an abstract name.</summary>
internal sealed class ManagerSocket : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[4096];

    public ManagerSocket(bool isAbstract = false)
    {
        Name = isAbstract ? $"@taximeter-{Guid.NewGuid():n}" : _files.Path("notify");
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + Name[1..] : Name));
    }

    /// <summary>As <c>NOTIFY_SOCKET</c> has it.</summary>
    public string Name { get; }

    /// <summary>What systemd would set for a service that it watches.</summary>
    public Dictionary<string, string> Environment(TimeSpan watchdog) => new()
    {
        [NotifySocket.Variable] = Name,
        [ServiceManager.WatchdogVariable] = ((long)watchdog.TotalMicroseconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The next message; null if none comes within so long.</summary>
    public string? Receive(TimeSpan patience)
    {
        _socket.ReceiveTimeout = Math.Max(1, (int)patience.TotalMilliseconds);
        try
        {
            return Encoding.UTF8.GetString(_buffer, 0, _socket.Receive(_buffer));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Waits for a message that has this line; only a hang lasts longer than the patience.</summary>
    public void Await(string line)
    {
        var heard = new List<string>();
        while (Receive(TimeSpan.FromMinutes(1)) is { } message)
        {
            heard.Add(message);
            if (message.Split('\n').Contains(line))
                return;
        }

        Assert.Fail($"{line} did not come, but {string.Join(" / ", heard)}");
    }

    /// <summary>All that waits, without waiting.</summary>
    public List<string> Drain()
    {
        var all = new List<string>();
        while (_socket.Available > 0 && Receive(TimeSpan.FromSeconds(1)) is { } message)
            all.Add(message);
        return all;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _files.Dispose();
    }
}
