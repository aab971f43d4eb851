using System.Net;
using System.Net.Sockets;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// The mobile network between the agent and the APIs: a TCP relay on loopback that can be switched off, swallow everything, slow down or cut
/// what is under way. It knows nothing of what it carries.
/// </summary>
internal sealed class MobileNetwork : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;
    private const int MaximumConnections = 256;

    // Below the ports that Linux hands out by itself, so that nobody takes ours while we are off the air.
    private const int FirstPort = 20_000;
    private const int Ports = 12_000;
    private const int PortTries = 200;

    private readonly Lock _gate = new();
    private readonly IPEndPoint _server;
    private readonly TimeProvider _time;
    private readonly HashSet<Socket> _sockets = [];
    private readonly List<Task> _tasks = [];
    private readonly CancellationTokenSource _ended = new();
    private Socket? _listener;
    private TaskCompletionSource _passable = Opened();

    /// <param name="server">Where the APIs listen.</param>
    /// <param name="time">For <see cref="Latency"/>.</param>
    public MobileNetwork(IPEndPoint server, TimeProvider time)
    {
        _server = server;
        _time = time;
        int first = Random.Shared.Next(Ports);
        for (int attempt = 0; attempt < PortTries && _listener is null; attempt++)
        {
            Port = FirstPort + ((first + attempt) % Ports);
            TryListen();
        }

        if (_listener is null)
            throw new IOException($"no free port was found for the mobile network among {PortTries} tries");
    }

    /// <summary>The port that the agent is given.</summary>
    public int Port { get; }

    /// <summary>How long everything takes in each direction.</summary>
    public TimeSpan Latency { get; set; }

    public bool IsOn
    {
        get
        {
            lock (_gate)
                return _listener is not null && _passable.Task.IsCompleted;
        }
    }

    /// <summary>No network: connections under way are cut and new ones are refused.</summary>
    public void SwitchOff()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
        }

        CutConnections();
    }

    /// <summary>Connections are made, and nothing passes: what was sent waits, and goes on once <see cref="SwitchOn"/> is called.</summary>
    public void Swallow()
    {
        lock (_gate)
        {
            if (_passable.Task.IsCompleted)
                _passable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void SwitchOn()
    {
        lock (_gate)
        {
            if (_listener is null && !_ended.IsCancellationRequested && !TryListen())
                throw new IOException($"port {Port} was taken by someone else while the network was off");
            _passable.TrySetResult();
        }
    }

    /// <summary>Resets every connection under way; new ones are welcome.</summary>
    public void CutConnections()
    {
        Socket[] sockets;
        lock (_gate)
        {
            sockets = [.. _sockets];
            _sockets.Clear();
        }

        foreach (Socket socket in sockets)
            Reset(socket);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        SwitchOff();
        Task[] tasks;
        lock (_gate)
        {
            _passable.TrySetResult();
            tasks = [.. _tasks];
        }

        await Task.WhenAll(tasks);
        _ended.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0); // RST rather than FIN: a cut, not a goodbye
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Already gone: that is what was wanted.
        }

        socket.Dispose();
    }

    private bool TryListen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            listener.Listen(32);
        }
        catch (SocketException)
        {
            listener.Dispose();
            return false;
        }

        lock (_gate)
        {
            _listener = listener;
            Follow(AcceptAsync(listener));
        }

        return true;
    }

    private void Follow(Task task)
    {
        lock (_gate)
        {
            _tasks.RemoveAll(done => done.IsCompleted);
            _tasks.Add(task);
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(_ended.Token);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            if (Keep(client))
                Follow(CarryAsync(client));
            else
                Reset(client);
        }
    }

    private bool Keep(Socket socket)
    {
        lock (_gate)
            return _listener is not null && _sockets.Count < MaximumConnections && _sockets.Add(socket);
    }

    private async Task CarryAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            if (!Keep(server))
                return;
            await server.ConnectAsync(_server, _ended.Token);
            await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side broke off: so does the other.
        }
        finally
        {
            lock (_gate)
            {
                _sockets.Remove(client);
                _sockets.Remove(server);
            }

            Reset(client);
            Reset(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[BufferSize];
        try
        {
            while (true)
            {
                int count = await from.ReceiveAsync(buffer, _ended.Token);
                await PassableAsync();
                if (Latency > TimeSpan.Zero)
                    await Task.Delay(Latency, _time, _ended.Token);
                if (count == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                for (int sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _ended.Token);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Reset(from);
            Reset(to);
        }
    }

    private Task PassableAsync()
    {
        lock (_gate)
            return _passable.Task;
    }
}
