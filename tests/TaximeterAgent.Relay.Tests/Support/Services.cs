using System.Globalization;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Broker;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Simulator.Fleet;

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

    private readonly DirectoryInfo? _directory = DebianPackages.Missing is null ? Directory.CreateTempSubdirectory("taximeter-relay-") : null;
    private CloudServices? _cloud;
    private int _names;

    public async Task InitializeAsync() => _cloud = _directory is null ? null : await CloudServices.StartAsync();

    public async Task DisposeAsync()
    {
        if (_cloud is not null)
            await _cloud.DisposeAsync();
        _directory?.Delete(recursive: true);
    }

    internal int BrokerPort => Cloud.Broker.Port;

    /// <summary>The authority that the broker's certificate is from.</summary>
    internal string CaFile => Cloud.Authority;

    internal string ConnectionString => Cloud.Database;

    /// <summary>Options that point here, with short waits; secrets of webhooks in a folder that is made when something is kept there.</summary>
    internal RelayOptions Options()
    {
        var options = new RelayOptions { Listen = "http://127.0.0.1:0" };
        options.Broker.Uri = Cloud.Broker.AbsoluteUri;
        options.Broker.Password = Cloud.RelayPassword;
        options.Broker.CaFile = Cloud.Authority;
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
        var run = await Cloud.BrokerAsync(CarPassword, arguments);
        return (run.Code, run.Said.Trim());
    }

    internal Task KillBrokerAsync() => Cloud.KillBrokerAsync();

    internal Task StartBrokerAsync() => Cloud.StartBrokerAsync();

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
    internal HttpClient Management() => Cloud.Management();

    private CloudServices Cloud => _cloud ?? throw new InvalidOperationException("the tests that need it are skipped");
}
