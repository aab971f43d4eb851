using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using TaximeterAgent.Core.Fleet;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>A car's connection as the agent holds it: over TLS, with an identity of its own, two channels, and a consumer on each of its two queues.</summary>
internal sealed class FleetCar : IAsyncDisposable
{
    // As the agent: how many hints it takes at once, and how often each side says that it lives.
    private const ushort HintsTogether = 20;
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly IConnection _connection;

    private FleetCar(IConnection connection) => _connection = connection;

    /// <summary>True while the broker has not ended it.</summary>
    public bool Open => _connection.IsOpen;

    /// <param name="broker">Its address.</param>
    /// <param name="address">Which car.</param>
    /// <param name="taken">A message was taken and acknowledged.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<FleetCar> ConnectAsync(Uri broker, CarAddress address, Action taken, CancellationToken stop)
    {
        var factory = new ConnectionFactory
        {
            Uri = broker,
            UserName = address.User,
            Password = FleetCars.Password,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = s_heartbeat,
            // Thousands wait for each other here.
            RequestedConnectionTimeout = s_patience,
            HandshakeContinuationTimeout = s_patience,
            ContinuationTimeout = s_patience,
        };
        // Whose certificate it is makes no difference to what is measured.
        factory.Ssl.CertificateValidationCallback = (_, _, _, _) => true;
        var car = new FleetCar(await factory.CreateConnectionAsync(address.User, stop));
        try
        {
            await car.ConsumeAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1), address.HintQueue, HintsTogether, taken, stop);
            await car.ConsumeAsync(new CreateChannelOptions(true, true, consumerDispatchConcurrency: 1), address.BookingQueue, 1, taken, stop);
            return car;
        }
        catch
        {
            await car.DisposeAsync();
            throw;
        }
    }

    /// <summary>Without a farewell: the broker that thousands are saying it to is ended next.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.AbortAsync(TimeSpan.FromMilliseconds(1));
        await _connection.DisposeAsync();
    }

    private async Task ConsumeAsync(CreateChannelOptions options, string queue, ushort together, Action taken, CancellationToken stop)
    {
        var channel = await _connection.CreateChannelAsync(options, stop);
        await channel.BasicQosAsync(0, together, global: false, stop);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
            taken();
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stop);
    }
}
