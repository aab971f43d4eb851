using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Broker;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>All tests that need the broker or the database: they share one of each, and each test has cars and bookings of its own.</summary>
[CollectionDefinition(Name)]
public sealed class Fleet : ICollectionFixture<Services>
{
    public const string Name = "one broker and one database";
}

/// <summary>RabbitMQ and PostgreSQL by <c>deploy/relay/dev.sh</c>, once for all tests.</summary>
public sealed class Services : IAsyncLifetime
{
    /// <summary>The password of every car here.</summary>
    internal const string CarPassword = "a-car's-password";

    // A broker takes half a minute to start on a machine that others use as well.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo? _directory = Installed.Missing is null ? Directory.CreateTempSubdirectory("taximeter-relay-") : null;
    private readonly Dictionary<string, string> _environment = [];
    private int _names;

    public async Task InitializeAsync()
    {
        if (_directory is null)
            return;
        await DevAsync("start");
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(_directory.FullName, "env")))
        {
            var text = line["export ".Length..];
            if (text.IndexOf('\'') is var quote and >= 0)
            {
                _environment[text[..text.IndexOf('=')]] = text[(quote + 1)..^1];
                continue;
            }

            foreach (var pair in text.Split(' '))
                _environment[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];
        }
    }

    public async Task DisposeAsync()
    {
        if (_directory is null)
            return;
        await DevAsync("stop");
        _directory.Delete(recursive: true);
    }

    internal int BrokerPort => new Uri(_environment["RELAY_Broker__Uri"]).Port;

    /// <summary>The authority that the broker's certificate is from.</summary>
    internal string CaFile => _environment["RELAY_Broker__CaFile"];

    internal string ConnectionString => _environment["RELAY_Database__ConnectionString"];

    /// <summary>Options that point here, with short waits; secrets of webhooks in a folder that is made when something is kept there.</summary>
    internal RelayOptions Options()
    {
        var options = new RelayOptions { Listen = "http://127.0.0.1:0" };
        options.Broker.Uri = _environment["RELAY_Broker__Uri"];
        options.Broker.Password = _environment["RELAY_Broker__Password"];
        options.Broker.CaFile = _environment["RELAY_Broker__CaFile"];
        options.Broker.Reconnect = TimeSpan.FromMilliseconds(100);
        options.Database.ConnectionString = ConnectionString;
        options.Webhooks.SecretsDirectory = Path.Combine(_directory!.FullName, Name("secrets"));
        options.Bookings.Resend = TimeSpan.FromMilliseconds(200);
        options.Bookings.CancelWait = TimeSpan.FromSeconds(20);
        options.Stranded.Every = TimeSpan.FromMilliseconds(200);
        return options;
    }

    /// <summary>A name that no other test has.</summary>
    internal string Name(string what) => what + Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture);

    /// <summary>A path that no other test has.</summary>
    internal string PathOf(string what) => Path.Combine(_directory!.FullName, Name(what));

    /// <summary>An address that no other test has; nothing is made at the broker.</summary>
    internal CarAddress NewAddress()
    {
        Assert.True(CarAddress.TryOf("taxi", Name("T"), out var address));
        return address;
    }

    /// <summary>Makes a car's queues and identity, as the operator does.</summary>
    internal async Task<CarAddress> AddCarAsync(CarAddress? address = null)
    {
        var car = address ?? NewAddress();
        Assert.Equal((0, car.User), await BrokerAsync("add-car", car.Prefix, car.Car));
        return car;
    }

    /// <summary>Lays an order into a car's queue, as the relay does.</summary>
    internal Task OrderAsync(CarAddress car, BookingOrder order) =>
        PublishAsync(BrokerNames.Bookings, car.RoutingKey, JsonSerializer.SerializeToUtf8Bytes(order, FleetJson.Default.BookingOrder));

    /// <summary>Publishes any bytes, with the relay's identity.</summary>
    internal async Task PublishAsync(string exchange, string key, byte[] body)
    {
        await using var connection = await new BrokerConnections(Options()).OpenAsync("test", CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync(exchange, key, mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, body);
    }

    /// <summary><c>broker.sh</c>: its exit code and what it said.</summary>
    internal async Task<(int Code, string Said)> BrokerAsync(params string[] arguments)
    {
        var (code, said) = await RunAsync("broker.sh", arguments);
        return (code, said.Trim());
    }

    internal Task KillBrokerAsync() => DevAsync("kill-broker");

    internal Task StartBrokerAsync() => DevAsync("start-broker");

    /// <summary>A database of its own, empty.</summary>
    internal async Task<string> NewDatabaseAsync()
    {
        var name = Name("other");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Something in a database, as one who looks into it; the first value, if there is one.</summary>
    internal async Task<object?> ExecuteAsync(string sql, string? connectionString = null)
    {
        await using var source = NpgsqlDataSource.Create(connectionString ?? ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The broker's management, with its administrator's rights.</summary>
    internal HttpClient Management() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(_environment["RABBITMQ_API"] + "/api/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(_environment["RABBITMQ_ADMIN"]))) },
    };

    private async Task DevAsync(string what)
    {
        var (code, said) = await RunAsync("dev.sh", what, _directory!.FullName);
        Assert.True(code == 0, $"dev.sh {what}: {code}\n{said}");
    }

    private async Task<(int Code, string Said)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "deploy/relay", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        start.Environment["CAR_PASSWORD"] = CarPassword;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await error);
    }
}
