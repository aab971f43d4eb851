using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fleet;

namespace TaximeterAgent.Fleet;

/// <summary>
/// One connection to RabbitMQ with two channels, so that a booking that has to wait does not hold up hints: one for hints, one for bookings and reports. A channel that
/// the broker closes ends the connection: begun anew is simpler than mended.
/// </summary>
internal sealed class RabbitSession : IFleetSession
{
    /// <summary>Hints that are here and not acknowledged.</summary>
    private const ushort HintsTogether = 20;

    private const ushort Gone = 200;

    /// <summary>How long the broker may take to say that it has a report.</summary>
    private static readonly TimeSpan s_confirm = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_close = TimeSpan.FromSeconds(1);

    private readonly IConnection _connection;
    private readonly IChannel _hints;
    private readonly IChannel _orders;
    private readonly CarAddress _car;
    private readonly string _user;
    private readonly SemaphoreSlim _publishing = new(1);
    private readonly CancellationTokenSource _ended = new();

    // Whoever waits for it goes on by itself, and not on the library's reading loop.
    private readonly TaskCompletionSource<FleetAwayException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RabbitSession(IConnection connection, IChannel hints, IChannel orders, CarAddress car, string user)
    {
        (_connection, _hints, _orders, _car, _user) = (connection, hints, orders, car, user);
        connection.ConnectionShutdownAsync += ShutDown;
        hints.ChannelShutdownAsync += ShutDown;
        orders.ChannelShutdownAsync += ShutDown;
    }

    public Task<FleetAwayException> Lost => _lost.Task;

    public static async Task<IFleetSession> OfAsync(IConnection connection, CarAddress car, string user, CancellationToken stop)
    {
        try
        {
            var hints = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1), stop);
            var orders = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, consumerDispatchConcurrency: 1), stop);
            return new RabbitSession(connection, hints, orders, car, user);
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }
    }

    public async Task ReadAsync(IFleetMessages messages, CancellationToken stop)
    {
        try
        {
            await ConsumeAsync(_hints, _car.HintQueue, HintsTogether, messages.HintAsync, stop);
            await ConsumeAsync(_orders, _car.BookingQueue, 1, body => messages.OrderAsync(body, _ended.Token), stop);
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException or TimeoutException)
        {
            throw RabbitLink.Explain(e);
        }
    }

    public async Task PublishAsync(ReadOnlyMemory<byte> report, CancellationToken stop)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json", UserId = _user };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop, _ended.Token);
        patience.CancelAfter(s_confirm);
        try
        {
            await _publishing.WaitAsync(patience.Token);
            try
            {
                await _orders.BasicPublishAsync(BrokerNames.Reports, _car.ReportKey, mandatory: true, properties, report, patience.Token);
            }
            finally
            {
                _publishing.Release();
            }
        }
        catch (PublishException e)
        {
            throw Lose(new FleetAwayException(FleetCause.NotAdded, e.IsReturn ? "it has no queue for reports" : "its queue of reports is full", e));
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw Lose(new FleetAwayException(FleetCause.Lost, "it does not confirm a report", e));
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException)
        {
            throw Lose(RabbitLink.Explain(e));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await CloseAsync(_connection);
        _lost.TrySetResult(new FleetAwayException(FleetCause.Lost, "closed"));
    }

    private async Task ConsumeAsync(IChannel channel, string queue, ushort together, Func<ReadOnlyMemory<byte>, Task> take, CancellationToken stop)
    {
        await channel.BasicQosAsync(0, together, global: false, stop);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            try
            {
                await take(delivery.Body);
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, _ended.Token);
            }
#pragma warning disable CA1031 // Whatever went wrong: it is not acknowledged, and comes again over the next connection.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Lose(RabbitLink.Explain(e));
            }
        };
        // The queue was deleted, or has a new leader that does not know us.
        consumer.UnregisteredAsync += (_, _) =>
        {
            Lose(new FleetAwayException(FleetCause.NotAdded, $"it ended the reading of {queue}"));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stop);
    }

    private Task ShutDown(object sender, ShutdownEventArgs why)
    {
        var cause = why.ReplyCode is Constants.AccessRefused or Constants.NotFound ? FleetCause.NotAdded : FleetCause.Lost;
        Lose(new FleetAwayException(cause, Shown.Plain(why.ReplyText)));
        return Task.CompletedTask;
    }

    private FleetAwayException Lose(FleetAwayException why)
    {
        _lost.TrySetResult(why);
        _ended.Cancel();
        return why;
    }

    private static async Task CloseAsync(IConnection connection)
    {
        // Never throws, and does not wait for a broker that hangs.
        await connection.AbortAsync(Gone, "the car leaves", s_close);
        await connection.DisposeAsync();
    }
}
