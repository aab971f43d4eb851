using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Broker;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Bookings;

/// <summary>
/// Sends bookings and cancellations to their cars' queues: at once when they are made, and again and again until the broker has confirmed them, whichever copy of
/// the relay took them.
/// </summary>
internal sealed partial class BookingSender(BookingStore bookings, BrokerPublisher broker, RelayOptions options, TimeProvider time, ILogger<BookingSender> log) : BackgroundService
{
    /// <summary>Sends one now. Whatever comes of it, it is kept to be sent until it is confirmed.</summary>
    public async Task<PublishResult> SendAsync(CarAddress car, BookingOrder order, CancellationToken stop)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(order, FleetJson.Default.BookingOrder);
        var result = await broker.PublishAsync(BrokerNames.Bookings, car.RoutingKey, body, stop);
        if (result == PublishResult.Taken)
            await bookings.ConfirmedAsync(order.Booking, order.Kind, stop);
        return result;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Bookings.Resend, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RoundAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task RoundAsync(CancellationToken stop)
    {
        try
        {
            if (!broker.Open)
                return;
            var behind = new HashSet<string>();
            foreach (var (car, order) in await bookings.ToSendAsync(options.Bookings.Resend, stop))
            {
                // A cancellation does not overtake its booking.
                if (behind.Contains(order.Booking))
                    continue;
                var result = await SendAsync(car, order, stop);
                if (result != PublishResult.Taken)
                    behind.Add(order.Booking);
                if (result == PublishResult.Away)
                    return;
                if (result is PublishResult.Unroutable or PublishResult.Full)
                    Waits(order.Kind, order.Booking, car.ToString(), result);
            }

            await bookings.ForgetAsync(options.Bookings.Keep, stop);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            NotSent(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Kind} of booking {Booking} waits: car {Car} has no queue, or a full one ({Result}). Add the car: deploy/relay/broker.sh add-car.")]
    private partial void Waits(string kind, string booking, string car, PublishResult result);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bookings that wait were not sent: {Reason}")]
    private partial void NotSent(string reason);
}
