using System.Net;
using System.Net.Sockets;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// The mobile network between the agent and whatever it speaks with: TCP relays on loopback that can be switched off, swallow everything, slow down or cut
/// what is under way, all together. It knows nothing of what it carries.
/// </summary>
internal sealed class MobileNetwork : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;
    private const int MaximumConnections = 256;

    private readonly Lock _gate = new();
    private readonly List<Way> _ways = [];
    private readonly TimeProvider _time;
    private readonly HashSet<Socket> _sockets = [];
    private readonly List<Task> _tasks = [];
    private readonly CancellationTokenSource _ended = new();
    private long _sent;
    private long _received;
    private int _connections;
    private bool _on = true;
    private TaskCompletionSource _passable = Opened();

    /// <param name="server">Where the APIs listen.</param>
    /// <param name="time">For <see cref="Latency"/>.</param>
    public MobileNetwork(IPEndPoint server, TimeProvider time)
    {
        _time = time;
        Port = Open(server);
    }

    private sealed class Way(IPEndPoint server, int port)
    {
        public IPEndPoint Server { get; } = server;

        public int Port { get; } = port;

        public Socket? Listener { get; set; }
    }

    /// <summary>The port that the agent is given.</summary>
    public int Port { get; }

    /// <summary>Another server that is reached over this network, at the port that is returned.</summary>
    public int Open(IPEndPoint server)
    {
        foreach (int port in LoopbackPorts.Candidates())
        {
            var way = new Way(server, port);
            if (!TryListen(way))
                continue;
            lock (_gate)
                _ways.Add(way);
            return port;
        }

        throw new IOException("no free port was found for the mobile network");
    }

    /// <summary>Bytes that the car has sent over TCP so far, and had: what is in TCP's segments, without the segments' own headers.</summary>
    public (long Sent, long Received) Bytes => (Interlocked.Read(ref _sent), Interlocked.Read(ref _received));

    /// <summary>Connections that the car has made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Of these, those that are there now.</summary>
    public int OpenConnections
    {
        get
        {
            lock (_gate)
                return (_sockets.Count + 1) / 2;
        }
    }

    /// <summary>How long everything takes in each direction.</summary>
    public TimeSpan Latency { get; set; }

    public bool IsOn
    {
        get
        {
            lock (_gate)
                return _on && _passable.Task.IsCompleted;
        }
    }

    /// <summary>No network: connections under way are cut and new ones are refused.</summary>
    public void SwitchOff()
    {
        lock (_gate)
        {
            _on = false;
            foreach (Way way in _ways)
            {
                way.Listener?.Dispose();
                way.Listener = null;
            }
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
            if (!_on && !_ended.IsCancellationRequested)
            {
                _on = true;
                if (_ways.Find(way => !TryListen(way)) is { } lost)
                    throw new IOException($"port {lost.Port} was taken by someone else while the network was off");
            }

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

    private bool TryListen(Way way)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, way.Port));
            listener.Listen(32);
        }
        catch (SocketException)
        {
            listener.Dispose();
            return false;
        }

        lock (_gate)
        {
            way.Listener = listener;
            Follow(AcceptAsync(listener, way.Server));
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

    private async Task AcceptAsync(Socket listener, IPEndPoint server)
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
                Follow(CarryAsync(client, server));
            else
                Reset(client);
        }
    }

    private bool Keep(Socket socket)
    {
        lock (_gate)
            return _on && _sockets.Count < MaximumConnections && _sockets.Add(socket);
    }

    private async Task CarryAsync(Socket client, IPEndPoint target)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            if (!Keep(server))
                return;
            await server.ConnectAsync(target, _ended.Token);
            Interlocked.Increment(ref _connections);
            await Task.WhenAll(
                PumpAsync(client, server, count => Interlocked.Add(ref _sent, count)),
                PumpAsync(server, client, count => Interlocked.Add(ref _received, count)));
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

    private async Task PumpAsync(Socket from, Socket to, Action<int> carried)
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

                carried(count);
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
