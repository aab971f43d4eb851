using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Benchmarks.Latency;

/// <summary>Sends deliveries as the service signs them, on a connection that is kept for as long as the other side keeps it.</summary>
internal sealed class HintSender : IDisposable
{
    private const string Path = "/webhooks";
    private const string Secret = "A0+AeKBRG2KRGvnNwJpQlb6I";

    private Socket _socket;
    private readonly int _port;
    private readonly byte[] _answer = new byte[1024];

    private HintSender(Socket socket, int port)
    {
        _socket = socket;
        _port = port;
    }

    /// <summary>What the agent's configuration says, to take hints on a port of this machine.</summary>
    public static Action<JsonObject> Configure(int port) =>
        root => root["Webhooks"] = new JsonObject { ["Listen"] = $"http://{Host(port)}", ["Path"] = Path, ["Secret"] = Secret };

    /// <summary>Connects to whoever listens there, as soon as somebody does.</summary>
    /// <exception cref="InvalidOperationException">Nobody does.</exception>
    public static async Task<HintSender> ConnectAsync(int port, CancellationToken stop) =>
        new(await Patience.ForAsync(OpenAsync(port, stop), "a listener for hints", stop), port);

    /// <summary>Sends one and takes its answer; gives the moment just before it was sent.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<long> SendAsync(string reference, CancellationToken stop)
    {
        // While the other side of the comparison was measured this one had nothing to do, and its listener has closed what was idle.
        if (_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0)
        {
            _socket.Dispose();
            _socket = await OpenAsync(_port, stop);
        }

        var request = Request(reference);
        var begin = Stopwatch.GetTimestamp();
        _socket.Send(request);
        var length = await _socket.ReceiveAsync(_answer, stop);
        return _answer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8)
            ? begin
            : throw new InvalidOperationException($"the hint was answered: {Encoding.ASCII.GetString(_answer, 0, length)}");
    }

    public void Dispose() => _socket.Dispose();

    private static async Task<Socket> OpenAsync(int port, CancellationToken stop)
    {
        for (var until = Stopwatch.GetTimestamp() + (long)(Patience.Usual.TotalSeconds * Stopwatch.Frequency); ;)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, stop);
                return socket;
            }
            catch (SocketException) when (Stopwatch.GetTimestamp() < until)
            {
                socket.Dispose();
                await Task.Delay(50, stop);
            }
        }
    }

    private static string Host(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private byte[] Request(string reference)
    {
        var now = DateTimeOffset.UtcNow;
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"msn":"123456","reference":"{{{reference}}}","pspReference":"1234567891","name":"AUTHORIZED","amount":{"currency":"NOK","value":34500},"timestamp":"{{{now:yyyy-MM-dd'T'HH:mm:ss'Z'}}}","idempotencyKey":"9f1c7ee1-6a0c-4c3a-9f39-0d9a3c2f4d10","success":true}""");
        var signature = WebhookSigner.Sign(Secret, Path, Host(_port), now, body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {Path} HTTP/1.1\r\nHost: {Host(_port)}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nx-ms-date: {signature.Date}\r\nx-ms-content-sha256: {signature.ContentSha256}\r\nAuthorization: {signature.Authorization}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
