using System.Net.Sockets;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Control;

public sealed class SocketFileTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly LogCollector _log = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_socket_is_for_its_owner_and_group_and_its_directory_is_made()
    {
        var path = _files.Path("run/control.sock");
        await using var server = await StartAsync(path);

        Assert.Equal(SocketFile.Mode, File.GetUnixFileMode(path));
        Assert.Equal(SocketFile.DirectoryMode, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        Assert.Equal(503, await StatusAsync(path));
    }

    [Fact]
    public async Task The_web_server_is_there_only_while_somebody_is_connected()
    {
        var path = _files.Path("control.sock");
        var time = new ManualTime();
        await using var server = new ControlServer(path, new FakeTarget(), _log, time);
        await server.StartAsync(CancellationToken.None);
        Assert.False(server.Serving);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(503, await StatusAsync(path));
            Assert.True(server.Serving);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (server.Serving)
            {
                // Not before the connection is seen to be closed; then some seconds more.
                time.Advance(TimeSpan.FromSeconds(11));
                await Task.Delay(20, patience.Token);
            }
        }

        using var watcher = await LineStream.OpenAsync(path, "/v1/watch/meter");
        await watcher.NextAsync();
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(503, await StatusAsync(path));
        Assert.True(server.Serving); // one who watches and hears nothing is connected all the same
    }

    [Fact]
    public async Task A_directory_that_is_there_keeps_its_mode()
    {
        Directory.CreateDirectory(_files.Path("mine"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var server = await StartAsync(_files.Path("mine/control.sock"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_files.Path("mine")));
        Assert.Equal(503, await StatusAsync(_files.Path("mine/control.sock")));
    }

    [Fact]
    public async Task A_socket_that_a_killed_agent_left_is_replaced()
    {
        var path = _files.Path("control.sock");
        LeaveBehind(path);

        await using var server = await StartAsync(path);

        Assert.Equal(503, await StatusAsync(path));
    }

    [Fact]
    public async Task A_socket_that_another_agent_listens_at_is_left_to_it()
    {
        var path = _files.Path("control.sock");
        await using var first = await StartAsync(path);
        await using var second = await StartAsync(path);

        Assert.Contains($"Error: There is no control socket, so the commands cannot reach this agent; payments go on. another agent listens at {path}", _log.Text, StringComparison.Ordinal);
        await second.StopAsync(CancellationToken.None);
        Assert.Equal(503, await StatusAsync(path));
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_left_alone()
    {
        var path = _files.Path("control.sock");
        await File.WriteAllTextAsync(path, "accounts");
        await using var server = await StartAsync(path);

        Assert.Contains("is not a socket", _log.Text, StringComparison.Ordinal);
        Assert.Equal("accounts", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_path_that_is_too_long_is_an_error_that_says_so()
    {
        await using var server = await StartAsync(_files.Path(new string('x', 108)));

        Assert.Contains("more than 107 bytes", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_an_error_and_payments_go_on()
    {
        await File.WriteAllTextAsync(_files.Path("file"), "");
        await using var server = await StartAsync(_files.Path("file/control.sock"));

        Assert.Contains("payments go on", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_stop_nothing_is_left_and_the_next_agent_can_listen()
    {
        var path = _files.Path("control.sock");
        var server = await StartAsync(path);
        await server.StopAsync(CancellationToken.None);
        await server.DisposeAsync();
        Assert.False(Path.Exists(path));

        await using var next = await StartAsync(path);
        Assert.Equal(503, await StatusAsync(path));
    }

    private async Task<ControlServer> StartAsync(string path)
    {
        var server = new ControlServer(path, new FakeTarget(), _log);
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    private static async Task<int> StatusAsync(string path)
    {
        using var client = new SocketClient(path);
        return (await client.GetAsync("/v1/status")).Status;
    }

    // .NET removes a socket's file when it closes it; a name given afterwards it does not know.
    private static void LeaveBehind(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + ".old"));
        File.Move(path + ".old", path);
    }
}
