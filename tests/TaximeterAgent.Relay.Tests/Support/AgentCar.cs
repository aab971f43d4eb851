using System.Net.Sockets;
using System.Text.Json.Nodes;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>A car with the real agent in it, as its own process, and without a meter: what comes to it comes from the fleet.</summary>
internal sealed class AgentCar : IAsyncDisposable
{
    private readonly string _folder;
    private readonly HttpClient _http;
    private AgentProcess? _process;
    private int _starts;

    private AgentCar(CarAddress address, string folder)
    {
        Address = address;
        _folder = folder;
        var socket = Path.Combine(folder, "control.sock");
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, stop) =>
            {
                var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await client.ConnectAsync(new UnixDomainSocketEndPoint(socket), stop);
                return new NetworkStream(client, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://agent/v1/"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public CarAddress Address { get; }

    /// <summary>Makes a car at the broker, configures an agent for it and starts it.</summary>
    /// <param name="services">The broker.</param>
    /// <param name="port">Where the agent finds the broker; null: the broker itself.</param>
    /// <param name="payments">The payment service; null: there is none.</param>
    /// <param name="relay">What is other than usual in the section <c>Relay</c>.</param>
    public static async Task<AgentCar> StartAsync(Services services, int? port = null, Uri? payments = null, Action<JsonObject>? relay = null)
    {
        var address = await services.AddCarAsync();
        var folder = Directory.CreateDirectory(services.PathOf("car")).FullName;
        var car = new AgentCar(address, folder);
        var section = new JsonObject
        {
            ["Uri"] = $"amqps://localhost:{port ?? services.BrokerPort}/taxi",
            ["Password"] = Services.CarPassword,
            ["CaFile"] = services.CaFile,
            ["ReportEvery"] = "00:00:01",
            ["ReconnectFirst"] = "00:00:00.100",
            ["ReconnectMost"] = "00:00:01",
        };
        relay?.Invoke(section);
        var root = new JsonObject
        {
            ["Car"] = new JsonObject { ["Id"] = address.Car, ["Prefix"] = address.Prefix },
            ["EPayment"] = new JsonObject
            {
                ["BaseUrl"] = (payments ?? new Uri("http://127.0.0.1:9")).ToString().TrimEnd('/'),
                ["MerchantSerialNumber"] = ServerDefaults.Msn,
                ["ClientId"] = ServerDefaults.ClientId,
                ["ClientSecret"] = ServerDefaults.ClientSecret,
                ["SubscriptionKey"] = ServerDefaults.SubscriptionKey,
                // So rarely that it is the hint which brings the news.
                ["PollFirst"] = "00:10:00",
                ["PollEvery"] = "00:10:00",
            },
            ["Meter"] = new JsonObject { ["Serial"] = new JsonObject { ["Port"] = "/dev/there-is-none" } },
            ["Driver"] = new JsonObject { ["Keypad"] = "none", ["Display"] = "none" },
            ["Outbox"] = new JsonObject { ["Directory"] = Directory.CreateDirectory(Path.Combine(folder, "outbox")).FullName },
            ["Control"] = new JsonObject { ["Socket"] = Path.Combine(folder, "control.sock") },
            ["Relay"] = section,
        };
        var file = Path.Combine(folder, "config.json");
        await File.WriteAllTextAsync(file, root.ToJsonString());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        car.Start();
        return car;
    }

    /// <summary>Starts the agent, again after it was killed.</summary>
    public void Start() => _process = AgentProcess.Start(
        AgentCommand.BuiltWithUs(), ["run", "--config", Path.Combine(_folder, "config.json")], _folder, Path.Combine(_folder, $"agent-{++_starts}"));

    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>Ends it as the service manager does: the exit code and how long it took.</summary>
    public async Task<(int? Code, TimeSpan Took)> StopAsync()
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        return (await _process!.StopAsync(TimeSpan.FromSeconds(15)), System.Diagnostics.Stopwatch.GetElapsedTime(began));
    }

    /// <summary>What it says of the relay; null while nobody answers.</summary>
    public async Task<JsonNode?> RelayAsync() => (await AskAsync("status"))?["relay"];

    public async Task<bool> ConnectedAsync() => (await RelayAsync())?["connected"]?.GetValue<bool>() == true;

    /// <summary>How it grades the relay.</summary>
    public async Task<string?> LevelAsync() =>
        (await AskAsync("status"))?["parts"]?.AsArray().FirstOrDefault(part => part?["name"]?.GetValue<string>() == "relay")?["level"]?.GetValue<string>();

    /// <summary>Its trips, however they are.</summary>
    public async Task<JsonArray> TripsAsync() => (await AskAsync("trips"))?["trips"]?.AsArray() ?? [];

    /// <summary>A trip by its booking; null if there is none.</summary>
    public Task<JsonNode?> TripAsync(string booking) => AskAsync("trips/" + booking);

    /// <summary>All that its process has written, of every start.</summary>
    public string Written() => string.Concat(Directory.GetFiles(_folder, "agent-*").Select(File.ReadAllText));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _http.Dispose();
    }

    private async Task<JsonNode?> AskAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(path);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
