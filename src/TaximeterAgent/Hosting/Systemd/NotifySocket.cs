using System.Net.Sockets;
using System.Text;

namespace TaximeterAgent.Hosting.Systemd;

/// <summary>
/// The datagram socket over which a service tells systemd how it is (sd_notify). Never waits: a service manager that does not read must not hold up a fare. What
/// could not be sent is said again by whoever has something to say.
/// </summary>
internal sealed class NotifySocket : IDisposable
{
    /// <summary>Where systemd names the socket: a path, or <c>@</c> and an abstract name.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    private readonly Socket _socket;
    private readonly UnixDomainSocketEndPoint _manager;

    private NotifySocket(UnixDomainSocketEndPoint manager)
    {
        _manager = manager;
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    }

    /// <param name="name">As the variable has it.</param>
    /// <returns>Null where the name is none: neither an absolute path nor an abstract name, or too long. The service then runs as without systemd.</returns>
    public static NotifySocket? Open(string? name)
    {
        if (name is not ['/' or '@', _, ..])
            return null;
        try
        {
            return new NotifySocket(new UnixDomainSocketEndPoint(name[0] == '@' ? "\0" + name[1..] : name));
        }
        catch (Exception e) when (e is ArgumentException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Sends lines such as <c>READY=1</c>, parted by line feeds.</summary>
    /// <returns>False if it could not be sent now.</returns>
    public bool Send(string message)
    {
        try
        {
            return _socket.SendTo(Encoding.UTF8.GetBytes(message), _manager) > 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();
}
