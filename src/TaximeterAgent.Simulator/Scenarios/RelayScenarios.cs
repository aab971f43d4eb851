using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What happens to payments comes to the car by way of the relay; so does what somebody else sends there, up to the relay and no further.</summary>
internal static class RelayScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("relay-hint", "the agent hardly polls: PAID comes by service, relay and broker", HintAsync, Steps.WithoutExpiry, needsRelay: true),
        new PlayedScenario("relay-duplicate-and-late", "deliveries by the relay that are doubled, out of order and late: one capture, and nothing but reads", DuplicateAndLateAsync, WithPatientService, needsRelay: true),
        new PlayedScenario("relay-forged", "forged, altered and stale deliveries at the relay's public address: refused, and nothing of them reaches the car", ForgedAsync, Steps.WithoutExpiry, needsRelay: true),
    ];

    // What could not be delivered is not tried again before there is something newer and the relay is reached.
    private static WorldOptions WithPatientService(WorldOptions options)
    {
        options = Steps.WithoutExpiry(options);
        return options.Pace == Pace.RealTime ? options : options with { Pace = options.Pace with { WebhookRetries = [TimeSpan.FromSeconds(3), .. options.Pace.WebhookRetries.Skip(1)] } };
    }

    private static async Task<Expectation> HintAsync(World world)
    {
        (TripFare fare, Customer customer) = await RequestAsync(world);
        PaymentFacts payment = Payment(world);
        world.Apis.Server.CustomerActs(payment.Reference, CustomerAct.Approve);
        Expectation paid = await WebhookScenarios.PaidAsync(world, fare, customer);
        // The agent may have had it before whoever watches the queue.
        await world.WaitAsync(() => FleetSteps.Hints(world, payment, "AUTHORIZED") >= 1, "the hint by which PAID came");
        return paid;
    }

    private static async Task<Expectation> DuplicateAndLateAsync(World world)
    {
        VippsServer server = world.Apis.Server;
        (TripFare fare, Customer customer) = await RequestAsync(world, unreached: true);
        PaymentFacts payment = Payment(world);
        // Else it could still be on its way when the relay is reached, before there is anything newer.
        await world.WaitAsync(() => server.RefusedDeliveries > 0, "a delivery of the creation in vain");
        // What waits comes three times each, the newest first.
        server.WebhookFaults = new WebhookFaults { Copies = 3, Reorder = true };
        world.Cloud.PublicWire.SwitchOn();
        server.CustomerActs(payment.Reference, CustomerAct.Approve);
        Expectation paid = await WebhookScenarios.PaidAsync(world, fare, customer);
        await world.WaitAsync(() => Events.All(name => FleetSteps.Hints(world, payment, name) >= 3), "three hints of each event");
        IReadOnlyList<QueuedHint> hints = world.Cloud.Queues.Hints;
        Steps.Require(hints[0].Event == "AUTHORIZED", $"the first delivery was of {hints[0].Event}: none was out of order");
        await FleetSteps.EmptiedAsync(world);
        int[] before = Writes(world);

        server.WebhookFaults = WebhookFaults.None;
        foreach (string name in (string[])["CAPTURED", "CREATED", "AUTHORIZED", "CREATED"])
            await WebhookScenarios.TakenAsync($"a late delivery of {name}", world.Cloud.Registration.SendAsync(WebhookScenarios.Delivery(payment, name)));
        await FleetSteps.EmptiedAsync(world);
        Steps.Require(Writes(world).SequenceEqual(before), "late deliveries of a settled payment made the agent do more than read");
        Steps.Require(before is [1, 1, 0, 0, 1], $"one request, capture and receipt were to be made, and there were {string.Join(", ", before)} of create, capture, cancel, refund, receipt");
        return paid;
    }

    private static async Task<Expectation> ForgedAsync(World world)
    {
        VippsServer server = world.Apis.Server;
        (TripFare fare, Customer customer) = await RequestAsync(world);
        PaymentFacts payment = Payment(world);
        await world.WaitAsync(() => FleetSteps.Hints(world, payment, "CREATED") == 1, "the hint of the creation");
        await FleetSteps.EmptiedAsync(world);
        int queued = world.Cloud.Queues.Hints.Count;
        int reads = world.Apis.Wire.Of(Operation.Get).Count;

        await WebhookScenarios.AllRefusedAsync(world.Cloud.Registration, payment);
        await FleetSteps.EmptiedAsync(world);
        Steps.Require(world.Cloud.Queues.Hints.Count == queued, "a delivery that was refused came into the car's queue");
        Steps.Require(world.Apis.Wire.Of(Operation.Get).Count == reads, "a delivery that was refused made the agent read the payment");

        // Beside the service's own, somebody's who does not know the secret; and the true ones with an old date until that is mended.
        server.WebhookFaults = new WebhookFaults { Forge = true, DateOff = TimeSpan.FromHours(-1) };
        int before = server.RefusedDeliveries;
        server.CustomerActs(payment.Reference, CustomerAct.Approve);
        await world.WaitAsync(() => server.RefusedDeliveries > before, "the refusal of a delivery with an old date");
        Steps.Require(FleetSteps.Hints(world, payment, "AUTHORIZED") == 0, "a delivery with an old date came into the car's queue");
        server.WebhookFaults = new WebhookFaults { Forge = true };
        Expectation paid = await WebhookScenarios.PaidAsync(world, fare, customer);
        Steps.Require(world.Apis.Deliveries.All.Any(one => one.Status == 401), "no delivery was answered 401");
        return paid;
    }

    private static readonly string[] Events = ["CREATED", "AUTHORIZED", "CAPTURED"];

    private static Task<(TripFare Fare, Customer Customer)> RequestAsync(World world, bool unreached = false) => WebhookScenarios.RequestAsync(world, async () =>
    {
        await FleetSteps.ConnectedAsync(world);
        if (unreached)
            world.Cloud.PublicWire.SwitchOff();
    });

    private static PaymentFacts Payment(World world) => world.Apis.Payments().Single();

    private static int[] Writes(World world) =>
        [.. ((Operation[])[Operation.Create, Operation.Capture, Operation.Cancel, Operation.Refund, Operation.PostReceipt]).Select(operation => world.Apis.Wire.Of(operation).Count)];
}
