using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>The relay's public address. TLS ends here, as at the proxy before a real one; host, path and body go through as they are.</summary>
internal sealed class PublicDoor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly IPEndPoint _relay;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    /// <param name="certificate">With its key.</param>
    /// <param name="relay">Where the relay is reached; nobody need be there.</param>
    public PublicDoor(X509Certificate2 certificate, IPEndPoint relay)
    {
        _certificate = certificate;
        _relay = relay;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"https://{_listener.LocalEndpoint}/");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        while (true)
        {
            try
            {
                carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
                carried.RemoveAll(task => task.IsCompleted);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(carried);
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient outside)
    {
        using (outside)
        using (var inside = new TcpClient())
        {
            try
            {
                await using var tls = new SslStream(outside.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                await inside.ConnectAsync(_relay, _end.Token);
                await Task.WhenAny(tls.CopyToAsync(inside.GetStream(), _end.Token), inside.GetStream().CopyToAsync(tls, _end.Token));
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // Nobody is there, or one side broke off: so does the other.
            }
        }
    }
}
