using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>
/// The fleet's cloud side around one car: the relay as its own process behind a public address, registered at the payment service; the car's queues at the
/// broker; the taxi app. Set up by the commands and scripts that an operator uses.
/// </summary>
internal sealed class CloudSide : IAsyncDisposable
{
    private const string Prefix = "taxi";

    /// <summary>The car's address in the fleet.</summary>
    private static readonly string Address = $"{Prefix}.{AgentConfiguration.CarId.Replace("-", "", StringComparison.Ordinal)}";

    private readonly RunCloud _run;
    private readonly CloudServices _services;
    private readonly Authority _authority;
    private readonly WorldPlaces _places;
    private readonly Transcript _transcript;
    private readonly TimeProvider _time;
    private readonly List<RelayProcess> _relays = [];
    private readonly int _port = LoopbackPorts.Free();
    private readonly PublicDoor _door;
    private readonly string _number;
    private Uri? _service;
    private string _key = "";
    private int _starts;
    private CarQueues? _queues;
    private TaxiApp? _app;

    private CloudSide(RunCloud run, CloudServices services, WorldPlaces places, Transcript transcript, TimeProvider time)
    {
        _run = run;
        _services = services;
        _places = places;
        _transcript = transcript;
        _time = time;
        _number = run.NextNumber();
        _authority = new Authority(services.Authority);
        BrokerWire = new MobileNetwork(Broker, time);
        PublicWire = new MobileNetwork(new IPEndPoint(IPAddress.Loopback, _port), time);
        _door = new PublicDoor(X509Certificate2.CreateFromPemFile(services.Server.Certificate, services.Server.Key), new IPEndPoint(IPAddress.Loopback, PublicWire.Port));
    }

    /// <summary>The broker itself; the car reaches it over its mobile network.</summary>
    public IPEndPoint Broker => new(IPAddress.Loopback, _services.Broker.Port);

    /// <summary>The PEM of the authority that the car is to trust.</summary>
    public string BrokerAuthority => _services.Authority;

    /// <summary>The car's password at the broker.</summary>
    public string CarPassword { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>Between the relay and the broker.</summary>
    public MobileNetwork BrokerWire { get; }

    /// <summary>Between the public address and the relay.</summary>
    public MobileNetwork PublicWire { get; }

    public CarQueues Queues => _queues!;

    public TaxiApp App => _app!;

    /// <summary>The relay's own registration at the payment service, with its secret.</summary>
    /// <exception cref="ScenarioFailed">It has none.</exception>
    public WebhookRegistration Registration
    {
        get
        {
            string file = SecretFiles().SingleOrDefault() ?? throw new ScenarioFailed("the relay has no webhook secret");
            return new WebhookRegistration(Webhooks, File.ReadAllText(file).Trim(), _authority);
        }
    }

    /// <summary>A name for a booking that no other world of this call uses: they share the relay's database.</summary>
    public string Booking(string name) => $"{name}-{_number}";

    /// <param name="run">What the worlds of this call share.</param>
    /// <param name="services">Its broker and database, which run.</param>
    /// <param name="world">The world that it is around.</param>
    /// <param name="places">Where its files are.</param>
    /// <param name="apis">The payment service.</param>
    /// <param name="transcript">Where it is told.</param>
    /// <param name="time">Of the world.</param>
    /// <exception cref="IOException">It cannot be set up; the message says what went wrong.</exception>
    public static async Task<CloudSide> StartAsync(
        RunCloud run, CloudServices services, WorldOptions world, WorldPlaces places, SimulatedApis apis, Transcript transcript, TimeProvider time)
    {
        var side = new CloudSide(run, services, places, transcript, time);
        try
        {
            await side.SetUpAsync(world, apis);
            return side;
        }
        catch
        {
            await side.DisposeAsync();
            throw;
        }
    }

    public FleetFacts Facts() => new()
    {
        Hints = Queues.Hints,
        Orders = Queues.Orders,
        OrdersWaiting = Queues.OrdersWaiting,
        Taken = App.Taken,
        Answers = App.Answers,
    };

    /// <summary>What may stand in no log.</summary>
    public IEnumerable<(string What, string Secret)> AllSecrets()
    {
        yield return ("the car's password at the broker", CarPassword);
        yield return ("the relay's password at the broker", _services.RelayPassword);
        yield return ("the broker's administrator's password", _services.Administrator[(_services.Administrator.IndexOf(':') + 1)..]);
        yield return ("the app's key at the relay", _key);
        foreach (string file in SecretFiles())
            yield return ("the webhook secret", File.ReadAllText(file).Trim());
        foreach (TakenBooking booking in App.Taken)
            yield return ("a booking's phone number", booking.Msisdn[^8..]);
    }

    /// <summary>SIGKILL to the broker, by its process id.</summary>
    public async Task KillBrokerAsync()
    {
        await _services.KillBrokerAsync();
        _transcript.Say("cloud", "the broker is killed");
    }

    public async Task StartBrokerAsync()
    {
        await _services.StartBrokerAsync();
        _transcript.Say("cloud", "the broker is started again");
    }

    /// <summary>Starts the relay, or another copy of it that nobody reaches from outside; returns when it is ready.</summary>
    /// <param name="another">True: another copy, at another address, with the same database, broker and secrets.</param>
    public async Task StartRelayAsync(bool another = false)
    {
        int start = ++_starts;
        int port = another ? LoopbackPorts.Free() : _port;
        string configuration = Path.Combine(_places.Root, $"relay-{start}.json");
        WriteConfiguration(configuration, port);
        RelayProcess relay = await RelayProcess.StartAsync(_run.Relay, configuration, port, _places.Root, _places.RelayLog(start));
        _relays.Add(relay);
        _transcript.Say("cloud", string.Create(CultureInfo.InvariantCulture, $"{(another ? "another copy of the relay" : "the relay")} runs (process {relay.Id}, log relay-{start})"));
    }

    /// <summary>SIGKILL to every copy of the relay, by their process ids.</summary>
    public async Task KillRelayAsync()
    {
        foreach (RelayProcess relay in _relays)
        {
            await relay.KillAsync();
            _transcript.Say("cloud", string.Create(CultureInfo.InvariantCulture, $"the relay is killed (process {relay.Id})"));
            await relay.DisposeAsync();
        }

        _relays.Clear();
    }

    private Uri Webhooks => new(_door.Address, "webhooks/vipps");

    private string SecretsFolder => Path.Combine(_places.Root, "relay-secrets");

    private string KeysFile => Path.Combine(_places.Root, "relay-keys.json");

    private string[] SecretFiles() => Directory.Exists(SecretsFolder) ? Directory.GetFiles(SecretsFolder, "*.secret") : [];

    private async Task SetUpAsync(WorldOptions world, SimulatedApis apis)
    {
        _service = new Uri($"http://{apis.EndPoint}");
        await ScriptAsync("remove-car");
        await ScriptAsync("add-car");
        _queues = await CarQueues.WatchAsync(_services.Management(), Address, _transcript, _time);
        ApiCredentials keys = apis.Credentials;
        PrivateFile.Write(KeysFile, new JsonArray(new JsonObject
        {
            ["merchantSerialNumber"] = keys.MerchantSerialNumber,
            ["clientId"] = keys.ClientId,
            ["clientSecret"] = keys.ClientSecret,
            ["subscriptionKey"] = keys.SubscriptionKey,
        }));
        string configuration = Path.Combine(_places.Root, "relay.json");
        WriteConfiguration(configuration, _port);
        _key = await _run.KeyAsync(configuration);
        _app = TaxiApp.At(_door.Address, _authority, _key, Address, _transcript, _time);
        // A car that is told of its payments itself is not told of them here as well.
        if (!world.OwnWebhooks)
            await _run.CommandAsync("webhooks", "register", "--config", configuration);
        await StartRelayAsync();
    }

    // There may be no such car yet: then there is nothing to remove, and nothing is said.
    private async Task ScriptAsync(string command)
    {
        ScriptRun run = await _services.BrokerAsync(CarPassword, [command, Prefix, AgentConfiguration.CarId], force: true);
        if (run.Code != 0)
            throw new IOException($"broker.sh {command} ended with {run.Code}: {run.Said.Trim()}");
    }

    private void WriteConfiguration(string path, int port) => PrivateFile.Write(path, new JsonObject
    {
        ["Listen"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        ["Broker"] = new JsonObject
        {
            ["Uri"] = string.Create(CultureInfo.InvariantCulture, $"amqps://localhost:{BrokerWire.Port}/taxi"),
            ["Password"] = _services.RelayPassword,
            ["CaFile"] = _services.Authority,
            ["Reconnect"] = "00:00:00.2",
            ["ConfirmTimeout"] = "00:00:02",
        },
        ["Database"] = new JsonObject { ["ConnectionString"] = _services.Database },
        ["Webhooks"] = new JsonObject { ["SecretsDirectory"] = SecretsFolder, ["PublicUrl"] = Webhooks.AbsoluteUri },
        ["Bookings"] = new JsonObject { ["Resend"] = "00:00:00.5", ["CancelWait"] = "00:00:03" },
        ["EPayment"] = new JsonObject { ["BaseUrl"] = _service!.ToString().TrimEnd('/'), ["KeysFile"] = KeysFile },
    });

    public async ValueTask DisposeAsync()
    {
        _app?.Dispose();
        foreach (RelayProcess relay in _relays)
            await relay.DisposeAsync();
        await _door.DisposeAsync();
        await PublicWire.DisposeAsync();
        await BrokerWire.DisposeAsync();
        if (_queues is not null)
            await _queues.DisposeAsync();
    }
}
