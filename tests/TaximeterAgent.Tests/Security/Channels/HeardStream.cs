using System.Net.Sockets;
using System.Text;

namespace TaximeterAgent.Tests.Security.Channels;

/// <summary>Somebody who asks the control socket for a path and takes down all that comes, until it ends.</summary>
internal sealed class HeardStream : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly MemoryStream _heard = new();
    private readonly Lock _lock = new();
    private readonly Task _reading;

    public HeardStream(string socket, string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(socket));
        _socket.Send(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: agent\r\n\r\n"));
        _reading = ReadAsync();
    }

    public byte[] Heard
    {
        get
        {
            lock (_lock)
                return _heard.ToArray();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _reading.Wait();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (await _socket.ReceiveAsync(buffer) is > 0 and var length)
            {
                lock (_lock)
                    _heard.Write(buffer, 0, length);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The agent, or whoever listened, has gone.
        }
    }
}
