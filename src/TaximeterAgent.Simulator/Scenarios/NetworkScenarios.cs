using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The network comes and goes, answers are lost, and requests arrive when nobody expects them any more.</summary>
internal static class NetworkScenarios
{
    // Long enough for all tries of a scenario, too short to wait for.
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("offline-then-back", "no network when the fare comes: kept, said, and sent once the network is back", OfflineThenBackAsync),
        new ScenarioInParts(
            "offline-too-long",
            "no network for longer than a request may wait: the driver is told, and nothing is sent behind their back",
            [
                new ScenarioPart("collected-otherwise", CollectedOtherwiseAsync, ShortWait),
                new ScenarioPart("sent-on-request", SentOnRequestAsync, ShortWait),
            ]),
        new ScenarioInParts(
            "offline-answer-lost",
            "the create arrived, its answer was lost with the network, and the customer approves meanwhile",
            [
                new ScenarioPart("for-a-while", world => OfflineAnswerLostAsync(world, longerThanAllowed: false)),
                new ScenarioPart("for-long", world => OfflineAnswerLostAsync(world, longerThanAllowed: true), ShortWait),
            ]),
        new PlayedScenario("server-down", "the service is down when the fare comes, and again while the customer approves", ServerDownAsync),
        new ScenarioInParts(
            "answer-lost",
            "the service acts and its answer is lost, for every operation",
            [
                new ScenarioPart("token", world => PaidInSpiteAsync(world, Operation.Token, new FaultAction.Withhold())),
                new ScenarioPart("create", world => PaidInSpiteAsync(world, Operation.Create, new FaultAction.Withhold())),
                new ScenarioPart("create-failed", world => PaidInSpiteAsync(world, Operation.Create, new FaultAction.FailAfterActing(500))),
                new ScenarioPart("create-slow", world => PaidInSpiteAsync(world, Operation.Create, new FaultAction.DelayAnswer(Never)), ShortTry),
                new ScenarioPart("query", world => PaidInSpiteAsync(world, Operation.Get, new FaultAction.Withhold(), times: 3)),
                new ScenarioPart("receipt", ReceiptAnswerLostAsync),
                new ScenarioPart("capture", world => PaidInSpiteAsync(world, Operation.Capture, new FaultAction.Withhold())),
                new ScenarioPart("capture-failed", world => PaidInSpiteAsync(world, Operation.Capture, new FaultAction.FailAfterActing(502, FaultBody.Html))),
                new ScenarioPart("capture-slow", world => PaidInSpiteAsync(world, Operation.Capture, new FaultAction.DelayAnswer(Never)), ShortTry),
                new ScenarioPart("release", ReleaseAnswerLostAsync),
                new ScenarioPart("cancel", CancelAnswerLostAsync),
            ]),
        new PlayedScenario("late-request", "a capture whose connection broke reaches the service after it was read as not captured", LateRequestAsync),
        new ScenarioInParts(
            "rate-limited",
            "429, with and without Retry-After: not before the time asked for, and the same request",
            [
                new ScenarioPart("create", world => RateLimitedAsync(world, Operation.Create, RetryAfter)),
                new ScenarioPart("capture", world => RateLimitedAsync(world, Operation.Capture, RetryAfter)),
                new ScenarioPart("query", world => RateLimitedAsync(world, Operation.Get, RetryAfter)),
                new ScenarioPart("create-unsaid", world => RateLimitedAsync(world, Operation.Create, null)),
                new ScenarioPart("capture-unsaid", world => RateLimitedAsync(world, Operation.Capture, null)),
            ]),
    ];

    private static TimeSpan RetryAfter => TimeSpan.FromSeconds(2);

    private static WorldOptions ShortWait(WorldOptions options) => options.Pace == Pace.RealTime
        ? options with { Pace = options.Pace with { Patience = TimeSpan.FromMinutes(30) } }
        : options with { Pace = options.Pace with { OfflineMaxAge = TimeSpan.FromSeconds(2), PaymentLifetime = TimeSpan.FromSeconds(4), CertaintyMargin = TimeSpan.FromMilliseconds(500) } };

    private static WorldOptions ShortTry(WorldOptions options) => Ride.Paced(pace => pace with { TryTimeout = TimeSpan.FromSeconds(2), ConnectTimeout = TimeSpan.FromSeconds(1) })(options);

    private static async Task<Expectation> OfflineThenBackAsync(World world)
    {
        Customer customer = world.NewCustomer();
        SwitchOff(world);
        TripFare fare = await Ride.FinishAsync(world);
        await KeyNumberOfflineAsync(world, customer);
        await Ride.WaitForAsync(world, Ride.NoNetworkYet);
        Ride.Require(world.Apis.Wire.All.All(call => call.At < world.StartedAt), "nothing reached the service while there was no network");
        SwitchOn(world);
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 1, Ride.NoNetworkYet, Ride.Asked) with { NeverScreens = [Ride.NotPaid] };
    }

    private static async Task<Expectation> CollectedOtherwiseAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await TooLongAsync(world, customer);
        await Ride.PressAsync(world, "31", Ride.CollectOtherwise);
        Ride.Require(world.Apis.Wire.Of(Operation.Create).Count == 0, "no request was ever sent");
        return Ride.Unpaid(fare, customer, payments: 0, Ride.NoNetworkYet, Ride.NotSent, Ride.CollectOtherwise);
    }

    private static async Task<Expectation> SentOnRequestAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await TooLongAsync(world, customer);
        await Ride.PressAsync(world, "1", Ride.Asked);
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 1, Ride.NoNetworkYet, Ride.NotSent, Ride.Asked);
    }

    /// <summary>No network until the request is too old, then the network is back and nothing happens by itself.</summary>
    private static async Task<TripFare> TooLongAsync(World world, Customer customer)
    {
        SwitchOff(world);
        TripFare fare = await Ride.FinishAsync(world, begunHere: true);
        await KeyNumberOfflineAsync(world, customer);
        await Ride.WaitForAsync(world, Ride.NoNetworkYet);
        await Ride.WaitForAsync(world, Ride.NotSent);
        await Ride.WaitForUnpaidAsync(world, fare, "offline");
        SwitchOn(world);
        // The final reading of what was never sent shows that the agent is on the air again.
        await world.WaitAsync(() => world.Apis.Wire.Of(Operation.Get).Count > 0, "a reading, now that the network is back");
        Ride.Require(world.Apis.Wire.Of(Operation.Create).Count == 0, "the request was not sent behind the driver's back");
        return fare;
    }

    private static async Task<Expectation> OfflineAnswerLostAsync(World world, bool longerThanAllowed)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        // The answer is on its way when the network goes: so the network is gone before the agent can ask again.
        Fault held = world.Apis.Server.Faults.Add(Operation.Create, new FaultAction.DelayAnswer(Never));
        TripFare fare = await Ride.FinishAsync(world);
        await Ride.KeyNumberAsync(world, fare, customer);
        await world.WaitAsync(() => held.Hits == 1, "the create");
        SwitchOff(world);
        await Ride.WaitForAsync(world, Ride.Uncertain);
        string reference = world.Apis.Payments().Single().Reference;
        Ride.Require(world.Apis.Server.CustomerActs(reference, CustomerAct.Approve), "the customer approves");
        if (longerThanAllowed)
            await Task.Delay(world.Pace.OfflineMaxAge + world.Pace.PaymentLifetime + world.Pace.CertaintyMargin);
        Ride.Require(world.Meter.Unpaid.Count == 0, "UNPAID is not said while the customer may have approved");
        Ride.Require(world.Apis.Payments() is [{ State: "AUTHORIZED", Captured: 0 }], "the customer has approved, and nothing is captured yet");
        SwitchOn(world);
        await Ride.WaitForPaidAsync(world, fare);
        Ride.Require(world.Apis.Wire.Of(Operation.Create).Any(call => call.Status == 0), "the create's answer was lost");
        return Ride.Paid(fare, customer, payments: 1, Ride.Uncertain) with { NeverScreens = [Ride.NotPaid] };
    }

    private static async Task<Expectation> ServerDownAsync(World world)
    {
        Customer customer = world.NewCustomer();
        FaultPlan faults = world.Apis.Server.Faults;
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        SetDown(world, down: true);
        TripFare fare = await Ride.FinishAsync(world, customer);
        await world.WaitAsync(() => faults.TurnedAway >= 3, "three tries that were turned away");
        Ride.Require(world.Apis.Payments().Count == 0, "nothing was created while the service was down");
        SetDown(world, down: false);
        await Ride.WaitForAsync(world, Ride.Asked);
        SetDown(world, down: true);
        int before = faults.TurnedAway;
        Ride.Require(world.Apis.Server.CustomerActs(world.Apis.Payments().Single().Reference, CustomerAct.Approve), "the customer approves while the service is down");
        await world.WaitAsync(() => faults.TurnedAway >= before + 3, "three readings that were turned away");
        SetDown(world, down: false);
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 1, Ride.Asked) with { NeverScreens = [Ride.NotPaid], KeysPressed = false };
    }

    /// <summary>The answer of the first of them is lost: the fare is paid all the same, once, and no modifying call is repeated under another key or with other bytes.</summary>
    private static async Task<Expectation> PaidInSpiteAsync(World world, Operation operation, FaultAction action, int times = 1)
    {
        Customer customer = world.NewCustomer();
        // Slow enough that the agent is still asking.
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.Approves(world.Pace.CustomerThinks * 4));
        Fault fault = world.Apis.Server.Faults.Add(operation, action, times: times);
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForPaidAsync(world, fare);
        Ride.Require(fault.Hits == times, $"{operation} was to fail {times} times and did {fault.Hits} times");
        Ride.OneKeyAndBody(world, Operation.Create);
        Ride.OneKeyAndBody(world, Operation.Capture);
        return Ride.Paid(fare, customer, payments: 1) with { NeverScreens = [Ride.NotPaid], KeysPressed = false };
    }

    private static async Task<Expectation> ReceiptAnswerLostAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Server.Faults.Add(Operation.PostReceipt, new FaultAction.Withhold());
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForPaidAsync(world, fare);
        // The receipt is there already: found out by a second post, and compared.
        await world.WaitAsync(() => world.Apis.Wire.Of(Operation.GetReceipt).Any(call => call.Status == 200), "the comparison with the receipt that is there");
        Ride.Require(world.Apis.Wire.Of(Operation.PostReceipt) is [{ Status: 0 }, { Status: 409 }], "the first answer was lost, the second post was refused with 409");
        return Ride.Paid(fare, customer, payments: 1) with { KeysPressed = false };
    }

    private static async Task<Expectation> ReleaseAnswerLostAsync(World world)
    {
        const long maximum = 50_000;
        Customer customer = world.NewCustomer();
        Fault lost = world.Apis.Server.Faults.Add(Operation.Cancel, new FaultAction.Withhold());
        await world.SwitchOnAsync();
        world.Meter.Book("B-78", "+" + customer.Msisdn, "NOK", maximum);
        await world.WaitAsync(() => world.Apis.Payments() is [{ State: "AUTHORIZED", Authorized: maximum }], "the approved reservation");
        await world.DriveAsync();
        TripFare fare = world.NewTrip() with { Booking = "B-78" };
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await Ride.WaitForPaidAsync(world, fare);
        await world.WaitAsync(() => world.Apis.Payments() is [{ Cancelled: var released }] && released == maximum - fare.Total, "the release of the rest");
        await world.WaitAsync(() => lost.Hits == 1 && world.Apis.Wire.All[^1] is { Operation: Operation.Get, Status: 200 }, "a reading after the lost answer");
        return Ride.Paid(fare, customer, payments: 1) with { KeysPressed = false };
    }

    private static async Task<Expectation> CancelAnswerLostAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        Fault lost = world.Apis.Server.Faults.Add(Operation.Cancel, new FaultAction.Withhold());
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForAsync(world, Ride.Asked);
        await Ride.PressAsync(world, "*31", Ride.CollectOtherwise);
        await Ride.WaitForUnpaidAsync(world, fare, "cancelled");
        Ride.Require(lost.Hits == 1 && world.Apis.Payments() is [{ State: "TERMINATED" }], "the request was ended by a cancel whose answer was lost");
        Ride.Require(
            world.Apis.Wire.Of(Operation.Cancel).All(call => call.Body.Contains("\"cancelTransactionOnly\":true", StringComparison.Ordinal)),
            "only an unapproved request may be ended so");
        return Ride.Unpaid(fare, customer, payments: 1, Ride.Asked, Ride.CollectOtherwise);
    }

    private static async Task<Expectation> LateRequestAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TimeSpan late = world.Pace.BackoffFirst * 8;
        Fault fault = world.Apis.Server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(late));
        TripFare fare = await Ride.FinishAsync(world, customer);
        await world.WaitAsync(() => fault.Hits == 1, "the capture");
        await Ride.WaitForPaidAsync(world, fare);
        await world.WaitAsync(() => Landed(world) is not null, "the capture that was on its way for so long");
        // Its line on the wire is from when it was sent.
        DateTimeOffset sent = Landed(world)!.At;
        Ride.Require(
            world.Apis.Wire.All.Any(call => call is { Operation: Operation.Get, Captured: 0 } && call.At > sent && call.At < sent + late),
            "the payment was read as not captured before the first capture landed");
        Ride.OneKeyAndBody(world, Operation.Capture);
        return Ride.Paid(fare, customer, payments: 1) with { NeverScreens = [Ride.NotPaid], KeysPressed = false };
    }

    // Nobody hears the answer of a request that arrives late.
    private static WireCall? Landed(World world)
    {
        _ = world.Apis.Payments();
        return world.Apis.Wire.Of(Operation.Capture).FirstOrDefault(call => call.Status == 0);
    }

    private static async Task<Expectation> RateLimitedAsync(World world, Operation operation, TimeSpan? retryAfter)
    {
        const int times = 2;
        Customer customer = world.NewCustomer();
        Fault fault = world.Apis.Server.Faults.Add(operation, new FaultAction.Refuse(429, RetryAfter: retryAfter, Body: FaultBody.Gateway), times: times);
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForPaidAsync(world, fare);
        Ride.Require(fault.Hits == times, $"{operation} was to be refused {times} times and was {fault.Hits} times");
        WireCall[] calls = [.. world.Apis.Wire.Of(operation).Take(times + 1)];
        Ride.Require(calls.Count(call => call.Status == 429) == times, "the refusals are on the wire");
        // What the service asked for; or, where it said nothing, at least the half of the agent's own first wait, which is spread.
        TimeSpan least = retryAfter ?? world.Pace.BackoffFirst / 2;
        foreach ((WireCall refused, WireCall next) in calls.Zip(calls.Skip(1)))
        {
            if (next.At - refused.At < least)
                throw new ScenarioFailed($"{operation} came again {(next.At - refused.At).TotalMilliseconds:0} ms after 429, not before {least.TotalMilliseconds:0} ms were allowed");
        }

        Ride.OneKeyAndBody(world, Operation.Create);
        Ride.OneKeyAndBody(world, Operation.Capture);
        return Ride.Paid(fare, customer, payments: 1) with { NeverScreens = [Ride.NotPaid], KeysPressed = false };
    }

    private static async Task KeyNumberOfflineAsync(World world, Customer customer)
    {
        // Whether an earlier store has asked for the fare cannot be found out without a network: the driver is let in as soon as the number may be keyed.
        await world.WaitForScreenAsync(ScreenWords.Asks, "a question for the number");
        world.TypeNumber(customer);
    }

    private static void SwitchOff(World world)
    {
        world.Transcript.Say("network", "is gone");
        world.Network.SwitchOff();
    }

    private static void SwitchOn(World world)
    {
        world.Transcript.Say("network", "is back");
        world.Network.SwitchOn();
    }

    private static void SetDown(World world, bool down)
    {
        world.Transcript.Say("server", down ? "is down" : "is up");
        world.Apis.Server.Faults.ServerDown = down;
    }
}
