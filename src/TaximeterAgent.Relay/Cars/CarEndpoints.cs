using Microsoft.AspNetCore.Http;
using Npgsql;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Hosting;

namespace TaximeterAgent.Relay.Cars;

/// <summary><c>GET /cars</c> and <c>GET /cars/{id}</c>, for the operator.</summary>
internal sealed class CarEndpoints(CarStore cars)
{
    private const int PageMaximum = 1000;

    public async Task<IResult> ListAsync(string? after, int? limit, CancellationToken stop)
    {
        var most = limit ?? PageMaximum;
        if (most is < 1 or > PageMaximum)
            return Answers.Problem(400, "bad-request", $"limit is 1 to {PageMaximum}.");
        if (after is not null && !CarAddress.TryParse(after, out _))
            return Answers.Problem(400, "bad-request", "after is a car's name, prefix.car, as the last page gave it as next.");
        try
        {
            var page = await cars.ListAsync(after, most, stop);
            return TypedResults.Json(new CarList(page, page.Count == most ? page[^1].Id : null), AnswerJson.Default.CarList);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return Answers.DatabaseAway;
        }
    }

    public async Task<IResult> OneAsync(string id, CancellationToken stop)
    {
        if (!CarAddress.TryParse(id, out var address))
            return Answers.Problem(400, "bad-request", "A car is named prefix.car, as in its payments' references: taxi.NO4711T7.");
        try
        {
            return await cars.FindAsync(address, stop) is { } car
                ? TypedResults.Json(new CarDetail(car, await cars.PaymentsAsync(address, stop)), AnswerJson.Default.CarDetail)
                : Answers.Problem(404, "unknown-car", $"{address} has never reported.");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return Answers.DatabaseAway;
        }
    }
}
