using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Relay.Payments;

/// <summary>
/// Takes what deliveries say of payments into the database, some at a time and after the delivery was answered. It may lose some, when a copy dies or the database
/// is away for long: the cars' reports tell the same, and whether a payment is really stranded is asked of the payment service.
/// </summary>
internal sealed partial class PaymentEvents(PaymentStore payments, RelayMetrics metrics, ILogger<PaymentEvents> log) : BackgroundService
{
    private const int Waiting = 20_000;
    private const int Together = 500;

    // One transaction and one sync of the disk for what comes within it, where otherwise every few deliveries would have their own. Nobody waits for it.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(100);

    private readonly Channel<PaymentEvent> _events = Channel.CreateBounded<PaymentEvent>(new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public void Note(CarAddress car, WebhookPayload payload)
    {
        if (!payload.Success)
            return;
        var settled = payload.Name is not (PaymentEventName.Created or PaymentEventName.Authorized);
        var what = new PaymentEvent(payload.Reference, car, payload.MerchantSerialNumber, payload.Amount.Currency, payload.Amount.Value, payload.Name == PaymentEventName.Authorized, settled, payload.Timestamp);
        if (!_events.Writer.TryWrite(what))
            metrics.EventMissed(1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<PaymentEvent>(Together);
        try
        {
            while (await _events.Reader.WaitToReadAsync(stoppingToken))
            {
                if (_events.Reader.Count < Together)
                    await Task.Delay(s_gather, stoppingToken);
                batch.Clear();
                while (batch.Count < Together && _events.Reader.TryRead(out var next))
                    batch.Add(next);
                await StoreAsync(batch, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what still waits is stored if the database lets us.
            batch.Clear();
            while (_events.Reader.TryRead(out var next))
                batch.Add(next);
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(3));
            await StoreAsync(batch, last.Token);
        }
    }

    private async Task StoreAsync(List<PaymentEvent> batch, CancellationToken stop)
    {
        if (batch.Count == 0)
            return;
        try
        {
            await payments.TakeAsync(batch, stop);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            metrics.EventMissed(batch.Count);
            NotStored(batch.Count, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} payment events could not be stored: {Reason}")]
    private partial void NotStored(int count, string reason);
}

/// <summary>What one delivery says.</summary>
internal readonly record struct PaymentEvent(
    string Reference, CarAddress Car, string MerchantSerialNumber, string Currency, long Amount, bool Authorized, bool Settled, DateTimeOffset At);
