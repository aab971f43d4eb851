using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A technician takes a trip in hand through the agent's own command line: holds it, lets it go on, and says that it was paid otherwise.</summary>
internal static class TechnicianScenarios
{
    private static readonly ExpectedScreen WithTechnician = new("that a technician has it in hand", screen => screen.Shows("With technician"));

    private static readonly ExpectedScreen GivenBack = new("REFUNDED", screen => ScreenWords.Verdict(screen) == Verdict.Refunded);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("technician-resolves", "a trip is held over a restart, released, and was paid otherwise: what is out there is undone",
        [
            new ScenarioPart("authorized", AuthorizedAsync, Steps.WithSlowAnswers),
            new ScenarioPart("captured", CapturedAsync, Steps.WithSlowAnswers),
            new ScenarioPart("resolved-while-held", ResolvedWhileHeldAsync, Steps.WithSlowAnswers),
        ]),
    ];

    private static async Task<Expectation> AuthorizedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        // The service says that the payment is busy, for as long as the technician looks. No receipt either: one that is posted stays.
        Fault busy = world.Apis.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(423), times: int.MaxValue);
        world.Apis.Server.Faults.Add(Operation.PostReceipt, new FaultAction.Refuse(503), times: int.MaxValue);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitAsync(() => busy.Hits > 0, "a capture that is refused with 423");
        await HoldAsync(world, fare);
        await ReleaseAsync(world, fare);
        Steps.Require(Steps.RequestsFor(world, fare).Single() is { State: "AUTHORIZED", Captured: 0, Cancelled: 0 }, "the payment was not merely authorized when the technician resolved it");
        await ResolveAsync(world, fare, customer);
        // A capture that came now would succeed.
        world.Apis.Server.Faults.Clear();
        await world.WaitAsync(() => Steps.RequestsFor(world, fare).Single().Cancelled == fare.Total, "the release of all");
        await UnpaidAsync(world, fare);
        await ToldAsync(world, fare, customer);
        return new Expectation
        {
            Trips = [Steps.Unpaid(fare, payments: 1)],
            Screens = [Steps.Approved, WithTechnician, Steps.Ended],
            NeverScreens = [FareScenarios.Paid],
            KeysPressed = false,
        };
    }

    private static async Task<Expectation> CapturedAsync(World world)
    {
        (TripFare fare, Customer customer) = await CaptureHangsAsync(world);
        await HoldAsync(world, fare);
        Steps.Require(world.Meter.Paid.Count == 0, "PAID was said of a capture whose answer never came, while the trip was held");
        await ReleaseAsync(world, fare);
        // Read anew, it turns out to have been captured.
        await world.WaitForPaidAsync(fare);
        await ResolveAsync(world, fare, customer);
        await world.WaitAsync(() => world.Meter.Refunded.Any(word => word.Key == fare.Key && word.Amount == fare.Total), "REFUNDED for all");
        Steps.Require(Steps.RequestsFor(world, fare).Single().Refunded == fare.Total, "REFUNDED was said before all was given back");
        await ToldAsync(world, fare, customer);
        return new Expectation
        {
            Trips = [new ExpectedTrip(fare.Key, Verdict.Refunded, Kept: 0, Payments: 1, customer.Msisdn, Captures: 1)],
            Screens = [Steps.Approved, WithTechnician, FareScenarios.Paid, GivenBack],
            KeysPressed = false,
        };
    }

    private static async Task<Expectation> ResolvedWhileHeldAsync(World world)
    {
        (TripFare fare, Customer customer) = await CaptureHangsAsync(world);
        await HoldAsync(world, fare);
        int before = Calls(world).Count;
        await ResolveAsync(world, fare, customer);
        await SilentAsync(world, before);
        await ReleaseAsync(world, fare);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare).Single().Refunded == fare.Total, "the refund of all");
        await UnpaidAsync(world, fare);
        await ToldAsync(world, fare, customer);
        return new Expectation
        {
            Trips = [Steps.Unpaid(fare, payments: 1) with { Captures = 1 }],
            Screens = [Steps.Approved, WithTechnician, Steps.Ended],
            NeverScreens = [FareScenarios.Paid],
            KeysPressed = false,
        };
    }

    // The service captures, and its answer never comes.
    private static async Task<(TripFare Fare, Customer Customer)> CaptureHangsAsync(World world)
    {
        Customer customer = world.NewCustomer();
        Fault hangs = world.Apis.Server.Faults.Add(Operation.Capture, new FaultAction.DelayAnswer(world.Pace.TryTimeout * 2));
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare) is [{ Captured: > 0 }], "the capture, whose answer does not come");
        Steps.Require(hangs.Hits == 1, "the capture's answer came");
        return (fare, customer);
    }

    /// <summary>The trip is held, and stays so over a restart: nothing reaches the service, and the meter is answered as always.</summary>
    private static async Task HoldAsync(World world, TripFare fare)
    {
        await world.CommandAsync("outbox", "hold", fare.Key.Trip, "--yes");
        await Steps.SeeAsync(world, WithTechnician);
        string listed = "";
        await world.WaitAsync(
            () => !listed.Contains("on its way", StringComparison.Ordinal), "the end of what was on its way", async () => listed = await world.CommandAsync("outbox", "list"));
        int before = Calls(world).Count;
        await MeterRepeatsAsync(world, fare);
        await SilentAsync(world, before);

        await world.KillAgentAsync("the ignition is off");
        int hellos = world.Meter.AgentHellos;
        world.StartAgent();
        await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "the agent's HELLO to the meter");
        await Steps.SeeAsync(world, WithTechnician);
        await MeterRepeatsAsync(world, fare);
        await SilentAsync(world, before);
        string told = await world.CommandAsync("outbox", "list");
        Steps.Require(told.Contains("a technician holds the trip", StringComparison.Ordinal), $"after the restart outbox list does not say that the trip is held: {told}");
    }

    // The meter has lost its memory of our answer.
    private static async Task MeterRepeatsAsync(World world, TripFare fare)
    {
        int answered = world.Meter.Answers.Count(FareTaken);
        world.Meter.Finish(fare);
        await world.WaitAsync(() => world.Meter.Answers.Count(FareTaken) > answered, $"the ACK of the repeated FARE of {fare.Key}");

        static bool FareTaken(MeterAnswer answer) => answer.Type == "ACK" && answer.Payload.StartsWith("FARE|", StringComparison.Ordinal);
    }

    /// <summary>For longer than an agent that goes on would wait before it calls again, nothing arrives.</summary>
    private static async Task SilentAsync(World world, int before)
    {
        await Task.Delay(world.Pace.PollFirst + world.Pace.RateWindow);
        string[] sent = [.. Calls(world).Skip(before).Select(call => call.Operation.ToString())];
        Steps.Require(sent.Length == 0, $"while the trip was held the service was sent {string.Join(", ", sent)}");
    }

    private static async Task ReleaseAsync(World world, TripFare fare)
    {
        int before = Calls(world).Count;
        await world.CommandAsync("outbox", "release", fare.Key.Trip, "--yes");
        await world.WaitAsync(() => Calls(world).Count > before, "a call for the trip that was released");
        Steps.Require(Calls(world)[before].Operation == Operation.Get, $"once released the payment is read first; it was {Calls(world)[before].Operation}");
    }

    // The technician writes the customer's number, which nobody is to find again.
    private static Task<string> ResolveAsync(World world, TripFare fare, Customer customer) =>
        world.CommandAsync("resolve", fare.Key.Trip, "--as", "paid-otherwise", "--note", $"cash, rang {customer.National}", "--yes");

    private static Task UnpaidAsync(World world, TripFare fare) =>
        world.WaitAsync(() => world.Meter.Unpaid.Any(word => word.Key == fare.Key && word.Reason == "cancelled" && word.Paid == 0), $"UNPAID cancelled for {fare.Key}");

    // The trip's own story names what was ordered, and the same order again changes nothing.
    private static async Task ToldAsync(World world, TripFare fare, Customer customer)
    {
        int before = Calls(world).Count;
        string again = await ResolveAsync(world, fare, customer);
        Steps.Require(again.Contains("as before", StringComparison.Ordinal), $"the same resolve again was taken for a new one: {again}");
        string story = await world.CommandAsync("trip", fare.Key.Trip);
        foreach (string part in (string[])["holds the trip", "releases the trip", "says that it was paid otherwise", "Note: cash, rang …"])
            Steps.Require(story.Contains(part, StringComparison.Ordinal), $"the trip's story does not tell '{part}': {story}");
        Steps.Require(Calls(world).Skip(before).All(call => call.Operation is not (Operation.Capture or Operation.Refund or Operation.Cancel)), "the same resolve again moved money");
    }

    // A token is nothing of the trip's.
    private static IReadOnlyList<WireCall> Calls(World world) => [.. world.Apis.Wire.All.Where(call => call.Operation != Operation.Token)];
}
