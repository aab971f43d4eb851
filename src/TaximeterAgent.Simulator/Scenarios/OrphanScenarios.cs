using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A board dies as the customer approves, and the new card knows nothing of the payment: the service's delivery is all that tells of it.</summary>
internal static class OrphanScenarios
{
    private const string Alarm = "OrphanReleased";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("orphan-released", "a new card, and a payment that only the service's delivery tells of: released with an alarm, unless its fare comes in time",
        [
            new ScenarioPart("unclaimed", UnclaimedAsync, options => Patient(options, options.Pace.OrphanAfter)),
            new ScenarioPart("claimed", ClaimedAsync, options => Patient(options, options.Pace.Patience * 10)),
        ]),
    ];

    // On a slow machine too: no request expires, and no fare that is to be in time is late.
    private static WorldOptions Patient(WorldOptions options, TimeSpan orphanAfter) => options.Pace == Pace.RealTime
        ? options
        : Steps.WithoutExpiry(options with { Pace = options.Pace with { OrphanAfter = orphanAfter } });

    // The meter has its ACK and will not say the fare again: the driver is paid in cash, and says so once nothing is reserved any more.
    private static async Task<Expectation> UnclaimedAsync(World world)
    {
        WebhookRegistration address = await WebhookRegistration.MakeAsync(world, "authorized");
        Customer customer = StoreScenarios.WhoWaits(world);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await RequestedAsync(world);
        await Steps.SeeAsync(world, Steps.Asked);
        await DieAsync(world);
        await NewCardAsync(world, address);

        await world.WaitAsync(() => Payment(world).Cancelled == fare.Total, "the release of what nobody has claimed");
        PaymentFacts released = Payment(world);
        TimeSpan waited = released.Succeeded("CANCELLED").Single().At - FirstRead(world)!.At;
        Steps.Require(waited >= world.Pace.OrphanAfter / 2, $"it was released {waited.TotalSeconds:0.0} s after it was read: no fare could have been in time");
        Steps.Require(released is { Captured: 0, Refunded: 0 } && world.Meter.Paid.Count == 0, "what nobody has claimed was captured");
        await world.WaitAsync(() => world.AgentWrote($"{Alarm} for trip"), "the alarm in the agent's log");
        string story = await world.CommandAsync("trip", fare.Key.Trip);
        foreach (string part in (string[])[$"{Alarm}: {released.Reference}", "nobody has claimed"])
            Steps.Require(story.Contains(part, StringComparison.Ordinal), $"the trip's story does not tell '{part}': {story}");
        Screen? shown = world.Display.History.FirstOrDefault(screen => screen.At >= world.StartedAt && ConcernsATrip(screen));
        Steps.Require(shown is null, $"the driver was shown a trip that is none of his: {shown}");

        await Steps.VoidAsync(world, fare);
        return new Expectation
        {
            Trips = [Steps.Voided(fare, payments: 1)],
            Screens = [Steps.Asked],
            NeverScreens = [FareScenarios.Paid, Steps.AnyQuestion],
            KeysPressed = false,
        };
    }

    // The meter was not answered, and goes on with its fare when it is on again: after the payment was read, before anybody gives it up.
    private static async Task<Expectation> ClaimedAsync(World world)
    {
        WebhookRegistration address = await WebhookRegistration.MakeAsync(world, "authorized");
        (TripFare fare, Customer customer) = await StoreScenarios.FareWithoutAckAsync(world);
        await RequestedAsync(world);
        world.Meter.SwitchOff();
        await DieAsync(world);
        world.Meter.Deaf = false;
        await NewCardAsync(world, address);
        Steps.Require(Payment(world) is { State: "AUTHORIZED", Captured: 0, Cancelled: 0 }, "money was moved before the meter had named the fare");

        world.Meter.SwitchOn();
        await world.WaitForAcknowledgedAsync(fare);
        await Steps.PaidAsync(world, fare);
        Steps.Require(world.Apis.Wire.Of(Operation.Create).All(create => create.At < world.StartedAt), "the new board asked the customer once more");
        Steps.Require(world.ForeignAgent || !world.AgentWrote(Alarm), "there was an alarm about a payment that its fare has claimed");
        return new Expectation
        {
            Trips = [Steps.Paid(fare, customer)],
            Screens = [FareScenarios.Paid],
            NeverScreens = [Steps.AnyQuestion],
            KeysPressed = false,
        };
    }

    private static Task RequestedAsync(World world) => world.WaitAsync(() => world.Apis.Payments() is [{ State: "CREATED" }], "the request to the customer");

    // Nobody takes the delivery: the service keeps it.
    private static async Task DieAsync(World world)
    {
        await world.KillAgentAsync("the board dies");
        Steps.Require(world.Apis.Server.CustomerActs(Payment(world).Reference, CustomerAct.Approve), "there is no payment to approve");
    }

    /// <summary>A board with an empty card starts, and reads the payment because of the delivery: neither store nor meter tells of it.</summary>
    private static async Task NewCardAsync(World world, WebhookRegistration address)
    {
        world.EmptyOutbox();
        world.StartAgent();
        await WebhookScenarios.ListeningAsync(world, address);
        await world.WaitAsync(() => FirstRead(world) is not null, "the reading of the payment that the delivery told of");
    }

    private static WireCall? FirstRead(World world) => world.Apis.Wire.Of(Operation.Get).FirstOrDefault(read => read.At >= world.StartedAt && read.Status == 200);

    private static bool ConcernsATrip(Screen screen) =>
        ScreenWords.Waits(screen) || ScreenWords.Asks(screen) || Steps.Approved.Matches(screen) || ScreenWords.Verdict(screen) != Verdict.None;

    private static PaymentFacts Payment(World world) => world.Apis.Payments().Single();
}
