using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Bookings that the taxi app makes and cancels at the relay.</summary>
internal static class AppBookingScenarios
{
    private static readonly ExpectedScreen Offered = new("that the fare is offered to the driver, not sent", screen => screen.Shows("Send?"));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("booking-by-app", "the app books at the relay: reserved, ridden, captured; asked and delivered again, it is one booking", ByAppAsync, Steps.WithoutNoShow, needsRelay: true),
        new PlayedScenario("booking-cancelled", "the app cancels: what was reserved is given back; once the fare has come it is refused", CancelledAsync, Steps.WithoutNoShow, needsRelay: true),
        new PlayedScenario("booking-cancelled-first", "the cancellation comes before its booking: nobody is asked, and a fare that names it is offered to the driver", CancelledFirstAsync, needsRelay: true),
    ];

    private static async Task<Expectation> ByAppAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await FleetSteps.SwitchOnAsync(world);
        (string booking, PaymentFacts reserved) = await FleetSteps.ReserveAsync(world, "by-app", customer, FleetSteps.Ample);

        // The app did not hear the answer and asks again; another copy of the relay did not hear the broker's and sends again.
        FleetSteps.Answered(await world.Cloud.App.BookAsync(booking, customer, FleetSteps.Ample), 200, "in-car");
        await world.Cloud.Queues.RepeatAsync("book", booking, customer, FleetSteps.Ample);
        await world.WaitAsync(() => world.Cloud.Queues.Orders.Count(order => order.Booking == booking) == 2, "the second delivery of the booking");
        await FleetSteps.EmptiedAsync(world);
        Steps.Require(world.Apis.Payments().Count == 1, "a booking that was delivered twice was reserved twice");

        TripFare fare = world.NewTrip() with { Booking = booking };
        await Steps.FinishAsync(world, fare);
        await Steps.PaidAsync(world, fare);
        await FleetSteps.ReleasedAsync(world, reserved, FleetSteps.Ample - fare.Total);
        return FleetSteps.WithoutAKey(Steps.Paid(fare, customer));
    }

    private static async Task<Expectation> CancelledAsync(World world)
    {
        Customer one = world.NewCustomer();
        Customer other = world.NewCustomer();
        await FleetSteps.SwitchOnAsync(world);
        (string cancelled, PaymentFacts given) = await FleetSteps.ReserveAsync(world, "cancelled", one, FleetSteps.Ample);
        FleetSteps.Answered(await world.Cloud.App.CancelAsync(cancelled), 200, "cancelled");
        await FleetSteps.ReleasedAsync(world, given, FleetSteps.Ample);
        FleetSteps.Answered(await world.Cloud.App.CancelAsync(cancelled), 200, "cancelled");

        (string ridden, PaymentFacts reserved) = await FleetSteps.ReserveAsync(world, "ridden", other, FleetSteps.Ample);
        TripFare fare = world.NewTrip() with { Booking = ridden };
        await Steps.FinishAsync(world, fare);
        FleetSteps.Answered(await world.Cloud.App.CancelAsync(ridden), 409, "has-fare");
        await Steps.PaidAsync(world, fare);
        await FleetSteps.ReleasedAsync(world, reserved, FleetSteps.Ample - fare.Total);
        await FleetSteps.ToldAsync(world, ridden, "cancel-refused");
        return FleetSteps.WithoutAKey(Steps.Paid(fare, other));
    }

    private static async Task<Expectation> CancelledFirstAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await FleetSteps.SwitchOnAsync(world);
        // At the relay: the booking is not made at all.
        string never = world.Cloud.Booking("never");
        FleetSteps.Answered(await world.Cloud.App.CancelAsync(never), 200, "cancelled");
        FleetSteps.Answered(await world.Cloud.App.BookAsync(never, customer, FleetSteps.Ample), 409, "cancelled");
        // In the car: two copies of the relay sent them in the other order.
        string late = world.Cloud.Booking("late");
        await world.Cloud.Queues.RepeatAsync("cancel", late);
        await world.Cloud.Queues.RepeatAsync("book", late, customer, FleetSteps.Ample);
        await world.WaitAsync(() => world.Cloud.Queues.Orders is [{ Kind: "cancel" }, { Kind: "book" }], "the cancellation and its booking in the car's queue, in this order");
        await FleetSteps.EmptiedAsync(world);
        Steps.Require(world.Apis.Payments().Count == 0, "a customer was asked for a booking that was cancelled before it came");

        // The customer rides all the same.
        TripFare fare = world.NewTrip() with { Booking = late };
        await Steps.FinishAsync(world, fare);
        await Steps.SeeAsync(world, Offered);
        await Task.Delay(world.Pace.Quiet);
        Steps.Require(world.Apis.Payments().Count == 0, "the fare of a cancelled booking was sent without the driver's word");
        await Steps.PressAsync(world, "1", Steps.Asked);
        await Steps.PaidAsync(world, fare);
        return new Expectation { Trips = [Steps.Paid(fare, customer)], Screens = [Offered, Steps.Asked, FareScenarios.Paid], NeverScreens = [Steps.NotPaid] };
    }
}
