using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Car;

/// <summary>A request as it passed.</summary>
/// <param name="Line">Method and target, such as <c>POST /epayment/v1/payments</c>.</param>
/// <param name="Arrived">When its first byte was there; a monotonic timestamp.</param>
internal sealed record StampedRequest(string Line, long Arrived)
{
    /// <summary>When the first byte of its answer was there; 0 before.</summary>
    public long Answered { get; set; }
}

/// <summary>
/// Before the payment service: notes when the first byte of each request comes, before the service sees any of it, and hands all on as it is. A thread waits in each
/// direction of each connection, so that a stamp waits for no pool of threads. Requests of one connection follow upon each other's answers, as HTTP/1.1 has it without pipelining.
/// </summary>
internal sealed class StampedWire : IDisposable
{
    private readonly IPEndPoint _service;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<(Predicate<string> Which, bool Answer, TaskCompletionSource<StampedRequest> Found)> _waiting = [];
    private bool _ended;

    /// <param name="service">Where the service listens.</param>
    public StampedWire(IPEndPoint service)
    {
        _service = service;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        Begin(Accept, "wire");
    }

    /// <summary>Raised on a connection's thread at each request, and once more at its answer: to be left at once.</summary>
    public event Action<StampedRequest>? Passed;

    public IPEndPoint EndPoint { get; }

    public string Address => $"http://{EndPoint}";

    /// <summary>The next request with such a line; asked for before it can come.</summary>
    public Task<StampedRequest> NextAsync(Predicate<string> which) => WaitAsync(which, answer: false);

    /// <summary>The same once its answer has come.</summary>
    public Task<StampedRequest> NextAnswerAsync(Predicate<string> which) => WaitAsync(which, answer: true);

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _listener.Dispose();
            foreach (var socket in _sockets)
                socket.Dispose();
        }
    }

    private static void Begin(Action work, string name) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection, or the wire itself, is at its end.
        }
    })
    {
        IsBackground = true,
        Name = name,
    }.Start();

    private Task<StampedRequest> WaitAsync(Predicate<string> which, bool answer)
    {
        var found = new TaskCompletionSource<StampedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _waiting.Add((which, answer, found));
        return found.Task;
    }

    private void Accept()
    {
        while (true)
        {
            var client = _listener.Accept();
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            lock (_gate)
            {
                if (_ended)
                {
                    client.Dispose();
                    server.Dispose();
                    return;
                }

                _sockets.AddRange([client, server]);
            }

            server.Connect(_service);
            var connection = new Connection();
            Begin(() => Carry(client, server, (bytes, at) => Requested(connection, bytes, at)), "wire to the service");
            Begin(() => Carry(server, client, (_, at) => Answered(connection, at)), "wire from the service");
        }
    }

    private static void Carry(Socket from, Socket to, Action<ReadOnlyMemory<byte>, long> passes)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (from.Receive(buffer) is var count and > 0)
            {
                passes(buffer.AsMemory(0, count), Stopwatch.GetTimestamp());
                for (var sent = 0; sent < count;)
                    sent += to.Send(buffer.AsSpan(sent, count - sent));
            }
        }
        finally
        {
            // One side has ended: so does the other.
            from.Dispose();
            to.Dispose();
        }
    }

    private void Requested(Connection connection, ReadOnlyMemory<byte> bytes, long at)
    {
        // The rest of a request that came in pieces.
        if (connection.Current is { Answered: 0 })
            return;
        var line = bytes.Span[..Math.Max(0, bytes.Span.IndexOf(" HTTP/1.1\r\n"u8))];
        Tell(connection.Current = new StampedRequest(Encoding.ASCII.GetString(line), at), answer: false);
    }

    private void Answered(Connection connection, long at)
    {
        if (connection.Current is not { Answered: 0 } request)
            return;
        request.Answered = at;
        Tell(request, answer: true);
    }

    private void Tell(StampedRequest request, bool answer)
    {
        lock (_gate)
        {
            foreach (var wanted in _waiting.Where(one => one.Answer == answer && one.Which(request.Line)).ToList())
            {
                _waiting.Remove(wanted);
                wanted.Found.SetResult(request);
            }
        }

        Passed?.Invoke(request);
    }

    private sealed class Connection
    {
        public volatile StampedRequest? Current;
    }
}
