using Microsoft.AspNetCore.Http;
using Npgsql;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Hosting;

namespace TaximeterAgent.Relay.Payments;

/// <summary>A payment that was approved and, as far as is known, neither captured nor released for too long.</summary>
/// <param name="Car"><c>prefix.car</c>.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Since">When it was approved.</param>
internal sealed record StrandedView(string Reference, string Car, string MerchantSerialNumber, string Currency, long Amount, DateTimeOffset Since);

internal sealed record StrandedList(IReadOnlyList<StrandedView> Payments);

/// <summary><c>GET /payments/stranded</c>.</summary>
internal sealed class StrandedEndpoint(PaymentStore payments, RelayOptions options)
{
    public async Task<IResult> ListAsync(CancellationToken stop)
    {
        try
        {
            var waiting = await payments.WaitingAsync(options.Stranded.After, stop);
            return TypedResults.Json(
                new StrandedList([.. waiting.Select(one => new StrandedView(one.Reference, one.Car.ToString(), one.MerchantSerialNumber, one.Currency, one.Amount, one.Since))]),
                AnswerJson.Default.StrandedList);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return Answers.DatabaseAway;
        }
    }
}
