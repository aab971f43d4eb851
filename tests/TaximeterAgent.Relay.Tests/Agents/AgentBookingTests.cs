using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Tests.Support;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Relay.Tests.Agents;

/// <summary>Bookings and hints, from the relay's address to the outbox of a real agent, over a real broker.</summary>
[Collection(Fleet.Name)]
public sealed class AgentBookingTests(Services services)
{
    [BrokerFact]
    public async Task A_booking_is_in_the_car_once_and_is_cancelled_in_time()
    {
        await using var relay = await RelayCopy.StartAsync(services);
        await using var car = await AgentCar.StartAsync(services);
        var key = await relay.KeyAsync(services, ClientKeys.Bookings);
        var id = services.Name("booking");
        await MakeAsync(relay, key, id, car.Address);
        await StateAsync(relay, key, id, "in-car");
        Assert.Single(await car.TripsAsync());
        Assert.Equal("Storgata 1", (await car.TripAsync(id))!["pickup"]!.GetValue<string>());
        Assert.Equal("cancelled", (await relay.AskAsync(HttpMethod.Delete, $"/bookings/{id}", key))["state"]);
        Assert.Single(await car.TripsAsync());
    }

    [BrokerFact]
    public async Task A_cancellation_that_is_there_first_leaves_nothing_to_be_reserved()
    {
        await using var relay = await RelayCopy.StartAsync(services);
        await using var car = await AgentCar.StartAsync(services);
        var id = services.Name("booking");
        await services.OrderAsync(car.Address, new BookingOrder(BookingOrder.Cancel, id, DateTimeOffset.UtcNow));
        await services.OrderAsync(car.Address, Book(id));
        await Eventually.TrueAsync(async () => (await car.RelayAsync())?["orders"]?.GetValue<long>() == 2, "both orders");
        Assert.Empty((await car.TripAsync(id))!["attempts"]!.AsArray());
    }

    [BrokerFact]
    public async Task What_nobody_can_read_and_what_cannot_be_used_hold_up_nothing()
    {
        await using var relay = await RelayCopy.StartAsync(services);
        await using var car = await AgentCar.StartAsync(services);
        await services.PublishAsync(BrokerNames.Bookings, car.Address.RoutingKey, "poison"u8.ToArray());
        await services.PublishAsync(BrokerNames.Hints, car.Address.RoutingKey, "poison"u8.ToArray());
        await services.OrderAsync(car.Address, Book(services.Name("booking")) with { Currency = "DKK" });
        var id = services.Name("booking");
        await services.OrderAsync(car.Address, Book(id));
        await Eventually.TrueAsync(async () => await car.TripAsync(id) is not null, "the booking behind them");
        Assert.Equal(2, (await car.RelayAsync())!["unreadable"]!.GetValue<long>());
        Assert.Single(await car.TripsAsync());
        Assert.DoesNotContain("91234567", car.Written(), StringComparison.Ordinal);
    }

    /// <summary>The booking is committed, and the broker does not hear of it: neither its answer nor the acknowledgement gets through before the agent is killed.</summary>
    [BrokerFact]
    public async Task An_agent_that_is_killed_between_its_commit_and_the_acknowledgement_has_one_booking_in_the_end()
    {
        await using var relay = await RelayCopy.StartAsync(services);
        await using var wire = new Wire(services.BrokerPort);
        await using var car = await AgentCar.StartAsync(services, wire.Port);
        await Eventually.TrueAsync(car.ConnectedAsync, "the car is connected");
        var key = await relay.KeyAsync(services, ClientKeys.Bookings);
        var id = services.Name("booking");
        wire.Hold();
        await MakeAsync(relay, key, id, car.Address);
        await Eventually.TrueAsync(async () => await car.TripAsync(id) is not null, "the booking in the outbox");
        Assert.Equal("accepted", (await relay.AskAsync(HttpMethod.Get, $"/bookings/{id}", key))["state"]);
        await car.KillAsync();
        wire.Cut();
        wire.Mend();

        car.Start();
        await StateAsync(relay, key, id, "in-car");
        Assert.Single(await car.TripsAsync());
        Assert.Single((await car.TripAsync(id))!["attempts"]!.AsArray());
    }

    [BrokerFact]
    public async Task A_hint_has_the_payment_read_at_once()
    {
        var server = new VippsServer(TimeProvider.System);
        await using var payments = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        await using var relay = await RelayCopy.StartAsync(services);
        await using var car = await AgentCar.StartAsync(services, payments: payments.BaseAddress);
        var id = services.Name("booking");
        await services.OrderAsync(car.Address, Book(id));
        string? reference = null;
        await Eventually.TrueAsync(
            async () => (reference = (await car.TripAsync(id))?["attempts"]?.AsArray().FirstOrDefault()?["reference"]?.GetValue<string>()) is not null, "the reservation");
        // The customer approves after three seconds; the agent would look in ten minutes.
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.Equal(200, (await new Delivery(reference!).SendAsync(relay.Http)).Status);
                return (await car.TripAsync(id))!["attempts"]![0]!["state"]!.GetValue<string>() == "authorized";
            },
            "the approval is known in the car");
    }

    private static BookingOrder Book(string id) => new(BookingOrder.Book, id, DateTimeOffset.UtcNow) { Phone = "4791234567", Currency = "NOK", Maximum = 50_000 };

    private static async Task MakeAsync(RelayCopy relay, string key, string id, CarAddress car)
    {
        var made = await relay.AskAsync(HttpMethod.Post, "/bookings", key, new { id, car = car.ToString(), phone = "4791234567", currency = "NOK", maximum = 50_000, pickup = "Storgata 1" });
        Assert.Equal((202, "accepted"), (made.Status, made["state"]));
    }

    private static Task StateAsync(RelayCopy relay, string key, string id, string state) =>
        Eventually.TrueAsync(async () => (await relay.AskAsync(HttpMethod.Get, $"/bookings/{id}", key))["state"] == state, $"the booking is {state}");
}
