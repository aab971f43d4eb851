using Npgsql;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Store;

namespace TaximeterAgent.Relay.Bookings;

/// <summary>
/// The bookings. A booking is here before its client is answered, and stays to be sent until the broker has confirmed it; the same order may so reach a car twice,
/// which knows a repeat by its name.
/// </summary>
internal sealed class BookingStore(Database database)
{
    private const string View = "id, client, prefix, car, state, detail, created_at, changed_at";

    /// <summary>Keeps a booking if there is none of that name; gives the one that is kept.</summary>
    public async Task<(BookingRow Row, bool New)> AddAsync(string client, BookingRequest order, CarAddress car, CancellationToken stop)
    {
        await using var insert = database.Command($"""
            INSERT INTO bookings (id, client, prefix, car, phone, currency, maximum, pickup, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '{BookingState.Accepted}')
            ON CONFLICT (id) DO NOTHING
            """).With(order.Id!).With(client).With(car.Prefix).With(car.Car).With(order.Phone!).With(order.Currency!).With(order.Maximum).With(order.Pickup);
        var added = await insert.ExecuteNonQueryAsync(stop) == 1;
        return ((await FindAsync(order.Id!, stop))!, added);
    }

    /// <summary>One booking; null if there is none.</summary>
    public async Task<BookingRow?> FindAsync(string id, CancellationToken stop)
    {
        await using var command = database.Command($"SELECT {View}, phone, currency, maximum FROM bookings WHERE id = $1").With(id);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? Row(reader) : null;
    }

    /// <summary>Marks a booking as to be cancelled; one that is not known is remembered as cancelled, so that it is not made when it comes late.</summary>
    public async Task<BookingRow> CancelAsync(string client, string id, CancellationToken stop)
    {
        await using var command = database.Command($"""
            INSERT INTO bookings (id, client, state, cancel_wanted, book_confirmed, cancel_confirmed) VALUES ($1, $2, '{BookingState.Cancelled}', true, true, true)
            ON CONFLICT (id) DO UPDATE SET cancel_wanted = true, changed_at = now(),
              state = CASE WHEN bookings.state IN ('{BookingState.Accepted}', '{BookingState.InCar}') THEN '{BookingState.Cancelling}'
                           WHEN bookings.state = '{BookingState.Refused}' THEN '{BookingState.Cancelled}' ELSE bookings.state END
            WHERE bookings.client = excluded.client
            """).With(id).With(client);
        await command.ExecuteNonQueryAsync(stop);
        return (await FindAsync(id, stop))!;
    }

    /// <summary>The broker has it.</summary>
    public async Task ConfirmedAsync(string id, string kind, CancellationToken stop)
    {
        var column = kind == BookingOrder.Book ? "book_confirmed" : "cancel_confirmed";
        await using var command = database.Command($"UPDATE bookings SET {column} = true WHERE id = $1").With(id);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Takes a car's word. One about another car's booking is not taken.</summary>
    public async Task AnswerAsync(CarAddress car, BookingAnswer answer, CancellationToken stop)
    {
        var state = (answer.Order, answer.Result) switch
        {
            (BookingOrder.Book, BookingAnswer.Stored) => BookingState.InCar,
            (BookingOrder.Book, _) => BookingState.Refused,
            (BookingOrder.Cancel, BookingAnswer.Stored) => BookingState.Cancelled,
            (BookingOrder.Cancel, BookingAnswer.HasFare) => BookingState.CancelRefused,
            _ => null,
        };
        if (state is null)
            return;
        // A word about the order itself does not take back one about its cancellation, which is later; the number has done its work.
        var from = answer.Order == BookingOrder.Book ? $"state = '{BookingState.Accepted}'" : $"state = '{BookingState.Cancelling}'";
        await using var command = database.Command($"""
            UPDATE bookings SET state = CASE WHEN {from} THEN $4 ELSE state END, detail = CASE WHEN {from} THEN $5 ELSE detail END,
              phone = NULL, pickup = NULL, changed_at = now(), book_confirmed = true
            WHERE id = $1 AND prefix = $2 AND car = $3
            """).With(answer.Booking).With(car.Prefix).With(car.Car).With(state).With(answer.Detail is { Length: > 200 } longText ? longText[..200] : answer.Detail);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>What the broker has not confirmed, the oldest first; at most 200. In the order in which it has to go out: a booking before its cancellation.</summary>
    /// <param name="age">Not what a request is at work on: untouched for so long.</param>
    /// <param name="stop">Stops looking.</param>
    public async Task<IReadOnlyList<(CarAddress Car, BookingOrder Order)>> ToSendAsync(TimeSpan age, CancellationToken stop)
    {
        await using var command = database.Command("""
            SELECT id, prefix, car, phone, currency, maximum, pickup, created_at, changed_at, book_confirmed, cancel_wanted AND NOT cancel_confirmed FROM bookings
            WHERE car IS NOT NULL AND (NOT book_confirmed OR (cancel_wanted AND NOT cancel_confirmed)) AND changed_at < now() - $1
            ORDER BY changed_at LIMIT 200
            """).With(age);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var orders = new List<(CarAddress, BookingOrder)>();
        while (await reader.ReadAsync(stop))
        {
            if (!CarAddress.TryOf(reader.GetString(1), reader.GetString(2), out var car))
                continue;
            var id = reader.GetString(0);
            if (!reader.GetBoolean(9) && !reader.IsDBNull(3))
            {
                orders.Add((car, new BookingOrder(BookingOrder.Book, id, reader.GetFieldValue<DateTimeOffset>(7))
                {
                    Phone = reader.GetString(3),
                    Currency = reader.GetString(4),
                    Maximum = reader.IsDBNull(5) ? null : reader.GetInt64(5),
                    Pickup = reader.IsDBNull(6) ? null : reader.GetString(6),
                }));
            }

            if (reader.GetBoolean(10))
                orders.Add((car, new BookingOrder(BookingOrder.Cancel, id, reader.GetFieldValue<DateTimeOffset>(8))));
        }

        return orders;
    }

    /// <summary>Forgets bookings that are so old, and so their customers' numbers.</summary>
    public async Task ForgetAsync(TimeSpan age, CancellationToken stop)
    {
        await using var command = database.Command("DELETE FROM bookings WHERE created_at < now() - $1").With(age);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static BookingRow Row(NpgsqlDataReader reader) => new(
        reader.GetString(1),
        new BookingView
        {
            Id = reader.GetString(0),
            Car = reader.IsDBNull(3) ? null : $"{reader.GetString(2)}.{reader.GetString(3)}",
            State = reader.GetString(4),
            Detail = reader.IsDBNull(5) ? null : reader.GetString(5),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(6),
            ChangedAt = reader.GetFieldValue<DateTimeOffset>(7),
        },
        reader.IsDBNull(8) ? null : reader.GetString(8),
        reader.IsDBNull(9) ? null : reader.GetString(9),
        reader.IsDBNull(10) ? null : reader.GetInt64(10));
}

/// <summary>A booking as kept.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="View">What its client may see.</param>
/// <param name="Phone">The customer's number; null once it was wiped.</param>
internal sealed record BookingRow(string Client, BookingView View, string? Phone, string? Currency, long? Maximum)
{
    /// <summary>True if this is what is asked for again. A number that was wiped is not compared.</summary>
    public bool Same(BookingRequest order, CarAddress car) =>
        View.Car == car.RoutingKey && (Phone is null || Phone == order.Phone) && Currency == order.Currency && Maximum == order.Maximum;

    /// <summary>Masked: a record would print the number.</summary>
    public override string ToString() => View.ToString();
}
