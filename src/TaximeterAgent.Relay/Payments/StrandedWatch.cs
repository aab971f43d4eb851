using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Payments;

/// <summary>
/// Finds payments that were approved and for too long neither captured nor released: the car that asked for them may be dead. Each is looked at, where the sales
/// unit's keys are here, before anybody is told. It only tells: what is owed is known to nobody but the car.
/// </summary>
internal sealed partial class StrandedWatch(PaymentStore payments, SalesUnitKeys keys, RelayOptions options, RelayMetrics metrics, TimeProvider time, ILogger<StrandedWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Stranded.Every, time);
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
            var stranded = 0;
            foreach (var payment in await payments.WaitingAsync(options.Stranded.After, stop))
            {
                if (!await StillWaitsAsync(payment, stop))
                    continue;
                stranded++;
                if (payment.Told)
                    continue;
                Stranded(payment.Reference, payment.Car.ToString(), payment.Amount, payment.Currency, payment.Since);
                await payments.ToldAsync(payment.Reference, stop);
            }

            metrics.Stranded(stranded);
            await payments.ForgetAsync(options.Bookings.Keep, stop);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            NotLooked(e.Message);
        }
    }

    private async Task<bool> StillWaitsAsync(WaitingPayment payment, CancellationToken stop)
    {
        if (keys.Of(payment.MerchantSerialNumber) is not { } connection)
            return true;
        var outcome = await new EPaymentClient(connection).GetAsync(keys.Unit(payment.MerchantSerialNumber), payment.Reference, stop);
        if (outcome is not Answered<Payment> { Value: { State: not PaymentState.Unknown } read })
            return true;
        if (read is { State: PaymentState.Authorized, Aggregate: { Captured: 0, Cancelled: 0 } })
            return true;
        await payments.SettleAsync(payment.Reference, stop);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Payment {Reference} of car {Car}, {Amount} {Currency} in minor units, was approved at {Since:O} and is neither captured nor released. Look whether the car is alive; its money stays reserved.")]
    private partial void Stranded(string reference, string car, long amount, string currency, DateTimeOffset since);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stranded payments were not looked for: {Reason}")]
    private partial void NotLooked(string reason);
}
