using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TaximeterAgent.Tests.Diagnostics.Network;

/// <summary>Something that listens on loopback in the service's place.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private volatile X509Certificate2? _certificate;
    private readonly Func<Stream, Task> _serve;
    private readonly Task _accepting;
    private int _connections;

    private TestSite(X509Certificate2? certificate, Func<Stream, CancellationToken, Task> serve, IPEndPoint? at = null)
    {
        _listener = new TcpListener(at ?? new IPEndPoint(IPAddress.Loopback, 0));
        _certificate = certificate;
        _serve = stream => serve(stream, _stop.Token);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => _connections;

    /// <summary>Takes connections and never says a word.</summary>
    public static TestSite Silent() => new(null, (_, stop) => Task.Delay(Timeout.Infinite, stop));

    /// <summary>Speaks first, whatever it is asked.</summary>
    public static TestSite Says(string text) => new(null, async (stream, stop) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
        await stream.ReadExactlyAsync(new byte[64], stop);
    });

    /// <summary>Gives each request the same answer.</summary>
    public static TestSite Answers(string status, string headers, string body, X509Certificate2? certificate = null) => new(certificate, async (stream, stop) =>
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        while (await reader.ReadLineAsync(stop) is { } first)
        {
            while (await reader.ReadLineAsync(stop) is { Length: > 0 })
            {
                // The rest of the head; no request here has a body.
            }

            var head = first.StartsWith("HEAD ", StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{(head ? "" : body)}"), stop);
        }
    });

    /// <summary>TLS in front of a server that has none.</summary>
    /// <param name="server">The server.</param>
    /// <param name="certificate">What it shows.</param>
    /// <param name="at">Where it listens; null for a free port of 127.0.0.1.</param>
    public static TestSite Fronts(IPEndPoint server, X509Certificate2 certificate, IPEndPoint? at = null) => new(certificate, async (stream, stop) =>
    {
        using var behind = new TcpClient();
        await behind.ConnectAsync(server, stop);
        var there = stream.CopyToAsync(behind.GetStream(), stop);
        var back = behind.GetStream().CopyToAsync(stream, stop);
        await Task.WhenAny(there, back);
    }, at);

    /// <summary>From now on it shows another certificate; connections that are open go on.</summary>
    public void Show(X509Certificate2 certificate) => _certificate = certificate;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using (client)
        {
            try
            {
                if (_certificate is null)
                {
                    await _serve(client.GetStream());
                    return;
                }

                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                await _serve(tls);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The other side went, as it does once it has seen what it came for.
            }
        }
    }
}
