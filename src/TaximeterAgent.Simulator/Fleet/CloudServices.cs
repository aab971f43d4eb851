using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>RabbitMQ and PostgreSQL of Debian's packages by <c>deploy/relay/dev.sh</c>: on loopback, with data folders of their own, ended by their process ids.</summary>
public sealed class CloudServices : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;

    private CloudServices(string folder, Dictionary<string, string> environment)
    {
        _folder = folder;
        _environment = environment;
    }

    /// <summary>Goes with them.</summary>
    public string Folder => _folder;

    /// <summary>What the relay has to be told to find both, and what <c>broker.sh</c> is told.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>The broker's own process.</summary>
    public int BrokerId => int.Parse(File.ReadAllText(Path.Combine(_folder, "rabbitmq", "pid")), CultureInfo.InvariantCulture);

    /// <summary>The broker's address, <c>amqps://localhost:PORT/taxi</c>.</summary>
    public Uri Broker => new(_environment["RELAY_Broker__Uri"]);

    /// <summary>The password of the relay's identity at the broker.</summary>
    public string RelayPassword => _environment["RELAY_Broker__Password"];

    /// <summary>The PEM of the authority that signed the broker's certificate.</summary>
    public string Authority => _environment["RELAY_Broker__CaFile"];

    /// <summary>The certificate that the authority signed for <c>localhost</c> and <c>127.0.0.1</c>, and its key.</summary>
    public (string Certificate, string Key) Server => (Path.Combine(_folder, "tls", "server.pem"), Path.Combine(_folder, "tls", "server.key"));

    /// <summary>As Npgsql takes it.</summary>
    public string Database => _environment["RELAY_Database__ConnectionString"];

    /// <summary>The broker's administrator, <c>user:password</c>.</summary>
    public string Administrator => _environment["RABBITMQ_ADMIN"];

    /// <summary>Starts both in a temporary folder that goes with them.</summary>
    /// <param name="more">What <c>dev.sh</c> is given besides.</param>
    /// <exception cref="IOException">They do not start; the message holds their last words. Nothing is left running.</exception>
    public static async Task<CloudServices> StartAsync(IReadOnlyDictionary<string, string>? more = null)
    {
        string folder = Directory.CreateTempSubdirectory("taxi-fleet-").FullName;
        var services = new CloudServices(folder, new Dictionary<string, string>(more ?? new Dictionary<string, string>()));
        try
        {
            await services.DevAsync("start");
            foreach ((string name, string value) in Exported(await File.ReadAllLinesAsync(Path.Combine(folder, "env"))))
                services._environment[name] = value;
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// SIGKILL to the broker, by its process id, once its quorum queues are on the disk. It writes down which ones there are some seconds after they were made, and one that was
    /// not never comes back after a kill: its fault, and not what is looked at here.
    /// </summary>
    public async Task KillBrokerAsync()
    {
        await QueuesOnDisk.WaitAsync(Management(), Path.Combine(_folder, "rabbitmq", "data"));
        await DevAsync("kill-broker");
    }

    /// <summary>The broker again, with the data that it had; nothing if it runs. Returns when it can be spoken to.</summary>
    public Task StartBrokerAsync() => DevAsync("start-broker");

    /// <summary><c>deploy/relay/broker.sh</c>, with an administrator's rights.</summary>
    /// <param name="carPassword">What a car that is added is given.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="force">True: bookings that wait for a car that is removed are lost.</param>
    public Task<ScriptRun> BrokerAsync(string carPassword, IReadOnlyList<string> arguments, bool force = false) => ScriptRun.RunAsync(
        ["bash", FleetPlaces.Script("broker.sh"), .. arguments],
        new Dictionary<string, string>(_environment) { ["CAR_PASSWORD"] = carPassword, ["FORCE"] = force ? "1" : "" });

    /// <summary>The broker's management, with its administrator's rights.</summary>
    public HttpClient Management() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(_environment["RABBITMQ_API"] + "/api/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Administrator))) },
    };

    public async ValueTask DisposeAsync()
    {
        // What it holds goes with its folder: nothing has to be written back.
        await ScriptRun.RunAsync(["bash", FleetPlaces.DevScript, "kill-broker", _folder], _environment);
        await ScriptRun.RunAsync(["bash", FleetPlaces.DevScript, "stop", _folder], _environment);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task DevAsync(string what)
    {
        ScriptRun run = await ScriptRun.RunAsync(["bash", FleetPlaces.DevScript, what, _folder], _environment);
        if (run.Code != 0)
            throw new IOException($"dev.sh {what} ended with {run.Code}: {run.Said.Trim()}");
    }

    // Lines of 'export NAME=value NAME=value', or with one value in quotes.
    private static IEnumerable<(string Name, string Value)> Exported(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string text = line["export ".Length..];
            foreach (string pair in text.Contains('\'', StringComparison.Ordinal) ? [text.Replace("'", "", StringComparison.Ordinal)] : text.Split(' '))
                yield return (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
        }
    }
}
