using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Money reserved ahead of the fare for a trip that was ordered in the app.</summary>
internal static class ReservationScenarios
{
    private const string Booking = "B-77";

    /// <summary>More than the fare of 345.00.</summary>
    private const long Ample = 50_000;

    /// <summary>Less than it.</summary>
    private const long TooLittle = 30_000;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("reservation", "a booking's maximum is reserved ahead; the fare is captured of it, the rest released", ReservationAsync, Steps.WithoutNoShow),
        new PlayedScenario("reservation-exceeded", "the fare is above what was reserved: the difference is asked for", ExceededAsync, Steps.WithoutNoShow),
        new PlayedScenario("reservation-expired", "the customer never approves the reservation: the fare is asked for in the ordinary way", ExpiredAsync, QuicklyExpired),
        new PlayedScenario("reservation-no-show", "nobody comes for the booking: what was reserved is released", NoShowAsync, QuickNoShow),
        new PlayedScenario("reservation-partial-refused", "the sales unit captures in full only (6140): released, asked anew, and nothing is reserved any more", PartialRefusedAsync, Steps.WithoutNoShow),
        new PlayedScenario("fare-before-approval", "the fare comes while the customer has not approved the reservation yet", FareBeforeApprovalAsync, options => Steps.WithoutExpiry(Steps.WithoutNoShow(options))),
    ];

    private static WorldOptions QuicklyExpired(WorldOptions options) =>
        Steps.WithoutNoShow(options.Pace == Pace.RealTime ? options : options with { Pace = options.Pace with { PaymentLifetime = options.Pace.PaymentLifetime / 5 } });

    // In real time too: nobody waits for four hours.
    private static WorldOptions QuickNoShow(WorldOptions options) => options with { Pace = options.Pace with { NoShowAfter = options.Pace.Patience / 10 } };

    private static async Task<Expectation> ReservationAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, Ample, "AUTHORIZED");
        TripFare fare = world.NewTrip() with { Booking = Booking };
        await Steps.FinishAsync(world, fare);
        await Steps.PaidAsync(world, fare);
        await RestReleasedAsync(world, reserved, Ample - fare.Total);
        return WithoutAKey([FareScenarios.Paid], Steps.Paid(fare, customer));
    }

    private static async Task<Expectation> ExceededAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, TooLittle, "AUTHORIZED");
        TripFare fare = world.NewTrip() with { Booking = Booking };
        await Steps.FinishAsync(world, fare);
        PaymentFacts difference = await Steps.RequestedAsync(world, fare);
        Steps.Require(difference.Amount == fare.Total - TooLittle, $"{difference.Amount} was asked for, the difference is {fare.Total - TooLittle}");
        PaymentEventFacts captured = Steps.Payment(world, reserved.Reference).Succeeded("CAPTURED").SingleOrDefault()
            ?? throw new ScenarioFailed("the difference was asked for before the reservation was captured");
        Steps.Require(captured.Amount == TooLittle, $"{captured.Amount} of {TooLittle} reserved was captured");
        await Steps.PaidAsync(world, fare);
        ExpectedScreen asksDifference = new($"{ScreenWords.Amount(difference.Amount)} and that the customer is awaited", screen => screen.Shows(ScreenWords.Amount(difference.Amount)) && Steps.Asked.Matches(screen));
        return WithoutAKey([asksDifference, FareScenarios.Paid], Steps.Paid(fare, customer, payments: 2, captures: 2));
    }

    private static async Task<Expectation> ExpiredAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing, CustomerPlan.Approves(world.Pace.CustomerThinks));
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, Ample, "EXPIRED");
        TripFare fare = world.NewTrip() with { Booking = Booking };
        await Steps.FinishAsync(world, fare);
        PaymentFacts request = await Steps.RequestedAsync(world, fare);
        Steps.Require(request.Amount == fare.Total, $"{request.Amount} was asked for, the fare is {fare.Total}");
        await Steps.PaidAsync(world, fare);
        Steps.Require(Steps.Payment(world, reserved.Reference).Captured == 0, "a reservation that had expired was captured");
        return WithoutAKey([Steps.Asked, FareScenarios.Paid], Steps.Paid(fare, customer, payments: 2));
    }

    private static async Task<Expectation> NoShowAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, Ample, "AUTHORIZED");
        await RestReleasedAsync(world, reserved, Ample);
        PaymentFacts released = Steps.Payment(world, reserved.Reference);
        DateTimeOffset cancelled = released.Succeeded("CANCELLED").Single().At;
        Steps.Require(cancelled - released.CreatedAt >= world.Pace.NoShowAfter / 2, "what was reserved was released before anybody could have come");
        return WithoutAKey([]) with { NeverScreens = [Steps.AnyQuestion, FareScenarios.Paid] };
    }

    private static async Task<Expectation> PartialRefusedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        Customer next = world.NewCustomer();
        Fault refused = world.Apis.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(400, "6140"));
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, Ample, "AUTHORIZED");
        TripFare fare = world.NewTrip() with { Booking = Booking };
        await Steps.FinishAsync(world, fare);
        await RestReleasedAsync(world, reserved, Ample);
        Steps.Require(refused.Hits == 1, "no capture was refused with 6140");
        await Steps.PaidAsync(world, fare);
        PaymentFacts request = Steps.RequestsFor(world, fare).Single();
        Steps.Require(request.Captured == fare.Total && request.Amount == fare.Total, $"{request.Captured} of {request.Amount} was captured, the fare is {fare.Total}");

        // From now on this sales unit reserves nothing: the booking only brings the number.
        await Steps.BookAsync(world, "B-78", next, Ample);
        TripFare second = world.NewTrip() with { Booking = "B-78" };
        await Steps.FinishAsync(world, second);
        await Steps.PaidAsync(world, second);
        Steps.Require(Steps.ReservationOf(world, "B-78") is null, "something was reserved again after 6140");
        return WithoutAKey([Steps.Asked, FareScenarios.Paid, Steps.Asked, FareScenarios.Paid], Steps.Paid(fare, customer, payments: 2), Steps.Paid(second, next));
    }

    private static async Task<Expectation> FareBeforeApprovalAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, Ample, "CREATED");
        TripFare fare = world.NewTrip() with { Booking = Booking };
        await Steps.FinishAsync(world, fare);
        await Steps.SeeAsync(world, Steps.Asked);
        Steps.Require(Steps.Payment(world, reserved.Reference).State == "CREATED", "the reservation was not left to the customer");
        world.Apis.Server.CustomerActs(reserved.Reference, CustomerAct.Approve);
        await Steps.PaidAsync(world, fare);
        await RestReleasedAsync(world, reserved, Ample - fare.Total);
        return WithoutAKey([Steps.Asked, FareScenarios.Paid], Steps.Paid(fare, customer));
    }

    private static Task RestReleasedAsync(World world, PaymentFacts reserved, long rest) =>
        world.WaitAsync(() => Steps.Payment(world, reserved.Reference).Cancelled == rest, $"the release of {rest} of {reserved.Reference}");

    private static Expectation WithoutAKey(IReadOnlyList<ExpectedScreen> screens, params ExpectedTrip[] trips) => new()
    {
        Trips = trips,
        Screens = screens,
        NeverScreens = [Steps.AnyQuestion, Steps.NotPaid],
        KeysPressed = false,
    };
}
