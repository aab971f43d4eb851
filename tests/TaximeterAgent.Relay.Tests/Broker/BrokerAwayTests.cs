using System.Diagnostics;
using System.Net;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Broker;

/// <summary>While the broker is away the sender keeps its deliveries, and bookings wait here.</summary>
[Collection(Fleet.Name)]
public sealed class BrokerAwayTests(Services services)
{
    /// <summary>The payment service waits ten seconds for an answer.</summary>
    private static readonly TimeSpan s_sendersPatience = TimeSpan.FromSeconds(10);

    [BrokerFact]
    public async Task The_broker_is_killed_and_nothing_that_had_a_200_is_lost()
    {
        await using var relay = await RelayCopy.StartAsync(services);
        var address = await services.AddCarAsync();
        var reference = $"taxi-{address.Car}-1-abcdefgh-1";
        Assert.Equal(200, (await new Delivery(reference).SendAsync(relay.Http)).Status);

        await services.KillBrokerAsync();
        try
        {
            var began = Stopwatch.GetTimestamp();
            var (status, retryAfter) = await new Delivery(reference) { Event = "CAPTURED" }.SendAsync(relay.Http);
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, s_sendersPatience);
            Assert.Equal(503, status);
            Assert.NotNull(retryAfter?.Delta);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "the broker is away"), await relay.HealthAsync());
        }
        finally
        {
            await services.StartBrokerAsync();
        }

        await Eventually.TrueAsync(async () => (await new Delivery(reference) { Event = "CAPTURED" }.SendAsync(relay.Http)).Status == 200, "deliveries are taken again");
        await using var car = await TestCar.AddAsync(services, address);
        Assert.Equal("AUTHORIZED", (await car.HintAsync())?.Event);
        Assert.Equal("CAPTURED", (await car.HintAsync())?.Event);
        Assert.True(await relay.CountAsync("webhooks{result=\"broker-away\"}") > 0);
    }

    [BrokerFact]
    public async Task A_booking_is_accepted_while_the_broker_is_away_and_another_copy_delivers_it()
    {
        await using var car = await TestCar.AddAsync(services);
        var id = services.Name("booking");
        await using (var wire = new Wire(services.BrokerPort))
        {
            wire.Cut();
            await using var cutOff = await RelayCopy.StartAsync(services, options => options.Broker.Uri = $"amqps://localhost:{wire.Port}/taxi", ready: false);
            await Eventually.TrueAsync(async () => (await cutOff.HealthAsync()).Text == "the broker is away", "the database is there");
            var key = await cutOff.KeyAsync(services, ClientKeys.Bookings);
            var made = await cutOff.AskAsync(HttpMethod.Post, "/bookings", key, new { id, car = car.Address.ToString(), phone = "4791234567", currency = "NOK", maximum = 50_000 });
            Assert.Equal((202, "accepted"), (made.Status, made["state"]));
            Assert.Equal(503, (await new Delivery(car.Reference()).SendAsync(cutOff.Http)).Status);
            Assert.Null(await car.OrderAsync());
        }

        await using var relay = await RelayCopy.StartAsync(services);
        var order = await car.NextOrderAsync();
        Assert.Equal((BookingOrder.Book, id, "4791234567", "NOK", 50_000L), (order.Kind, order.Booking, order.Phone, order.Currency, order.Maximum));
    }

    [BrokerFact]
    public async Task A_wire_that_breaks_in_between_is_made_anew_by_the_relay_itself()
    {
        await using var car = await TestCar.AddAsync(services);
        await using var wire = new Wire(services.BrokerPort);
        await using var relay = await RelayCopy.StartAsync(services, options => options.Broker.Uri = $"amqps://localhost:{wire.Port}/taxi");
        wire.Cut();
        await Eventually.TrueAsync(async () => (await new Delivery(car.Reference()).SendAsync(relay.Http)).Status == 503, "the wire is cut");
        wire.Mend();
        await Eventually.TrueAsync(async () => (await new Delivery(car.Reference("2")).SendAsync(relay.Http)).Status == 200, "the wire is mended");
        await Eventually.TrueAsync(async () => (await car.HintAsync())?.Reference == car.Reference("2"), "the hint after it");
    }
}
