using System.Net;
using System.Net.Sockets;
using System.Text;
using TaximeterAgent.Benchmarks.Car;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>The wire notes each request once, before the service has any of it, and hands on every byte.</summary>
public sealed class StampedWireTests : IDisposable
{
    private readonly TcpListener _service = new(IPAddress.Loopback, 0);
    private readonly StampedWire _wire;
    private readonly List<string> _passed = [];

    public StampedWireTests()
    {
        _service.Start();
        _wire = new StampedWire((IPEndPoint)_service.LocalEndpoint);
        _wire.Passed += request =>
        {
            lock (_passed)
                _passed.Add(request.Answered == 0 ? request.Line : "answer to " + request.Line);
        };
    }

    public void Dispose()
    {
        _wire.Dispose();
        _service.Dispose();
    }

    [Fact]
    public async Task A_request_in_pieces_is_one_and_its_answer_ends_it()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_wire.EndPoint);
        using var server = await _service.AcceptTcpClientAsync();
        var second = _wire.NextAnswerAsync(line => line == "POST /b");

        await ExchangeAsync(client, server, ["POST /a HTTP/1.1\r\nA: 1\r\n\r\n", "{\"body\":1}"], ["HTTP/1.1 200 OK\r\n\r\n", "more"]);
        Assert.False(second.IsCompleted);
        await ExchangeAsync(client, server, ["POST /b HTTP/1.1\r\n\r\n"], ["HTTP/1.1 200 OK\r\n\r\n"]);

        var request = await Patience.ForAsync(second, "the second request", CancellationToken.None);
        Assert.True(request.Arrived < request.Answered, "an answer comes after its request");
        lock (_passed)
            Assert.Equal(["POST /a", "answer to POST /a", "POST /b", "answer to POST /b"], _passed);
    }

    [Theory]
    [InlineData("POST /epayment/v1/payments", true, false)]
    [InlineData("POST /epayment/v1/payments/taxi-1/capture", false, true)]
    [InlineData("GET /epayment/v1/payments/taxi-1", false, false)]
    [InlineData("POST /accesstoken/get", false, false)]
    public void Calls_are_told_apart(string line, bool create, bool capture)
    {
        Assert.Equal(create, ServiceCall.IsCreate(line));
        Assert.Equal(capture, ServiceCall.IsCapture(line));
        Assert.Equal(!line.Contains("token", StringComparison.Ordinal), ServiceCall.IsOfTrip(line));
    }

    private static async Task ExchangeAsync(TcpClient client, TcpClient server, string[] request, string[] answer)
    {
        foreach (var piece in request)
            await PassAsync(client, server, piece);
        foreach (var piece in answer)
            await PassAsync(server, client, piece);
    }

    private static async Task PassAsync(TcpClient from, TcpClient to, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        await from.GetStream().WriteAsync(bytes);
        var arrived = new byte[bytes.Length];
        await to.GetStream().ReadExactlyAsync(arrived);
        Assert.Equal(text, Encoding.ASCII.GetString(arrived));
    }
}
