using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>An agent with an address of its own, to which the service, or somebody else, sends what happens to payments.</summary>
internal static class WebhookScenarios
{
    /// <summary>The longest that the agent takes: far beyond a scenario's patience, so that what is seen was seen by a hint.</summary>
    private const string HardlyEver = "00:10:00";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("webhook-hint", "the agent listens itself and hardly polls: PAID comes by the service's delivery", HintAsync, TellsTheCar),
        new PlayedScenario("webhook-forged", "deliveries that are forged, altered, stale, doubled, late or simply wrong decide nothing", ForgedAsync, TellsTheCar),
    ];

    private static WorldOptions TellsTheCar(WorldOptions options) => options with { OwnWebhooks = true };

    private static async Task<Expectation> HintAsync(World world)
    {
        WebhookRegistration address = await WebhookRegistration.MakeAsync(world, "created", "authorized", "captured");
        (TripFare fare, Customer customer) = await RequestAsync(world, () => ListeningAsync(world, address));
        // So soon that the delivery about the creation has hardly been dealt with.
        world.Apis.Server.CustomerActs(Payment(world).Reference, CustomerAct.Approve);
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<Expectation> ForgedAsync(World world)
    {
        VippsServer server = world.Apis.Server;
        WebhookRegistration address = await WebhookRegistration.MakeAsync(world, "authorized", "captured");
        (TripFare fare, Customer customer) = await RequestAsync(world, () => ListeningAsync(world, address));
        PaymentFacts payment = Payment(world);
        // Never acts: it counts.
        Fault reads = server.Faults.Add(new Fault(new FaultAction.Drop()) { Operation = Operation.Get, Nth = int.MaxValue });
        string approved = Delivery(payment, "AUTHORIZED");

        await AllRefusedAsync(address, payment);
        if (reads.Seen != 0)
            throw new ScenarioFailed("a delivery that was refused made the agent read the payment");

        // Truly signed, and not true: the payment is read, and what is read decides. One of another's payment is of no use to this car.
        await TakenAsync("a delivery of what did not happen", address.SendAsync(approved));
        await TakenAsync("one of a payment that is none", address.SendAsync(Delivery(payment with { Reference = "taxi-NO4711T7-1-00000000-1" }, "AUTHORIZED")));
        await world.WaitAsync(() => reads.Seen > 0, "the reading of the payment");
        if (Payment(world) is not { State: "CREATED", Captured: 0 } || world.Meter.Paid.Count > 0)
            throw new ScenarioFailed("a delivery of what did not happen has moved money");

        // The service's own, with an old date: refused, and tried again by the service until it is in order; each copy of it, and a forged one before it.
        server.WebhookFaults = new WebhookFaults { DateOff = TimeSpan.FromHours(-1) };
        int before = server.RefusedDeliveries;
        server.CustomerActs(payment.Reference, CustomerAct.Approve);
        await world.WaitAsync(() => server.RefusedDeliveries > before, "the refusal of a delivery with an old date");
        server.WebhookFaults = new WebhookFaults { Forge = true, Copies = 3 };
        Expectation paid = await PaidAsync(world, fare, customer);

        await TakenAsync("a doubled and late delivery", address.SendAsync(approved));
        await TakenAsync("a delivery that takes it back", address.SendAsync(Delivery(payment, "ABORTED")));
        return paid;
    }

    /// <summary>What somebody who does not know the secret, or has only heard a delivery, can send to an address: each is refused.</summary>
    public static async Task AllRefusedAsync(WebhookRegistration address, PaymentFacts payment)
    {
        string approved = Delivery(payment, "AUTHORIZED");
        await RefusedAsync("an unsigned delivery", address.SendAsync(approved, bare: true));
        await RefusedAsync("one signed with another secret", address.SendAsync(approved, secret: "not the secret"));
        await RefusedAsync("an altered one", address.SendAsync(approved, signed: Delivery(payment, "CREATED")));
        await RefusedAsync("an hour-old one", address.SendAsync(approved, off: TimeSpan.FromHours(-1)));
        await RefusedAsync("one from the future", address.SendAsync(approved, off: TimeSpan.FromHours(1)));
    }

    /// <summary>A request is with a customer who waits, of an agent that hardly polls.</summary>
    /// <param name="world">Where.</param>
    /// <param name="reached">Awaits that what happens to the payment can reach the agent by itself.</param>
    public static async Task<(TripFare Fare, Customer Customer)> RequestAsync(World world, Func<Task> reached)
    {
        world.Reconfigure(root =>
        {
            root["EPayment"]!["PollFirst"] = HardlyEver;
            root["EPayment"]!["PollEvery"] = HardlyEver;
        });
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        await world.SwitchOnAsync();
        await reached();
        await world.DriveAsync();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await world.WaitForScreenAsync(screen => screen.Shows("Waiting for"), "waiting for the customer");
        return (fare, customer);
    }

    /// <exception cref="ScenarioSkipped">A foreign agent, which need not listen.</exception>
    internal static async Task ListeningAsync(World world, WebhookRegistration address)
    {
        try
        {
            await world.WaitAsync(address.IsListening, "the agent's listener for webhooks");
        }
        catch (ScenarioFailed failed) when (world.ForeignAgent)
        {
            throw new ScenarioSkipped("this agent does not listen for webhooks: " + failed.Message);
        }
    }

    /// <summary>PAID on the line and on the display, without a key.</summary>
    public static async Task<Expectation> PaidAsync(World world, TripFare fare, Customer customer)
    {
        await world.WaitForPaidAsync(fare);
        await world.WaitForScreenAsync(FareScenarios.Paid.Matches, FareScenarios.Paid.What);
        return new Expectation
        {
            Trips = [new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, Payments: 1, customer.Msisdn, Captures: 1)],
            Screens = [FareScenarios.Paid],
            KeysPressed = false,
        };
    }

    private static PaymentFacts Payment(World world) => world.Apis.Payments().Single();

    /// <summary>The body of a delivery about a payment.</summary>
    public static string Delivery(PaymentFacts payment, string name) =>
        $$"""{"msn":"{{payment.Msn}}","reference":"{{payment.Reference}}","pspReference":"7d2d9d5c-0000-4000-8000-000000000000","name":"{{name}}","amount":{"currency":"NOK","value":{{payment.Amount}}},"timestamp":"2026-11-21T10:00:00.000Z","success":true}""";

    private static async Task RefusedAsync(string what, Task<int> sent)
    {
        if (await sent is var status and (< 400 or >= 500))
            throw new ScenarioFailed($"{what} was answered {status}, expected a refusal");
    }

    /// <exception cref="ScenarioFailed">It was answered otherwise than with 200.</exception>
    public static async Task TakenAsync(string what, Task<int> sent)
    {
        if (await sent is var status and not 200)
            throw new ScenarioFailed($"{what} was answered {status}, expected 200");
    }
}
