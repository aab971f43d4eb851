using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Cars;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Broker;

/// <summary>
/// Takes the cars' reports into the database. Any number of relays share the queue. A report is acknowledged once it is stored; while the database is away
/// it stays in the queue.
/// </summary>
internal sealed partial class ReportConsumer(BrokerConnections connections, RelayOptions options, CarStore cars, RelayMetrics metrics, ILogger<ReportConsumer> log) : BackgroundService
{
    /// <summary>Reports that are taken side by side; the database decides how fast.</summary>
    private const ushort Together = 8;

    private const ushort Prefetch = 64;

    /// <summary>The class of SQL states that speak of the data: the same data fails again.</summary>
    private const string DataFault = "22";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connections.OpenAsync("reports", stoppingToken);
                await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: Together), stoppingToken);
                await channel.BasicQosAsync(0, Prefetch, global: false, stoppingToken);
                var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                channel.ChannelShutdownAsync += (_, _) =>
                {
                    lost.TrySetResult();
                    return Task.CompletedTask;
                };
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.ReceivedAsync += (_, delivery) => TakeAsync(channel, delivery, stoppingToken);
                await channel.BasicConsumeAsync(BrokerNames.Reports, autoAck: false, consumer, stoppingToken);
                await lost.Task.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // As for the publisher: the cure is to try again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                NotReading((e.InnerException ?? e).Message);
            }

            await Task.Delay(options.Broker.Reconnect, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken stop)
    {
        try
        {
            if (Read(delivery) is not { } known)
            {
                metrics.ReportUnusable();
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, stop);
                return;
            }

            if (await StoredAsync(known.Car, known.Report, stop))
                metrics.ReportTaken();
            else
                metrics.ReportUnusable();
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, stop);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            NotStored(e.Message);
            await Task.Delay(options.Broker.Reconnect, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true, stop);
        }
        catch (Exception e) when (e is OperationCanceledException or RabbitMQ.Client.Exceptions.AlreadyClosedException or ObjectDisposedException)
        {
            // Stopping, or the channel is lost: the broker gives the report to the next one.
        }
    }

    // What the database cannot hold in any case, such as a text with a zero byte, must not come back for ever and hold up the other cars' reports.
    private async Task<bool> StoredAsync(CarAddress car, CarReport report, CancellationToken stop)
    {
        try
        {
            await cars.TakeAsync(car, report, stop);
            return true;
        }
        catch (PostgresException e) when (e.SqlState.StartsWith(DataFault, StringComparison.Ordinal))
        {
            NotUsable(car.ToString(), e.SqlState);
            return false;
        }
    }

    // The broker lets a car publish under its own key only, and vouches for the user that a message names; a report without one is nobody's.
    private static (CarAddress Car, CarReport Report)? Read(BasicDeliverEventArgs delivery)
    {
        if (!delivery.RoutingKey.StartsWith("report.", StringComparison.Ordinal)
            || !CarAddress.TryParse(delivery.RoutingKey["report.".Length..], out var car)
            || delivery.BasicProperties.UserId != car.User)
            return null;
        try
        {
            return JsonSerializer.Deserialize(delivery.Body.Span, FleetJson.Default.CarReport) is { Version.Length: <= 40, Payments.Count: <= CarReport.PaymentsMaximum, Answers.Count: <= 1000 } report
                && report.Payments.All(one => one?.Reference is not null) && report.Answers.All(one => one?.Booking is not null)
                ? (car, report)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cars' reports cannot be read, tried again until they can: {Reason}")]
    private partial void NotReading(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report of car {Car} holds what cannot be stored, and is passed over ({State}).")]
    private partial void NotUsable(string car, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report cannot be stored and stays in its queue: {Reason}")]
    private partial void NotStored(string reason);
}
