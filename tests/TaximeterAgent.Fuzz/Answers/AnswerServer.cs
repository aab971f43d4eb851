using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TaximeterAgent.Fuzz;

/// <summary>A real listener that says whatever bytes it is given, and hangs up.</summary>
internal sealed class AnswerServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;
    private volatile byte[] _answer = [];
    private volatile bool _forToken;

    public Uri Url { get; private set; } = new("http://127.0.0.1:9");

    public void Start()
    {
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public void Answer(byte[] answer, bool forToken)
    {
        _answer = answer;
        _forToken = forToken;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    // One connection at a time: so is the client that is asked.
    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                var stream = client.GetStream();
                var isToken = await ReadAsync(stream);
                await stream.WriteAsync(isToken == _forToken ? _answer : Right(_forToken ? AnswerSamples.Payment : AnswerSamples.Token), _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                // Until the client is done too: closing on bytes that were not read would tear the answer down with them.
                var rest = new byte[4096];
                while (await stream.ReadAsync(rest, _stop.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client had enough.
            }
        }
    }

    private async Task<bool> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1024];
        while (!Encoding.Latin1.GetString([.. head]).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(one, _stop.Token);
            if (read == 0)
                return false;
            head.AddRange(one.AsSpan(0, read));
        }

        return Encoding.Latin1.GetString([.. head]).StartsWith("POST /accesstoken/get ", StringComparison.Ordinal);
    }

    private static byte[] Right(string body) => AnswerSamples.Ascii($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
