using System.Text.Json;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Tests.Control;

namespace TaximeterAgent.Tests.Telemetry.Otlp;

/// <summary>A real agent that is told to send to a collector.</summary>
internal sealed class SentCar : IAsyncDisposable
{
    public const string Header = "Basic dGF4aTpzZWNyZXQ=";

    private readonly StringWriter _wire;

    private SentCar(World world, int port, StringWriter wire) => (World, Port, _wire) = (world, port, wire);

    public World World { get; }

    /// <summary>Where the collector is, or will be.</summary>
    public int Port { get; }

    /// <summary>All that the payment service was sent, and what it answered, with all headers.</summary>
    public string Wire => _wire.ToString();

    public static async Task<SentCar> CreateAsync(bool sends = true)
    {
        var wire = new StringWriter();
        var options = new WorldOptions { Name = "telemetry", AgentCommand = AgentCommand.BuiltWithUs() };
        var world = await World.CreateAsync(options, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, new WireLog(TextWriter.Synchronized(wire)));
        var car = new SentCar(world, LoopbackPorts.Free(), wire);
        if (sends)
        {
            world.Reconfigure(root => root["Telemetry"] = new JsonObject
            {
                ["Otlp"] = new JsonObject
                {
                    ["Endpoint"] = $"http://127.0.0.1:{car.Port}/collector",
                    ["Headers"] = $"Authorization={Uri.EscapeDataString(Header)}",
                    ["Interval"] = "00:00:00.500",
                },
            });
        }

        return car;
    }

    /// <summary>A trip whose customer approves, until the meter has heard that it is paid.</summary>
    public Task<TripFare> RideAsync(Customer customer) => PaidRide.DriveAsync(World, customer);

    public async Task<JsonElement> StatusAsync()
    {
        using var client = new SocketClient(World.Places.ControlSocket);
        return (await client.GetAsync("/v1/status")).Body;
    }

    /// <summary>What the agent has in its memory of files.</summary>
    public string Mapped() => File.ReadAllText($"/proc/{World.Agent!.Id}/maps");

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
