using Npgsql;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Store;

namespace TaximeterAgent.Relay.Payments;

/// <summary>
/// What is known of payments that are not finished, from deliveries and from the cars' reports. Only ever towards the end: what was once settled stays so, whatever
/// comes late.
/// </summary>
internal sealed class PaymentStore(Database database)
{
    // A delivery may come twice, late and in any order; a report may be older than a delivery.
    private const string Merge = """
        INSERT INTO payments (reference, prefix, car, msn, currency, amount, authorized_at, settled, changed_at)
        SELECT reference, prefix, car, msn, currency, amount, CASE WHEN authorized THEN least(at, now()) END, settled, now()
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS news (reference, prefix, car, msn, currency, amount, authorized, settled, at)
        ON CONFLICT (reference) DO UPDATE SET
          authorized_at = coalesce(payments.authorized_at, excluded.authorized_at),
          settled = payments.settled OR excluded.settled,
          changed_at = now()
        """;

    /// <summary>Takes what deliveries or reports say.</summary>
    public async Task TakeAsync(IEnumerable<PaymentEvent> news, CancellationToken stop)
    {
        // One row for each payment: the statement may touch it only once.
        var merged = news.GroupBy(one => one.Reference).Select(group =>
        {
            var approved = group.Where(one => one.Authorized).ToList();
            var first = approved.Count > 0 ? approved.MinBy(one => one.At) : group.First();
            return first with { Authorized = approved.Count > 0, Settled = group.Any(one => one.Settled) };
        }).ToList();
        if (merged.Count == 0)
            return;
        await using var command = Add(database.Command(Merge), merged);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Approved for longer than <paramref name="age"/>, and as far as is known neither captured nor released; oldest first, at most 500.</summary>
    public async Task<IReadOnlyList<WaitingPayment>> WaitingAsync(TimeSpan age, CancellationToken stop)
    {
        await using var command = database.Command("""
            SELECT reference, prefix, car, msn, currency, amount, authorized_at, told_at FROM payments
            WHERE NOT settled AND authorized_at < now() - $1 ORDER BY authorized_at LIMIT 500
            """).With(age);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var waiting = new List<WaitingPayment>();
        while (await reader.ReadAsync(stop))
        {
            if (CarAddress.TryOf(reader.GetString(1), reader.GetString(2), out var car))
            {
                waiting.Add(new WaitingPayment(
                    reader.GetString(0), car, reader.GetString(3), reader.GetString(4), reader.GetInt64(5), reader.GetFieldValue<DateTimeOffset>(6), !reader.IsDBNull(7)));
            }
        }

        return waiting;
    }

    /// <summary>A look at the payment has shown that it is not waiting any more.</summary>
    public Task SettleAsync(string reference, CancellationToken stop) => ChangeAsync("UPDATE payments SET settled = true, changed_at = now() WHERE reference = $1", reference, stop);

    /// <summary>It was reported.</summary>
    public Task ToldAsync(string reference, CancellationToken stop) => ChangeAsync("UPDATE payments SET told_at = coalesce(told_at, now()) WHERE reference = $1", reference, stop);

    /// <summary>Forgets what is settled, or was never approved, and has not changed for so long.</summary>
    public async Task ForgetAsync(TimeSpan age, CancellationToken stop)
    {
        await using var command = database.Command("DELETE FROM payments WHERE changed_at < now() - $1 AND (settled OR authorized_at IS NULL)").With(age);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static NpgsqlCommand Add(NpgsqlCommand command, List<PaymentEvent> news) => command
        .With(news.Select(one => one.Reference).ToArray())
        .With(news.Select(one => one.Car.Prefix).ToArray())
        .With(news.Select(one => one.Car.Car).ToArray())
        .With(news.Select(one => one.MerchantSerialNumber).ToArray())
        .With(news.Select(one => one.Currency).ToArray())
        .With(news.Select(one => one.Amount).ToArray())
        .With(news.Select(one => one.Authorized).ToArray())
        .With(news.Select(one => one.Settled).ToArray())
        .With(news.Select(one => one.At.ToUniversalTime()).ToArray());

    private async Task ChangeAsync(string sql, string reference, CancellationToken stop)
    {
        await using var command = database.Command(sql).With(reference);
        await command.ExecuteNonQueryAsync(stop);
    }
}

/// <summary>A payment that was approved and for which nothing else is known.</summary>
/// <param name="Since">When it was approved.</param>
/// <param name="Told">True if it was reported before.</param>
internal sealed record WaitingPayment(string Reference, CarAddress Car, string MerchantSerialNumber, string Currency, long Amount, DateTimeOffset Since, bool Told);
