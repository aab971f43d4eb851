using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>A request as it came over the socket.</summary>
internal sealed record SeenRequest(string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    internal string? Header(string name) => Headers.SingleOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    internal string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>What the server does with a request.</summary>
internal abstract record Reply
{
    internal sealed record Bytes(byte[] Raw, bool Close) : Reply;

    /// <summary>Closes without a word, by reset or in order.</summary>
    internal sealed record Hangup(bool Reset) : Reply;

    /// <summary>Says nothing until the server is disposed.</summary>
    internal sealed record Silence : Reply;

    internal static Reply Json(int status, string body, string? headers = null, string contentType = "application/json") => Text(status, body, contentType, headers);

    internal static Reply Text(int status, string body, string contentType, string? headers = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"HTTP/1.1 {status} X\r\nContent-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\n{headers}\r\n";
        return new Bytes([.. Encoding.ASCII.GetBytes(head), .. bytes], Close: false);
    }

    internal static Reply Empty(int status, string? headers = null) =>
        new Bytes(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n{headers}\r\n"), Close: false);

    internal static Reply Token(string token = "token-1", string expiresIn = "\"3600\"") =>
        Json(200, $$"""{"token_type":"Bearer","expires_in":{{expiresIn}},"ext_expires_in":"3600","expires_on":"1","not_before":"0","resource":"r","access_token":"{{token}}"}""");
}

/// <summary>A real HTTP/1.1 server on loopback that shows every byte and can misbehave in every way.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Func<SeenRequest, Reply> _answer;
    private readonly Task _accepting;
    private int _connections;

    internal RawServer(Func<SeenRequest, Reply> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    internal int Port { get; }

    internal Uri Url => new($"http://127.0.0.1:{Port}");

    internal int Connections => Volatile.Read(ref _connections);

    internal IReadOnlyList<SeenRequest> Seen => [.. _seen];

    internal IReadOnlyList<SeenRequest> Calls => [.. _seen.Where(r => r.Path != "/accesstoken/get")];

    internal IReadOnlyList<SeenRequest> Tokens => [.. _seen.Where(r => r.Path == "/accesstoken/get")];

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _clients.Add(client);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (_stop.IsCancellationRequested && e is (OperationCanceledException or SocketException or InvalidOperationException))
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                _seen.Enqueue(request);
                switch (_answer(request))
                {
                    case Reply.Bytes bytes:
                        await stream.WriteAsync(bytes.Raw, _stop.Token);
                        if (!bytes.Close) continue;
                        client.Dispose();
                        return;
                    case Reply.Hangup hangup:
                        if (hangup.Reset) client.LingerState = new LingerOption(true, 0);
                        client.Dispose();
                        return;
                    default:
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                        return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, as some tests make it do.
        }
    }

    private async Task<SeenRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !(head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        var headers = lines[1..].Select(line => new KeyValuePair<string, string>(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim())).ToList();
        var length = headers.FirstOrDefault(h => h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).Value;
        var body = new byte[length is null ? 0 : int.Parse(length)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new SeenRequest(start[0], start[1], headers, body);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (var client in _clients) client.Dispose();
        await _accepting;
        _stop.Dispose();
    }
}
