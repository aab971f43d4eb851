using System.Net;
using System.Net.Sockets;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>
/// A wire between the relay or a car and what it needs: while it is cut, whoever connects is cut off at once; while it is held, what the near side says goes no further.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private CancellationTokenSource _cut = new();
    private volatile bool _held;

    public Wire(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _cut.Cancel();

    public void Mend() => (_cut, _held) = (new CancellationTokenSource(), false);

    /// <summary>What the far side says still arrives. What is held is lost, for it ends with a cut.</summary>
    public void Hold() => _held = true;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _cut.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token), _cut.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient near, CancellationToken cut)
    {
        using (near)
        using (var far = new TcpClient())
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _target, cut);
                await Task.WhenAny(SpeakAsync(near.GetStream(), far.GetStream(), cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Cut, or nobody is there: both ends see their connection closed.
            }
        }
    }

    private async Task SpeakAsync(NetworkStream near, NetworkStream far, CancellationToken cut)
    {
        var said = new byte[16 * 1024];
        while (await near.ReadAsync(said, cut) is > 0 and var length)
        {
            if (!_held)
                await far.WriteAsync(said.AsMemory(0, length), cut);
        }
    }
}
