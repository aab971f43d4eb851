using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Hosting;

namespace TaximeterAgent.Relay.Bookings;

/// <summary><c>POST /bookings</c>, <c>GET /bookings/{id}</c>, <c>DELETE /bookings/{id}</c>, for the taxi app's backend. A client sees its own bookings only.</summary>
internal sealed class BookingEndpoints(BookingStore bookings, BookingSender sender, RelayOptions options, RelayMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>202: kept, and brought to the car; 200: the same was asked before. 409: there is another booking of that name.</summary>
    public Task<IResult> MakeAsync(HttpContext context) => CountedAsync("make", async () =>
    {
        BookingRequest? order;
        try
        {
            order = await JsonSerializer.DeserializeAsync(context.Request.Body, RequestJson.Default.BookingRequest, context.RequestAborted);
        }
        catch (JsonException e)
        {
            // The path names the field; the exception's own words could show a number.
            return Answers.Problem(400, "bad-request", $"The body is not a booking{(e.Path is { Length: > 2 } path ? $": look at \"{path[2..]}\"" : "")}. It has id, car, phone, currency, and may have maximum and pickup.");
        }

        if (order is null)
            return Answers.Problem(400, "bad-request", "The body is a booking: id, car, phone, currency, and perhaps maximum and pickup.");
        if (order.Fault(out var car) is { } fault)
            return Answers.Problem(400, "bad-request", fault);
        var client = Authorized.Name(context);
        var (row, added) = await bookings.AddAsync(client, order, car, context.RequestAborted);
        if (!added)
        {
            if (row.Client != client)
                return Answers.Problem(409, "other-booking", "There is another booking of that name; the first stands.");
            if (row.View.State == BookingState.Cancelled && row.View.Car is null)
                return Answers.Problem(409, "cancelled", "This booking was cancelled before it was made; it is not made.");
            return row.Same(order, car)
                ? Show(row, StatusCodes.Status200OK)
                : Answers.Problem(409, "other-booking", "There is another booking of that name, with another car, number, currency or maximum; the first stands.");
        }

        // Whatever comes of it, the booking is kept, and sent until the broker has it.
        await sender.SendAsync(
            car,
            new BookingOrder(BookingOrder.Book, order.Id!, row.View.CreatedAt) { Phone = order.Phone, Currency = order.Currency, Maximum = order.Maximum, Pickup = order.Pickup },
            context.RequestAborted);
        return Show(row, StatusCodes.Status202Accepted);
    });

    /// <summary>200, or 404 for one that this client has not made.</summary>
    public Task<IResult> LookAsync(string id, HttpContext context) => CountedAsync("look", async () =>
        await FindAsync(id, context) is { } row ? Show(row, StatusCodes.Status200OK) : Unknown(id));

    /// <summary>200: cancelled; 202: on its way to the car; 409: its fare has come. One that is not known is remembered as cancelled.</summary>
    public Task<IResult> CancelAsync(string id, HttpContext context) => CountedAsync("cancel", async () =>
    {
        if (!BookingRequest.IsId(id))
            return Unknown(id);
        var client = Authorized.Name(context);
        var row = await bookings.CancelAsync(client, id, context.RequestAborted);
        if (row.Client != client)
            return Unknown(id);
        if (row.View.State == BookingState.Cancelling && CarAddress.TryParse(row.View.Car, out var car))
        {
            await sender.SendAsync(car, new BookingOrder(BookingOrder.Cancel, id, row.View.ChangedAt), context.RequestAborted);
            row = await AnsweredAsync(row, context);
        }

        return row.View.State switch
        {
            BookingState.Cancelling => Show(row, StatusCodes.Status202Accepted),
            BookingState.CancelRefused => Answers.Problem(409, "has-fare", "The fare of this booking has come: the trip can be voided at the meter, not here."),
            _ => Show(row, StatusCodes.Status200OK),
        };
    });

    private async Task<BookingRow> AnsweredAsync(BookingRow row, HttpContext context)
    {
        var began = time.GetTimestamp();
        while (row.View.State == BookingState.Cancelling && time.GetElapsedTime(began) < options.Bookings.CancelWait)
        {
            await Task.Delay(s_lookAgain, time, context.RequestAborted);
            row = await bookings.FindAsync(row.View.Id, context.RequestAborted) ?? row;
        }

        return row;
    }

    private async Task<BookingRow?> FindAsync(string id, HttpContext context) =>
        BookingRequest.IsId(id) && await bookings.FindAsync(id, context.RequestAborted) is { } row && row.Client == Authorized.Name(context) ? row : null;

    private static IResult Show(BookingRow row, int status) => TypedResults.Json(row.View, AnswerJson.Default.BookingView, statusCode: status);

    private static IResult Unknown(string id) => Answers.Problem(404, "unknown-booking", BookingRequest.IsId(id) ? $"There is no booking {id} of yours." : "There is no booking of that name.");

    private async Task<IResult> CountedAsync(string request, Func<Task<IResult>> answer)
    {
        IResult result;
        try
        {
            result = await answer();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            result = Answers.DatabaseAway;
        }

        metrics.Booking(request, (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK);
        return result;
    }
}
