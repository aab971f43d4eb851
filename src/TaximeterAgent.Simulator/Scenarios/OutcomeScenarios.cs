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
}
