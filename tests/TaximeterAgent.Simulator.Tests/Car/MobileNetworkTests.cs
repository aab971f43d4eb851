using System.Net;
using System.Net.Sockets;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public sealed class MobileNetworkTests : IAsyncDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly MobileNetwork _network;
    private readonly List<byte> _heard = [];
    private readonly List<TcpClient> _accepted = [];
    private readonly Task _serving;

    public MobileNetworkTests()
    {
        _server.Start();
        _serving = ServeAsync();
        _network = new MobileNetwork((IPEndPoint)_server.LocalEndpoint, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        _server.Stop();
        await _serving;
        foreach (TcpClient client in _accepted)
            client.Dispose();
    }

    [Fact]
    public async Task What_is_sent_arrives_and_is_answered()
    {
        using TcpClient client = await ConnectAsync();
        Assert.Equal(42, await AskAsync(client, 42));
    }

    [Fact]
    public async Task Switched_off_it_cuts_and_refuses_and_switched_on_it_is_at_the_same_port()
    {
        using TcpClient before = await ConnectAsync();
        await AskAsync(before, 1);
        _network.SwitchOff();
        Assert.False(_network.IsOn);
        await IsGoneAsync(before);
        await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        _network.SwitchOn();
        using TcpClient after = await ConnectAsync();
        Assert.Equal(3, await AskAsync(after, 3));
    }

    [Fact]
    public async Task A_second_way_is_cut_and_opened_together_with_the_first()
    {
        int port = _network.Open((IPEndPoint)_server.LocalEndpoint);
        using TcpClient before = await ConnectAsync(port);
        Assert.Equal(1, await AskAsync(before, 1));
        _network.SwitchOff();
        await IsGoneAsync(before);
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(port));
        _network.SwitchOn();
        using TcpClient after = await ConnectAsync(port);
        Assert.Equal(2, await AskAsync(after, 2));
        using TcpClient first = await ConnectAsync();
        Assert.Equal(3, await AskAsync(first, 3));
    }

    [Fact]
    public async Task What_was_swallowed_arrives_late()
    {
        using TcpClient client = await ConnectAsync();
        await AskAsync(client, 1);
        _network.Swallow();
        Assert.False(_network.IsOn);
        Task<int> answer = AskAsync(client, 2);
        await Task.WhenAny(answer, Task.Delay(200));
        Assert.False(answer.IsCompleted);
        Assert.Equal([1], Heard());
        _network.SwitchOn();
        Assert.Equal(2, await answer.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task What_was_sent_before_the_client_gave_up_arrives_late_too()
    {
        using (TcpClient client = await ConnectAsync())
        {
            await AskAsync(client, 1);
            _network.Swallow();
            await client.GetStream().WriteAsync(new byte[] { 9 });
        }

        _network.SwitchOn();
        await Eventually.True(() => Heard().Contains((byte)9), "the late byte");
    }

    [Fact]
    public async Task Cut_connections_are_gone_and_new_ones_welcome()
    {
        using TcpClient cut = await ConnectAsync();
        await AskAsync(cut, 1);
        _network.CutConnections();
        await IsGoneAsync(cut);
        using TcpClient after = await ConnectAsync();
        Assert.Equal(3, await AskAsync(after, 3));
    }

    [Fact]
    public async Task Latency_delays_and_loses_nothing()
    {
        _network.Latency = TimeSpan.FromMilliseconds(20);
        using TcpClient client = await ConnectAsync();
        for (byte value = 0; value < 5; value++)
            Assert.Equal(value, await AskAsync(client, value));
    }

    private Task<TcpClient> ConnectAsync() => ConnectAsync(_network.Port);

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task<int> AskAsync(TcpClient client, byte value)
    {
        await client.GetStream().WriteAsync(new[] { value });
        byte[] answer = new byte[1];
        return await client.GetStream().ReadAsync(answer) == 1 ? answer[0] : -1;
    }

    /// <summary>Whether the end is read or an error is a matter of moments.</summary>
    private static async Task IsGoneAsync(TcpClient client)
    {
        try
        {
            Assert.Equal(-1, await AskAsync(client, 2).WaitAsync(TimeSpan.FromSeconds(60)));
        }
        catch (IOException)
        {
            // Reset: gone as well.
        }
    }

    private byte[] Heard()
    {
        lock (_heard)
            return [.. _heard];
    }

    private async Task ServeAsync()
    {
        var echoes = new List<Task>();
        try
        {
            while (true)
            {
                TcpClient client = await _server.AcceptTcpClientAsync();
                _accepted.Add(client);
                echoes.Add(EchoAsync(client));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(echoes);
        }
    }

    private async Task EchoAsync(TcpClient client)
    {
        byte[] buffer = new byte[16];
        try
        {
            while (await client.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                lock (_heard)
                    _heard.AddRange(buffer.AsSpan(0, count));
                await client.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The other side went: an echo needs no goodbye.
        }
    }
}
