using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Support;
using TaximeterAgent.Tests.Telemetry;

namespace TaximeterAgent.Tests.Security;

/// <summary>A real agent, and every socket at which it could be reached: none but the control socket, whatever is configured, unless it is told to listen for webhooks.</summary>
public sealed class ListeningSocketTests
{
    private static readonly Dictionary<string, (Func<WorldOptions, WorldOptions> World, Action<JsonObject> Change)> s_cars = new(StringComparer.Ordinal)
    {
        ["as it comes"] = (options => options, _ => { }),
        ["a display on I2C"] = (options => options with { Display = DisplayModel.Backpack }, _ => { }),
        ["contacts and ignition"] = (options => options with { ContactMeter = true, Ignition = true }, _ => { }),
        ["a meter that prints"] = (options => options with { PrinterMeter = true }, _ => { }),
        ["in the line, with a printer"] = (options => options with { PrinterMeter = true, PrinterInLine = true, Printer = true }, _ => { }),
        ["telemetry that is sent"] = (options => options, root => root["Telemetry"] = new JsonObject { ["Otlp"] = new JsonObject { ["Endpoint"] = "http://127.0.0.1:9", ["Interval"] = "00:00:00.500" } }),
        ["a relay"] = (options => options, root => root["Relay"] = new JsonObject { ["Uri"] = "amqps://localhost:9/taxi", ["Password"] = "planted-relay-password" }),
        ["no keys"] = (options => options, root => root["EPayment"]!.AsObject().Remove("ClientSecret")),
    };

    public static TheoryData<string> Cars => [.. s_cars.Keys];

    [Theory]
    [MemberData(nameof(Cars))]
    public async Task Nothing_but_the_control_socket_listens(string car)
    {
        await using var world = await StartAsync(car);

        // Its web server runs only while somebody is connected: before, meanwhile, and after.
        Assert.Equal([Control(world)], OpenSockets.Of(world.Agent!.Id));
        using (var client = new SocketClient(world.Places.ControlSocket))
        {
            Assert.Equal(200, (await client.GetAsync("/v1/status")).Status);
            Assert.Equal([Control(world)], Distinct(world));
        }

        Assert.Equal([Control(world)], Distinct(world));
    }

    [Fact]
    public async Task Nor_while_and_after_a_trip_is_paid()
    {
        await using var world = await StartAsync("as it comes");
        world.Meter.SwitchOn();
        var seen = new List<string>();
        world.Meter.FrameLogged += _ => seen.AddRange(Distinct(world));

        await PaidRide.DriveAsync(world, world.NewCustomer());

        seen.AddRange(Distinct(world));
        Assert.Equal([Control(world)], seen.Distinct());
    }

    [Fact]
    public async Task Told_to_listen_for_webhooks_it_listens_there_and_nowhere_else()
    {
        var port = LoopbackPorts.Free();
        await using var world = await StartAsync("as it comes", root => root["Webhooks"] = new JsonObject { ["Listen"] = $"http://127.0.0.1:{port}", ["Secret"] = "planted-webhook-secret" });
        await world.WaitAsync(() => Distinct(world).Count > 1, "the listener for webhooks");
        Assert.Equal([$"tcp 127.0.0.1:{port}", Control(world)], Distinct(world));
    }

    [Fact]
    public async Task The_runtime_s_own_socket_would_be_found()
    {
        await using var world = await StartAsync("as it comes", environment: ("DOTNET_EnableDiagnostics", "1"));
        Assert.Contains(OpenSockets.Of(world.Agent!.Id), socket => socket.Contains("dotnet-diagnostic-", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_kind_of_open_port_would_be_found()
    {
        using var files = new TestFiles();
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var tcp6 = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var asks = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var datagram = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        tcp.Listen();
        tcp6.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        tcp6.Listen();
        udp.Bind(new IPEndPoint(IPAddress.Any, 0));
        asks.Connect(new IPEndPoint(IPAddress.Loopback, 53));
        unix.Bind(new UnixDomainSocketEndPoint(files.Path("stream")));
        unix.Listen();
        datagram.Bind(new UnixDomainSocketEndPoint(files.Path("datagram")));

        var found = OpenSockets.Of(Environment.ProcessId);

        Assert.All(
            [$"tcp {tcp.LocalEndPoint}", $"tcp {tcp6.LocalEndPoint}", $"udp {udp.LocalEndPoint}", $"unix {files.Path("stream")}", $"unix {files.Path("datagram")}"],
            socket => Assert.Contains(socket, found));
        Assert.DoesNotContain($"udp {asks.LocalEndPoint}", found);
    }

    [RootFact]
    public void One_that_takes_whatever_passes_would_be_found()
    {
        using var raw = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        Assert.Contains(OpenSockets.Of(Environment.ProcessId), socket => socket.StartsWith("raw ", StringComparison.Ordinal));
    }

    private static async Task<World> StartAsync(string car, Action<JsonObject>? change = null, (string Name, string Value)? environment = null)
    {
        var (options, own) = s_cars[car];
        var world = await World.CreateAsync(
            options(new WorldOptions { Name = "sockets", AgentCommand = AgentCommand.BuiltWithUs() }), new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, null);
        try
        {
            world.Reconfigure(change ?? own);
            if (environment is (var name, var value))
                world.AgentEnvironment[name] = value;
            world.StartAgent();
            await world.WaitAsync(() => File.Exists(world.Places.ControlSocket), "the control socket");
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    private static string Control(World world) => $"unix {world.Places.ControlSocket}";

    // A socket that is accepted has the listener's name as well, and is not one that listens.
    private static IReadOnlyList<string> Distinct(World world) => [.. OpenSockets.Of(world.Agent!.Id).Distinct()];
}
