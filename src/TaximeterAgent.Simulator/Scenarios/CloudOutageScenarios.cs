using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Broker, relay or car are away for a while: nothing is lost, and nothing comes of it twice.</summary>
internal static class CloudOutageScenarios
{
    /// <summary>How long an answer of the relay's is on its way while the relay is killed.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(3);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("broker-down", "the broker is killed in the middle of a trip: paid by polling; back again, what waited arrives once", BrokerDownAsync, Unhurried, needsRelay: true),
        new PlayedScenario("relay-restart", "the relay is killed with a booking taken and not sent, and with a webhook passed on and not answered", RelayRestartAsync, Unhurried, needsRelay: true),
        new ScenarioInParts("car-offline", "bookings are made and cancelled while the car is out of reach: each arrives once when it is back",
        [
            new ScenarioPart("network", world => CarOfflineAsync(world, GoIntoTunnelAsync, LeaveTunnelAsync), Unhurried),
            new ScenarioPart("switched-off", world => CarOfflineAsync(world, away => away.StopAgentAsync(), StartAgainAsync), Unhurried),
        ], needsRelay: true),
    ];

    private static WorldOptions Unhurried(WorldOptions options) => Steps.WithoutExpiry(Steps.WithoutNoShow(options));

    private static async Task<Expectation> BrokerDownAsync(World world)
    {
        Customer rider = world.NewCustomer();
        Customer booker = world.NewCustomer();
        world.Apis.Customers.Number(rider.Msisdn, CustomerPlan.DoesNothing);
        await FleetSteps.SwitchOnAsync(world);
        TripFare fare = world.NewTrip() with { Phone = rider.National };
        await Steps.FinishAsync(world, fare);
        PaymentFacts payment = await Steps.RequestedAsync(world, fare);
        await world.WaitAsync(() => FleetSteps.Hints(world, payment, "CREATED") == 1, "the hint of the creation");

        await world.Cloud.KillBrokerAsync();
        world.Apis.Server.CustomerActs(payment.Reference, CustomerAct.Approve);
        await world.WaitAsync(() => world.Apis.Deliveries.All.Any(one => one.Status == 503), "the relay's 503 to the service");
        await Steps.PaidAsync(world, fare);
        string booking = await FleetSteps.BookAsync(world, "meanwhile", booker, FleetSteps.Ample);
        FleetSteps.Answered(await world.Cloud.App.LookAsync(booking), 200, "accepted");

        await world.Cloud.StartBrokerAsync();
        await FleetSteps.ReservedAsync(world, booking, booker, FleetSteps.Ample);
        await world.WaitAsync(() => FleetSteps.Hints(world, payment, "AUTHORIZED") >= 1 && FleetSteps.Hints(world, payment, "CAPTURED") >= 1, "the deliveries that were refused meanwhile");
        TripFare ride = world.NewTrip() with { Booking = booking };
        await Steps.FinishAsync(world, ride);
        await Steps.PaidAsync(world, ride);
        return FleetSteps.WithoutAKey(Steps.Paid(fare, rider), Steps.Paid(ride, booker));
    }

    private static async Task<Expectation> RelayRestartAsync(World world)
    {
        CloudSide cloud = world.Cloud;
        Customer rider = world.NewCustomer();
        Customer booker = world.NewCustomer();
        world.Apis.Customers.Number(rider.Msisdn, CustomerPlan.DoesNothing);
        await FleetSteps.SwitchOnAsync(world);

        // A booking is taken and cannot be sent; who took it is killed, and another copy sends it.
        cloud.BrokerWire.SwitchOff();
        string booking = await FleetSteps.BookAsync(world, "taken", booker, FleetSteps.Ample);
        await cloud.KillRelayAsync();
        cloud.BrokerWire.SwitchOn();
        Steps.Require(cloud.Queues.Orders.Count == 0, "the booking was sent before the relay was killed");
        await cloud.StartRelayAsync(another: true);
        await world.WaitAsync(() => Steps.ReservationOf(world, booking)?.State == "AUTHORIZED", $"the reservation for {booking}");
        await cloud.StartRelayAsync();
        PaymentFacts reserved = await FleetSteps.ReservedAsync(world, booking, booker, FleetSteps.Ample);
        await world.WaitAsync(() => FleetSteps.Hints(world, reserved, "AUTHORIZED") >= 1, "the delivery that nobody took while the relay was away");

        // A delivery is passed on to the car, and its answer does not reach the service.
        TripFare fare = world.NewTrip() with { Phone = rider.National };
        await Steps.FinishAsync(world, fare);
        PaymentFacts payment = await Steps.RequestedAsync(world, fare);
        await world.WaitAsync(() => FleetSteps.Hints(world, payment, "CREATED") == 1, "the hint of the creation");
        cloud.PublicWire.Latency = OnItsWay;
        world.Apis.Server.CustomerActs(payment.Reference, CustomerAct.Approve);
        await world.WaitAsync(() => FleetSteps.Hints(world, payment, "AUTHORIZED") == 1, "the hint of the approval");
        await cloud.KillRelayAsync();
        cloud.PublicWire.CutConnections();
        cloud.PublicWire.Latency = TimeSpan.Zero;
        await cloud.StartRelayAsync();
        await world.WaitAsync(() => FleetSteps.Hints(world, payment, "AUTHORIZED") == 2, "the same delivery again");
        await Steps.PaidAsync(world, fare);

        TripFare ride = world.NewTrip() with { Booking = booking };
        await Steps.FinishAsync(world, ride);
        await Steps.PaidAsync(world, ride);
        return FleetSteps.WithoutAKey(Steps.Paid(fare, rider), Steps.Paid(ride, booker));
    }

    private static async Task<Expectation> CarOfflineAsync(World world, Func<World, Task> goAsync, Func<World, Task> comeBackAsync)
    {
        Customer[] customers = [.. Enumerable.Range(0, 4).Select(_ => world.NewCustomer())];
        await FleetSteps.SwitchOnAsync(world);
        await goAsync(world);
        var bookings = new List<string>();
        foreach (Customer customer in customers)
            bookings.Add(await FleetSteps.BookAsync(world, $"offline{bookings.Count}", customer, FleetSteps.Ample));
        // The last of them is cancelled before the car has heard of it.
        FleetSteps.Answered(await world.Cloud.App.CancelAsync(bookings[3]), 202, "cancelling");
        foreach (string booking in bookings[..3])
            FleetSteps.Answered(await world.Cloud.App.LookAsync(booking), 200, "accepted");
        Steps.Require(world.Apis.Payments().Count == 0, "a customer was asked by a car that cannot have heard of it");

        await comeBackAsync(world);
        await FleetSteps.ReservedAsync(world, bookings[0], customers[0], FleetSteps.Ample);
        PaymentFacts second = await FleetSteps.ReservedAsync(world, bookings[1], customers[1], FleetSteps.Ample);
        await FleetSteps.ReservedAsync(world, bookings[2], customers[2], FleetSteps.Ample);
        await FleetSteps.ToldAsync(world, bookings[3], "cancelled");
        FleetSteps.Answered(await world.Cloud.App.CancelAsync(bookings[1]), 200, "cancelled");
        await FleetSteps.ReleasedAsync(world, second, FleetSteps.Ample);

        var trips = new List<ExpectedTrip>();
        foreach (int ridden in (int[])[2, 0])
        {
            TripFare fare = world.NewTrip() with { Booking = bookings[ridden] };
            await Steps.FinishAsync(world, fare);
            await Steps.PaidAsync(world, fare);
            trips.Add(Steps.Paid(fare, customers[ridden]));
        }

        return FleetSteps.WithoutAKey([.. trips]);
    }

    private static Task GoIntoTunnelAsync(World world)
    {
        world.Network.SwitchOff();
        return world.WaitAsync(() => !world.Cloud.Queues.CarIsConnected, "the end of the car's connection to the broker");
    }

    private static Task LeaveTunnelAsync(World world)
    {
        world.Network.SwitchOn();
        return FleetSteps.ConnectedAsync(world);
    }

    private static async Task StartAgainAsync(World world)
    {
        int hellos = world.Meter.AgentHellos;
        world.StartAgent();
        await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "the agent's HELLO to the meter");
    }
}
