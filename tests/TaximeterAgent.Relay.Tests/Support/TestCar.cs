using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RabbitMQ.Client;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Broker;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>A car at the broker: its own identity, its two queues, its reports.</summary>
internal sealed class TestCar : IAsyncDisposable
{
    private readonly IConnection _connection;

    private TestCar(CarAddress address, IConnection connection, IChannel channel)
    {
        Address = address;
        _connection = connection;
        Channel = channel;
    }

    public CarAddress Address { get; }

    public IChannel Channel { get; }

    /// <summary>Makes a car and connects with its identity.</summary>
    public static async Task<TestCar> AddAsync(Services services, CarAddress? address = null)
    {
        var car = await services.AddCarAsync(address);
        var connection = await OpenAsync(services, car.User, Services.CarPassword);
        return new TestCar(car, connection, await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));
    }

    public static Task<IConnection> OpenAsync(Services services, string user, string password)
    {
        var options = services.Options();
        options.Broker.User = user;
        options.Broker.Password = password;
        return new BrokerConnections(options).OpenAsync("test", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Another channel: the broker closes one on which something was refused.</summary>
    public Task<IChannel> AnotherChannelAsync() => _connection.CreateChannelAsync();

    /// <summary>A reference of this car's payments.</summary>
    public string Reference(string label = "1") => $"{Address.Prefix}-{Address.Car}-{label}-abcdefgh-1";

    /// <summary>What is in the queue of hints now; null if nothing is.</summary>
    public Task<PaymentHint?> HintAsync() => NowAsync(Address.HintQueue, FleetJson.Default.PaymentHint);

    /// <summary>What is in the queue of bookings now; null if nothing is.</summary>
    public Task<BookingOrder?> OrderAsync() => NowAsync(Address.BookingQueue, FleetJson.Default.BookingOrder);

    /// <summary>The next booking or cancellation, waited for.</summary>
    public async Task<BookingOrder> NextOrderAsync()
    {
        BookingOrder? order = null;
        await Eventually.TrueAsync(async () => (order = await OrderAsync()) is not null, "an order in the car's queue");
        return order!;
    }

    /// <summary>Reports, as the agent does.</summary>
    /// <param name="report">What.</param>
    /// <param name="key">Under which key; null: its own.</param>
    /// <param name="user">In whose name; null: its own.</param>
    public Task ReportAsync(CarReport report, string? key = null, string? user = null) =>
        PublishAsync(JsonSerializer.SerializeToUtf8Bytes(report, FleetJson.Default.CarReport), key, user ?? Address.User);

    /// <summary>Publishes some bytes as a report; without a name if <paramref name="user"/> is null.</summary>
    public async Task PublishAsync(byte[] body, string? key, string? user)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        if (user is not null)
            properties.UserId = user;
        await Channel.BasicPublishAsync(BrokerNames.Reports, key ?? Address.ReportKey, mandatory: true, properties, body);
    }

    /// <summary>Answers a booking.</summary>
    public Task AnswerAsync(string booking, string order, string result, string? detail = null) =>
        ReportAsync(Quiet with { Answers = [new BookingAnswer(booking, order, result) { Detail = detail }] });

    /// <summary>A car in which nothing is open.</summary>
    public static CarReport Quiet => new()
    {
        At = DateTimeOffset.UtcNow,
        Version = "0.1.0",
        Operations = 0,
        OpenTrips = 0,
        FailedTrips = 0,
        StoreWritable = true,
        MeterHeard = true,
        Payments = [],
    };

    private async Task<T?> NowAsync<T>(string queue, JsonTypeInfo<T> type)
        where T : class =>
        await Channel.BasicGetAsync(queue, autoAck: true) is { } got ? JsonSerializer.Deserialize(got.Body.Span, type) : null;
}
