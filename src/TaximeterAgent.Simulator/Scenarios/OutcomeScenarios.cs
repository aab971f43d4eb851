using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Requests that come to nothing, or not at once: by the customer's doing, or by the service's.</summary>
internal static class OutcomeScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("aborted", "the customer refuses; the driver takes another way to pay", AbortedAsync),
        new PlayedScenario(
            "expired-then-again",
            "the customer does nothing until the request has expired; the driver sends it again, the customer approves",
            ExpiredThenAgainAsync,
            Ride.Paced(pace => pace with { PaymentLifetime = TimeSpan.FromSeconds(3) })),
        new PlayedScenario("unknown-customer", "nobody is known by that number (7010); the driver is asked for it again, the customer pays", UnknownCustomerAsync),
        new PlayedScenario("not-set-up", "the sales unit may not do this (5080): another way to pay, and an alarm for the technician", NotSetUpAsync),
        new ScenarioInParts(
            "token-expired",
            "the access token is refused once: a new one, and the same request",
            [
                new ScenarioPart("create", world => TokenExpiredAsync(world, Operation.Create)),
                new ScenarioPart("query", world => TokenExpiredAsync(world, Operation.Get)),
                new ScenarioPart("receipt", world => TokenExpiredAsync(world, Operation.PostReceipt)),
                new ScenarioPart("capture", world => TokenExpiredAsync(world, Operation.Capture)),
            ]),
        new ScenarioInParts(
            "locked",
            "the payment is busy (423): read, and tried again",
            [
                new ScenarioPart("create", world => LockedAsync(world, Operation.Create)),
                new ScenarioPart("capture", world => LockedAsync(world, Operation.Capture)),
                new ScenarioPart("cancel", LockedCancelAsync),
            ]),
        new PlayedScenario("receipt-refused", "the receipt is refused: the money does not wait for it, a technician is told, and it is posted in the end", ReceiptRefusedAsync),
        new PlayedScenario("capture-later", "the capture fails for now (6280): the same request again", world => CaptureAgainAsync(world, "6280")),
        new PlayedScenario("funds-unavailable", "the funds are unavailable for now (6260): the same request again, and someone is told", FundsUnavailableAsync),
    ];

    private static async Task<Expectation> AbortedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.Refuses(world.Pace.CustomerThinks));
        TripFare fare = await Ride.FinishAsync(world);
        await Ride.KeyNumberAsync(world, fare, customer);
        await Ride.WaitForAsync(world, Ride.Refused);
        await Ride.WaitForUnpaidAsync(world, fare, "aborted");
        await Ride.PressAsync(world, "31", Ride.CollectOtherwise);
        Ride.Require(world.Apis.Payments() is [{ State: "ABORTED" }], "the payment is ABORTED");
        return Ride.Unpaid(fare, customer, payments: 1, Ride.Asked, Ride.Refused, Ride.CollectOtherwise);
    }

    private static async Task<Expectation> ExpiredThenAgainAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing, CustomerPlan.Approves(world.Pace.CustomerThinks));
        TripFare fare = await Ride.FinishAsync(world);
        await Ride.KeyNumberAsync(world, fare, customer);
        await Ride.WaitForAsync(world, Ride.NoAnswer);
        await Ride.WaitForUnpaidAsync(world, fare, "expired");
        Ride.Require(world.Apis.Payments() is [{ State: "EXPIRED" }], "the first payment is EXPIRED, and there is no second one before the driver wants it");
        await Ride.PressAsync(world, "1", Ride.Asked);
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 2, Ride.Asked, Ride.NoAnswer, Ride.Asked);
    }

    private static async Task<Expectation> UnknownCustomerAsync(World world)
    {
        Customer mistyped = world.NewCustomer();
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(mistyped.Msisdn, CustomerPlan.Unknown);
        TripFare fare = await Ride.FinishAsync(world);
        await Ride.KeyNumberAsync(world, fare, mistyped);
        await Ride.WaitForAsync(world, Ride.PhoneAgain);
        Ride.Require(
            world.Apis.Wire.Of(Operation.Create) is [{ Status: 400, Answer: var answer }] && answer.Contains("7010", StringComparison.Ordinal),
            "the first number was refused with 7010");
        await Ride.PressAsync(world, customer.National + "#", Ride.Asked);
        await Ride.WaitForPaidAsync(world, fare);
        // Nobody is blamed: neither "refused" nor "not asked", only the question.
        return Ride.Paid(fare, customer, payments: 1, Ride.PhoneAgain, Ride.Asked) with { NeverScreens = [Ride.NotPaid] };
    }

    private static async Task<Expectation> NotSetUpAsync(World world)
    {
        Customer customer = world.NewCustomer();
        Fault refusal = world.Apis.Server.Faults.Add(Operation.Create, new FaultAction.Refuse(403, "5080"), times: int.MaxValue);
        TripFare fare = await Ride.FinishAsync(world);
        await Ride.KeyNumberAsync(world, fare, customer);
        await Ride.WaitForAsync(world, Ride.NotPossible);
        await Ride.WaitForUnpaidAsync(world, fare, "rejected");
        await Ride.PressAsync(world, "*1", Ride.CollectOtherwise);
        Ride.Require(refusal.Hits == 1, $"the request was refused once, not {refusal.Hits} times: it would be refused every time");
        await world.WaitAsync(() => world.AgentWrote("Alarm NotSetUp"), "the alarm for the technician in the agent's log");
        return Ride.Unpaid(fare, customer, payments: 0, Ride.NotPossible, Ride.CollectOtherwise);
    }

    private static async Task<Expectation> TokenExpiredAsync(World world, Operation operation)
    {
        Customer customer = world.NewCustomer();
        Fault revoked = world.Apis.Server.Faults.Add(operation, new FaultAction.RevokeTokens());
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForPaidAsync(world, fare);
        Ride.Require(revoked.Hits == 1 && world.Apis.Wire.All.Count(call => call.Status == 401) == 1, "one request was refused with 401");
        // Whoever registers for webhooks before the agent starts has a token of its own.
        int tokens = world.Apis.Wire.Of(Operation.Token).Count(call => call.At >= world.StartedAt);
        Ride.Require(tokens == 2, $"a token was fetched twice, not {tokens} times");
        Ride.OneKeyAndBody(world, Operation.Create);
        Ride.OneKeyAndBody(world, Operation.Capture);
        return PaidUnnoticed(fare, customer);
    }

    private static async Task<Expectation> LockedAsync(World world, Operation operation)
    {
        const int times = 2;
        Customer customer = world.NewCustomer();
        world.Apis.Server.Faults.Add(operation, new FaultAction.Refuse(423), times: times);
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForPaidAsync(world, fare);
        RefusedThenTaken(world, operation, 423, times);
        return PaidUnnoticed(fare, customer);
    }

    private static async Task<Expectation> LockedCancelAsync(World world)
    {
        const int times = 2;
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        world.Apis.Server.Faults.Add(Operation.Cancel, new FaultAction.Refuse(423), times: times);
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForAsync(world, Ride.Asked);
        await Ride.PressAsync(world, "*31", Ride.CollectOtherwise);
        await Ride.WaitForUnpaidAsync(world, fare, "cancelled");
        RefusedThenTaken(world, Operation.Cancel, 423, times);
        return Ride.Unpaid(fare, customer, payments: 1, Ride.Asked, Ride.CollectOtherwise);
    }

    private static async Task<Expectation> ReceiptRefusedAsync(World world)
    {
        const int times = 3;
        Customer customer = world.NewCustomer();
        world.Apis.Server.Faults.Add(Operation.PostReceipt, new FaultAction.Refuse(400), times: times);
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForPaidAsync(world, fare);
        await world.WaitAsync(() => world.Apis.Payments() is [{ ReceiptTotal: not null }], "the receipt");
        RefusedThenTaken(world, Operation.PostReceipt, 400, times);
        Ride.Require(world.Apis.Wire.Of(Operation.Capture)[0].At < world.Apis.Wire.Of(Operation.PostReceipt)[^1].At, "the money was captured before the receipt was taken");
        await world.WaitAsync(() => world.AgentWrote("Alarm ReceiptRefused"), "the alarm for the technician in the agent's log");
        return PaidUnnoticed(fare, customer);
    }

    private static async Task<Expectation> CaptureAgainAsync(World world, string code)
    {
        const int times = 2;
        Customer customer = world.NewCustomer();
        world.Apis.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(400, code), times: times);
        TripFare fare = await Ride.FinishAsync(world, customer);
        await Ride.WaitForPaidAsync(world, fare);
        RefusedThenTaken(world, Operation.Capture, 400, times);
        // Documented so: under the same key.
        Ride.OneKeyAndBody(world, Operation.Capture);
        return PaidUnnoticed(fare, customer);
    }

    private static async Task<Expectation> FundsUnavailableAsync(World world)
    {
        Expectation expectation = await CaptureAgainAsync(world, "6260");
        await world.WaitAsync(() => world.AgentWrote("Alarm FundsUnavailable"), "the alarm in the agent's log");
        return expectation;
    }

    private static void RefusedThenTaken(World world, Operation operation, int status, int times)
    {
        IReadOnlyList<WireCall> calls = world.Apis.Wire.Of(operation);
        bool asPlanned = calls.Count == times + 1 && calls.Take(times).All(call => call.Status == status) && calls[^1].Status is 200 or 201;
        Ride.Require(asPlanned, $"{operation} was to be refused {times} times with {status} and then taken; the answers were {string.Join(", ", calls.Select(call => call.Status))}");
    }

    /// <summary>The driver has nothing to do and hears nothing of it.</summary>
    private static Expectation PaidUnnoticed(TripFare fare, Customer customer) =>
        Ride.Paid(fare, customer, payments: 1, Ride.Asked) with { NeverScreens = [Ride.NotPaid], KeysPressed = false };
}
