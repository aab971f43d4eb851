using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Broker;

/// <summary>
/// Publishes with confirms: what it calls taken is in a queue, on disk at most members of the cluster. One connection, several channels; while the broker is
/// away every publish says so at once, and the connection is tried again in the background.
/// </summary>
internal sealed partial class BrokerPublisher(BrokerConnections connections, RelayOptions options, RelayMetrics metrics, ILogger<BrokerPublisher> log) : BackgroundService
{
    private volatile IChannel[]? _channels;
    private int _next;

    /// <summary>True while it can publish.</summary>
    public bool Open => _channels is { } channels && Array.TrueForAll(channels, channel => channel.IsOpen);

    /// <summary>Publishes a durable message and waits for the broker's word.</summary>
    public async Task<PublishResult> PublishAsync(string exchange, string routingKey, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (_channels is not { } channels)
            return Count(exchange, PublishResult.Away);
        var channel = channels[(uint)Interlocked.Increment(ref _next) % channels.Length];
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json" };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(options.Broker.ConfirmTimeout);
        try
        {
            await channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body, patience.Token);
            return Count(exchange, PublishResult.Taken);
        }
        catch (PublishException e)
        {
            return Count(exchange, e.IsReturn ? PublishResult.Unroutable : PublishResult.Full);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Count(exchange, PublishResult.Away);
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException)
        {
            return Count(exchange, PublishResult.Away);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connections.OpenAsync("publisher", stoppingToken);
                var channels = new IChannel[options.Broker.Channels];
                for (var i = 0; i < channels.Length; i++)
                    channels[i] = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), stoppingToken);
                var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                connection.ConnectionShutdownAsync += (_, why) =>
                {
                    lost.TrySetResult(why.ReplyText);
                    return Task.CompletedTask;
                };
                // A channel that the broker closed, for instance because an exchange is missing, publishes nothing any more: begin anew.
                foreach (var channel in channels)
                {
                    channel.ChannelShutdownAsync += (_, why) =>
                    {
                        lost.TrySetResult(why.ReplyText);
                        return Task.CompletedTask;
                    };
                }

                _channels = channels;
                told = false;
                Connected();
                var reason = await lost.Task.WaitAsync(stoppingToken);
                _channels = null;
                Lost(reason);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The client throws what its sockets, its TLS and the broker's refusals make of it; the cure is the same.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!told)
                    Away((e.InnerException ?? e).Message);
                told = true;
            }

            _channels = null;
            await Task.Delay(options.Broker.Reconnect, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _channels = null;
    }

    private PublishResult Count(string exchange, PublishResult result)
    {
        metrics.Published(exchange, result);
        return result;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker is there.")]
    private partial void Connected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker is lost: {Reason}")]
    private partial void Lost(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker cannot be reached, tried again until it can: {Reason}")]
    private partial void Away(string reason);
}
