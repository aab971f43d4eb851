using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The agent is replaced, or its power is cut while it starts: in the middle of a payment, and nothing is lost or charged twice.</summary>
internal static class UpgradeScenarios
{
    private const long Reserved = 50_000;

    /// <summary>Cuts at moments of the start that are drawn.</summary>
    private const int Cuts = 6;

    /// <summary>The last cuts come after the start, when its first calls are under way.</summary>
    private const double Beyond = 1.3;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("upgrade-mid-payment", "the agent is stopped in the middle of a payment and a newer version goes on with it",
        [
            new ScenarioPart("asked", AskedAsync),
            new ScenarioPart("requested", RequestedAsync, Steps.WithoutExpiry),
            new ScenarioPart("approved", ApprovedAsync),
            new ScenarioPart("captured", CapturedAsync),
            new ScenarioPart("offline", OfflineAsync),
            new ScenarioPart("reserved", ReservedAsync, Steps.WithoutNoShow),
            new ScenarioPart("and-back", AndBackAsync, Steps.WithoutExpiry),
        ]),
        new ScenarioInParts("power-cut-at-start", "the power is cut at any moment of the start, again and again, then the agent starts through",
        [
            new ScenarioPart("first-start", FirstStartAsync),
            new ScenarioPart("asked", CutWhileAskedAsync),
            new ScenarioPart("requested", CutWhileRequestedAsync, Steps.WithoutExpiry),
        ]),
    ];

    private static async Task<Expectation> AskedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await AskAsync(world);
        await UpgradeAsync(world);
        return await TypeAndPayAsync(world, fare, customer);
    }

    private static async Task<Expectation> RequestedAsync(World world)
    {
        (TripFare fare, Customer customer) = await RequestAsync(world);
        await world.StopAgentAsync();
        Approve(world, fare);
        await StartNewerAsync(world);
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<Expectation> ApprovedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare) is [{ State: "AUTHORIZED" }], "the customer's approval");
        await UpgradeAsync(world);
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<Expectation> CapturedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare) is [{ Captured: > 0 }], "the capture");
        await UpgradeAsync(world);
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<Expectation> OfflineAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        world.Network.SwitchOff();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        await world.WaitForScreenAsync(screen => ScreenWords.Waits(screen) && screen.Shows("network"), "waiting for the network");
        await UpgradeAsync(world);
        world.Network.SwitchOn();
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<Expectation> ReservedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await Steps.ReserveAsync(world, "B-9", customer, Reserved, "AUTHORIZED");
        await UpgradeAsync(world);
        TripFare fare = world.NewTrip() with { Booking = "B-9" };
        await Steps.FinishAsync(world, fare);
        return await PaidAsync(world, fare, customer);
    }

    // The newer version is not liked, and the one before it is put back: same outbox, same schema.
    private static async Task<Expectation> AndBackAsync(World world)
    {
        (TripFare fare, Customer customer) = await RequestAsync(world);
        IReadOnlyList<string> older = world.AgentProgram;
        await UpgradeAsync(world);
        await world.StopAgentAsync();
        world.AgentProgram = older;
        await StartAsync(world);
        Approve(world, fare);
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<Expectation> FirstStartAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TimeSpan start = await MeasureStartAsync(world);
        for (int cut = 0; cut < Cuts; cut++)
        {
            // On a card that is empty each time: what is cut is the making of the store.
            world.EmptyOutbox(evenIfEmpty: true);
            await CutAsync(world, start);
        }

        await StartAsync(world);
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<Expectation> CutWhileAskedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TimeSpan start = await MeasureStartAsync(world);
        await StartAsync(world);
        TripFare fare = await AskAsync(world, on: true);
        await world.KillAgentAsync("the power is cut");
        for (int cut = 0; cut < Cuts; cut++)
            await CutAsync(world, start);
        await StartAsync(world);
        return await TypeAndPayAsync(world, fare, customer);
    }

    private static async Task<Expectation> CutWhileRequestedAsync(World world)
    {
        TimeSpan start = await MeasureStartAsync(world);
        await StartAsync(world);
        (TripFare fare, Customer customer) = await RequestAsync(world, on: true);
        await world.KillAgentAsync("the power is cut");
        for (int cut = 0; cut < Cuts; cut++)
        {
            // Half of the starts find the payment open, the others find it approved.
            if (cut == Cuts / 2)
                Approve(world, fare);
            await CutAsync(world, start);
        }

        await StartAsync(world);
        return await PaidAsync(world, fare, customer);
    }

    private static async Task<TripFare> AskAsync(World world, bool on = false)
    {
        if (!on)
            await world.SwitchOnAsync();
        TripFare fare = world.NewTrip();
        await Steps.FinishAsync(world, fare);
        ExpectedScreen question = FareScenarios.Question(fare);
        await world.WaitForScreenAsync(question.Matches, question.What);
        return fare;
    }

    // By an agent that was started since the fare: it asks once more.
    private static async Task<Expectation> TypeAndPayAsync(World world, TripFare fare, Customer customer)
    {
        ExpectedScreen question = FareScenarios.Question(fare);
        await world.WaitForScreenAsync(question.Matches, question.What);
        world.TypeNumber(customer);
        await Steps.PaidAsync(world, fare);
        return FareScenarios.PaidByHand(fare, customer);
    }

    private static async Task<(TripFare Fare, Customer Customer)> RequestAsync(World world, bool on = false)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        if (!on)
            await world.SwitchOnAsync();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare) is [{ State: "CREATED" }], "the request to the customer");
        return (fare, customer);
    }

    private static void Approve(World world, TripFare fare) => Steps.Require(
        world.Apis.Server.CustomerActs(Steps.RequestsFor(world, fare)[0].Reference, CustomerAct.Approve), "there is no payment to approve");

    private static async Task<Expectation> PaidAsync(World world, TripFare fare, Customer customer)
    {
        await Steps.PaidAsync(world, fare);
        return new Expectation { Trips = [Steps.Paid(fare, customer)], Screens = [FareScenarios.Paid], KeysPressed = false };
    }

    private static async Task UpgradeAsync(World world)
    {
        await world.StopAgentAsync();
        await StartNewerAsync(world);
    }

    // A foreign agent has no newer version; it is stopped and started, which it must bear as well.
    private static async Task StartNewerAsync(World world)
    {
        StampedAgent? newer = StampedAgent.Make(world.AgentProgram, Path.Combine(world.Places.Root, "newer"));
        if (newer is null)
        {
            await StartAsync(world);
            return;
        }

        world.Transcript.Say("person", $"installs version {newer.Version}");
        world.AgentProgram = newer.Command;
        bool greeted = false;
        world.Meter.FrameLogged += Listen;
        await StartAsync(world);
        world.Meter.FrameLogged -= Listen;
        Steps.Require(greeted, $"the agent that said HELLO is not version {newer.Version}");

        void Listen(LineFrame frame) => greeted |= !frame.FromMeter && frame.Payload.StartsWith("HELLO|", StringComparison.Ordinal)
            && frame.Payload.EndsWith($"|ver={newer.Version}", StringComparison.Ordinal);
    }

    private static async Task StartAsync(World world)
    {
        int hellos = world.Meter.AgentHellos;
        world.StartAgent();
        await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "the agent's HELLO to the meter");
    }

    /// <summary>How long a start takes on this machine, to the HELLO; the agent is killed after it.</summary>
    private static async Task<TimeSpan> MeasureStartAsync(World world)
    {
        world.Meter.SwitchOn();
        await StartAsync(world);
        TimeSpan took = DateTimeOffset.UtcNow - world.StartedAt;
        await world.KillAgentAsync("the power is cut");
        return took;
    }

    private static async Task CutAsync(World world, TimeSpan start)
    {
        world.StartAgent();
        TimeSpan at = await world.WaitSomeAsync(start * Beyond);
        await world.KillAgentAsync($"the power is cut {at.TotalMilliseconds:0} ms after it came");
    }
}
