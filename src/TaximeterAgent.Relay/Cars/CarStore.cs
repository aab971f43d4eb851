using Npgsql;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Bookings;
using TaximeterAgent.Relay.Payments;
using TaximeterAgent.Relay.Store;

namespace TaximeterAgent.Relay.Cars;

/// <summary>The cars as they last reported.</summary>
internal sealed class CarStore(Database database, PaymentStore payments, BookingStore bookings, TimeProvider time)
{
    private const string Columns = "prefix, car, seen_at, reported_at, version, operations, open_trips, failed_trips, oldest_open_trip, store_writable, meter_heard";

    /// <summary>Takes a report: the car's state, its payments, its answers to bookings. The same report twice does no harm.</summary>
    public async Task TakeAsync(CarAddress car, CarReport report, CancellationToken stop)
    {
        await using (var command = database.Command($"""
            INSERT INTO cars ({Columns}) VALUES ($1, $2, now(), $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (prefix, car) DO UPDATE SET seen_at = now(), reported_at = excluded.reported_at, version = excluded.version, operations = excluded.operations,
              open_trips = excluded.open_trips, failed_trips = excluded.failed_trips, oldest_open_trip = excluded.oldest_open_trip,
              store_writable = excluded.store_writable, meter_heard = excluded.meter_heard
            """))
        {
            command.With(car.Prefix).With(car.Car).With(report.At.ToUniversalTime()).With(report.Version).With(report.Operations).With(report.OpenTrips).With(report.FailedTrips)
                .With(report.OldestOpenTrip?.ToUniversalTime()).With(report.StoreWritable).With(report.MeterHeard);
            await command.ExecuteNonQueryAsync(stop);
        }

        // A car speaks of its own payments only, whatever it says.
        await payments.TakeAsync(
            report.Payments.Where(one => CarAddress.TryOfReference(one.Reference, out var whose) && whose == car).Select(one => new PaymentEvent(
                one.Reference, car, one.MerchantSerialNumber, one.Currency, one.Amount, one.State == "authorized",
                one.State is "aborted" or "expired" or "terminated" || one.Captured > 0 || one.Cancelled > 0, time.GetUtcNow())),
            stop);
        foreach (var answer in report.Answers)
            await bookings.AnswerAsync(car, answer, stop);
    }

    /// <summary>All cars, or those after one, by name; at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<CarView>> ListAsync(string? after, int most, CancellationToken stop)
    {
        await using var command = database.Command($"SELECT {Columns} FROM cars WHERE $1 IS NULL OR prefix || '.' || car > $1 ORDER BY prefix || '.' || car LIMIT $2").With(after).With(most);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var cars = new List<CarView>();
        while (await reader.ReadAsync(stop))
            cars.Add(View(reader));
        return cars;
    }

    /// <summary>One car; null for one that has never reported.</summary>
    public async Task<CarView?> FindAsync(CarAddress car, CancellationToken stop)
    {
        await using var command = database.Command($"SELECT {Columns} FROM cars WHERE prefix = $1 AND car = $2").With(car.Prefix).With(car.Car);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? View(reader) : null;
    }

    /// <summary>A car's payments that are not settled, newest first; at most 200.</summary>
    public async Task<IReadOnlyList<OpenPaymentView>> PaymentsAsync(CarAddress car, CancellationToken stop)
    {
        await using var command = database.Command("""
            SELECT reference, msn, currency, amount, authorized_at FROM payments WHERE prefix = $1 AND car = $2 AND NOT settled ORDER BY changed_at DESC LIMIT 200
            """).With(car.Prefix).With(car.Car);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var open = new List<OpenPaymentView>();
        while (await reader.ReadAsync(stop))
            open.Add(new OpenPaymentView(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), Time(reader, 4)));
        return open;
    }

    private static CarView View(NpgsqlDataReader reader) => new()
    {
        Id = $"{reader.GetString(0)}.{reader.GetString(1)}",
        SeenAt = reader.GetFieldValue<DateTimeOffset>(2),
        ReportedAt = reader.GetFieldValue<DateTimeOffset>(3),
        Version = reader.GetString(4),
        Operations = reader.GetInt32(5),
        OpenTrips = reader.GetInt32(6),
        FailedTrips = reader.GetInt32(7),
        OldestOpenTrip = Time(reader, 8),
        StoreWritable = reader.GetBoolean(9),
        MeterHeard = reader.GetBoolean(10),
    };

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
