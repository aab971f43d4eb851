using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Webhooks;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>
/// The payment service's deliveries: over connections that are kept, one at a time on each. All are written and signed before the first is sent, and of an answer
/// no more is read than must be, so that the sender takes as little as can be of the processors that it shares with what is measured.
/// </summary>
/// <param name="secret">Of the registration.</param>
/// <param name="cars">How many cars they are for, each in turn.</param>
/// <param name="connections">Deliveries on their way at once.</param>
/// <param name="time">The deliveries' date.</param>
internal sealed class WebhookLoad(string secret, int cars, int connections, TimeProvider time)
{
    private static readonly byte[] s_headEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] s_good = "HTTP/1.1 200 "u8.ToArray();

    private long _payments;

    /// <summary>Sends so many; each must be answered 200.</summary>
    /// <returns>Answered ones a second.</returns>
    public async Task<double> SendAsync(int port, int count, CancellationToken stop)
    {
        var requests = Enumerable.Range(0, count).Select(number => Request(port, number % cars)).ToArray();
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, port, stop);
            }

            var next = -1;
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(sockets.Select(async socket =>
            {
                var buffer = new byte[1024];
                while (Interlocked.Increment(ref next) is var number && number < requests.Length)
                {
                    await socket.SendAsync(requests[number], stop);
                    await AnswerAsync(socket, buffer, stop);
                }
            }));
            return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    // Neither side answers with a body: the head's end is the answer's end.
    private static async Task AnswerAsync(Socket socket, byte[] buffer, CancellationToken stop)
    {
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
            length += read;
            if (read == 0 || length == buffer.Length)
                throw new IOException($"an answer broke off: {Encoding.ASCII.GetString(buffer, 0, length)}");
        }
        while (!buffer.AsSpan(0, length).EndsWith(s_headEnd));
        if (!buffer.AsSpan(0, length).StartsWith(s_good))
            throw new IOException($"a delivery was refused: {Encoding.ASCII.GetString(buffer, 0, length)}");
    }

    private byte[] Request(int port, int car)
    {
        var now = time.GetUtcNow();
        var address = FleetCars.Address(car);
        var host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var reference = string.Create(CultureInfo.InvariantCulture, $"{address.Prefix}-{address.Car}-{_payments++}-14ff24b4-1");
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"msn":"123456","reference":"{{{reference}}}","pspReference":"1234567891","name":"AUTHORIZED","amount":{"currency":"NOK","value":34500},"timestamp":"{{{now:yyyy-MM-dd'T'HH:mm:ss'Z'}}}","idempotencyKey":"9f1c7ee1-6a0c-4c3a-9f39-0d9a3c2f4d10","success":true}""");
        var signature = WebhookSigner.Sign(secret, WebhookEndpoint.Path, host, now, body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {WebhookEndpoint.Path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nx-ms-date: {signature.Date}\r\nx-ms-content-sha256: {signature.ContentSha256}\r\nAuthorization: {signature.Authorization}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
