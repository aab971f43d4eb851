using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Settled otherwise, at every moment; and trips that could be taken for one another.</summary>
internal static class VoidScenarios
{
    private const string Booking = "B-91";

    /// <summary>What is reserved for it.</summary>
    private const long Maximum = 50_000;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("cash-instead", "the customer does nothing, the driver takes cash: the request is ended first", CashInsteadAsync, Steps.WithoutExpiry),
        new ScenarioInParts("cash-races-approval", "the customer approves while the driver takes cash (6060): the driver is told, and keeps or undoes it",
        [
            new ScenarioPart("keep", CashRacesAndKeptAsync, Steps.WithoutExpiry),
            new ScenarioPart("undo", CashRacesAndUndoneAsync, Steps.WithoutExpiry),
        ]),
        new PlayedScenario("void-before-approval", "VOID while the customer has not approved yet", VoidBeforeApprovalAsync, Steps.WithoutExpiry),
        new PlayedScenario("void-after-approval", "VOID after the approval, before the capture: all is released", VoidAfterApprovalAsync),
        new PlayedScenario("void-during-capture", "VOID while the capture is under way: what was captured is given back", VoidDuringCaptureAsync, Steps.WithSlowAnswers),
        new PlayedScenario("void-before-fare", "VOID of a trip whose fare comes later: nobody is asked", VoidBeforeFareAsync),
        new PlayedScenario("void-before-booked-fare", "the same with a booking: what was reserved for it is released", VoidBeforeBookedFareAsync, Steps.WithoutNoShow),
        new PlayedScenario("booking-voided", "VOID of a booking: the ride will not be, what was reserved is released", VoidBookingAsync, Steps.WithoutNoShow),
        new PlayedScenario("conflicting-fare", "the same trip with another fare is refused: the first stands", ConflictingFareAsync),
        new PlayedScenario("two-trips-at-once", "a second fare while the first customer has not approved yet", TwoTripsAsync, Steps.WithoutExpiry),
        new PlayedScenario("two-bookings", "two bookings are reserved, their trips come in the other order", TwoBookingsAsync, Steps.WithoutNoShow),
        new PlayedScenario("trip-number-again", "the meter was replaced: its trip numbers recur", TripNumberAgainAsync),
    ];

    private static async Task<Expectation> CashInsteadAsync(World world)
    {
        Customer customer = DoesNothing(world);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await Steps.SeeAsync(world, Steps.Asked);
        await Steps.TakeOtherWayAsync(world, Steps.Ended);
        await UnpaidAsync(world, fare, "cancelled");
        Steps.Require(Steps.RequestsFor(world, fare).Single().State == "TERMINATED", "the driver was told to collect otherwise while the customer could still approve");
        return new Expectation
        {
            Trips = [Steps.Unpaid(fare, payments: 1)],
            Screens = [Steps.Asked, Steps.OtherRequests, Steps.OtherWaySure, Steps.Ended],
            NeverScreens = [FareScenarios.Paid],
        };
    }

    private static async Task<Expectation> CashRacesAndKeptAsync(World world)
    {
        TripFare fare = await CashRacesAsync(world);
        world.Keypad.Type("1");
        await Steps.PaidAsync(world, fare);
        return new Expectation
        {
            Trips = [Steps.Paid(fare, customer: null)],
            Screens = [Steps.Asked, Steps.OtherWaySure, Steps.ApprovedMeanwhile, FareScenarios.Paid],
            NeverScreens = [Steps.NotPaid],
        };
    }

    private static async Task<Expectation> CashRacesAndUndoneAsync(World world)
    {
        TripFare fare = await CashRacesAsync(world);
        await Steps.PressAsync(world, "2", Steps.Ended);
        await UnpaidAsync(world, fare, "cancelled");
        Steps.Require(Steps.RequestsFor(world, fare).Single().Cancelled == fare.Total, "the driver was told to collect otherwise before all was released");
        return new Expectation
        {
            Trips = [Steps.Unpaid(fare, payments: 1)],
            Screens = [Steps.Asked, Steps.OtherWaySure, Steps.ApprovedMeanwhile, Steps.Ended],
            NeverScreens = [FareScenarios.Paid],
        };
    }

    // The customer approves in the moment in which our cancelTransactionOnly arrives: it is refused with 6060.
    private static async Task<TripFare> CashRacesAsync(World world)
    {
        Customer customer = DoesNothing(world);
        Fault race = world.Apis.Server.Faults.Add(Operation.Cancel, new FaultAction.CustomerFirst(CustomerAct.Approve));
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await Steps.SeeAsync(world, Steps.Asked);
        await Steps.TakeOtherWayAsync(world, Steps.ApprovedMeanwhile);
        Steps.Require(race.Hits == 1, "the customer did not approve in the moment of the cancel");
        PaymentFacts payment = Steps.RequestsFor(world, fare).Single();
        Steps.Require(payment is { State: "AUTHORIZED", Captured: 0, Cancelled: 0 }, $"nothing may be done before the driver has chosen; the payment is {payment.State}, captured {payment.Captured}, released {payment.Cancelled}");
        return fare;
    }

    private static async Task<Expectation> VoidBeforeApprovalAsync(World world)
    {
        Customer customer = DoesNothing(world);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await Steps.SeeAsync(world, Steps.Asked);
        Steps.Require(Steps.RequestsFor(world, fare).Single().State == "CREATED", "the customer had acted before the VOID");
        await Steps.VoidAsync(world, fare);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare).Single().State == "TERMINATED", "the end of the request");
        return AsVoided(fare, payments: 1, captures: 0, Steps.Asked, Steps.VoidShown);
    }

    private static async Task<Expectation> VoidAfterApprovalAsync(World world)
    {
        Customer customer = world.NewCustomer();
        // The capture is put off for as long as the reference is said to be busy, so that VOID comes in between. No receipt either: one that is posted
        // stays, and there will be nothing that it is for.
        Fault busy = world.Apis.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(423), times: int.MaxValue);
        world.Apis.Server.Faults.Add(Operation.PostReceipt, new FaultAction.Refuse(503), times: int.MaxValue);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await Steps.SeeAsync(world, Steps.Approved);
        await world.WaitAsync(() => busy.Hits > 0, "a capture that is refused with 423");
        Steps.Require(Steps.RequestsFor(world, fare).Single() is { State: "AUTHORIZED", Captured: 0 }, "the payment was not authorized and uncaptured when VOID came");
        await Steps.VoidAsync(world, fare);
        // A capture that came now would succeed.
        world.Apis.Server.Faults.Clear();
        await world.WaitAsync(() => Steps.RequestsFor(world, fare).Single().Cancelled == fare.Total, "the release of all");
        return AsVoided(fare, payments: 1, captures: 0, Steps.Approved, Steps.VoidShown);
    }

    private static async Task<Expectation> VoidDuringCaptureAsync(World world)
    {
        Customer customer = world.NewCustomer();
        Fault slow = world.Apis.Server.Faults.Add(Operation.Capture, new FaultAction.DelayAnswer(world.Pace.TryTimeout / 3));
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare) is [{ Captured: > 0 }], "the capture, whose answer is slow");
        await Steps.VoidAsync(world, fare);
        Steps.Require(slow.Hits == 1, "the capture's answer was not slow");
        Steps.Require(world.Meter.Paid.Count == 0, "PAID was said before VOID came");
        await world.WaitAsync(() => Steps.RequestsFor(world, fare).Single().Refunded == fare.Total, "the refund of all");
        return AsVoided(fare, payments: 1, captures: 1, Steps.Approved, Steps.VoidShown);
    }

    private static async Task<Expectation> VoidBeforeFareAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await world.DriveAsync();
        await Steps.VoidAsync(world, fare);
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await Steps.SeeAsync(world, Steps.VoidShown);
        return AsVoided(fare, payments: 0, captures: 0, Steps.VoidShown);
    }

    // Only the FARE tells that the trip was the booking's: until then what is reserved stays reserved.
    private static async Task<Expectation> VoidBeforeBookedFareAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, Maximum, "AUTHORIZED");
        TripFare fare = world.NewTrip() with { Booking = Booking };
        await world.DriveAsync();
        await Steps.VoidAsync(world, fare);
        Steps.Require(Steps.Payment(world, reserved.Reference).Cancelled == 0, "a reservation was released for a trip that had not named it");
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await world.WaitAsync(() => Steps.Payment(world, reserved.Reference).Cancelled == Maximum, "the release of the reservation");
        return AsVoided(fare, payments: 1, captures: 0, Steps.VoidShown);
    }

    private static async Task<Expectation> VoidBookingAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        PaymentFacts reserved = await Steps.ReserveAsync(world, Booking, customer, Maximum, "AUTHORIZED");
        await Steps.VoidAsync(world, Booking);
        await world.WaitAsync(() => Steps.Payment(world, reserved.Reference).Cancelled == Maximum, "the release of the reservation");
        return new Expectation { Trips = [], NeverScreens = [FareScenarios.Paid, Steps.AnyQuestion], KeysPressed = false };
    }

    private static async Task<Expectation> ConflictingFareAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip();
        await Steps.FinishAsync(world, fare);
        await Steps.SeeAsync(world, FareScenarios.Question(fare));
        await ConflictAsync(world, fare with { Fare = fare.Fare + 1_000, Total = fare.Total + 1_000 }, 1);
        await ConflictAsync(world, fare with { Vat = fare.Vat + 1_300 }, 2);
        world.TypeNumber(customer);
        await Steps.PaidAsync(world, fare);
        await ConflictAsync(world, fare with { Fare = fare.Fare - 1_000, Total = fare.Total - 1_000 }, 3);

        // The first once more is no conflict but a repeat: acknowledged, and nothing comes of it.
        int acknowledged = Answers(world, fare, reason: null);
        world.Meter.Finish(fare);
        await world.WaitAsync(() => Answers(world, fare, reason: null) == acknowledged + 1, "the ACK of the FARE's repeat");
        return FareScenarios.PaidByHand(fare, customer);
    }

    private static async Task<Expectation> TwoTripsAsync(World world)
    {
        Customer slow = DoesNothing(world);
        Customer quick = world.NewCustomer();
        await world.SwitchOnAsync();
        TripFare first = world.NewTrip();
        await Steps.FinishAsync(world, first);
        await Steps.SeeAsync(world, FareScenarios.Question(first));
        world.TypeNumber(slow);
        PaymentFacts waiting = await Steps.RequestedAsync(world, first);
        await Steps.SeeAsync(world, Steps.Asked);

        TripFare second = world.NewTrip(fare: 18_000, supplement: 0);
        await Steps.FinishAsync(world, second);
        await Steps.SeeAsync(world, FareScenarios.Question(second));
        world.TypeNumber(quick);
        await Steps.PaidAsync(world, second);
        Steps.Require(Steps.Payment(world, waiting.Reference).State == "CREATED", "the first request was not out while the second trip was paid");
        world.Apis.Server.CustomerActs(waiting.Reference, CustomerAct.Approve);
        await world.WaitForPaidAsync(first);
        return new Expectation
        {
            Trips = [Steps.Paid(first, slow), Steps.Paid(second, quick)],
            Screens = [FareScenarios.Question(first), Steps.Asked, FareScenarios.Question(second), Steps.Asked, FareScenarios.Paid],
            NeverScreens = [Steps.NotPaid],
        };
    }

    private static async Task<Expectation> TwoBookingsAsync(World world)
    {
        Customer one = world.NewCustomer();
        Customer other = world.NewCustomer();
        await world.SwitchOnAsync();
        PaymentFacts first = await Steps.ReserveAsync(world, "B-1", one, 50_000, "AUTHORIZED");
        PaymentFacts second = await Steps.ReserveAsync(world, "B-2", other, 40_000, "AUTHORIZED");

        TripFare later = world.NewTrip() with { Booking = "B-2" };
        await Steps.FinishAsync(world, later);
        await Steps.PaidAsync(world, later);
        Steps.Require(Steps.Payment(world, first.Reference) is { Captured: 0, Cancelled: 0 }, "the other booking's reservation was touched");

        TripFare earlier = world.NewTrip(fare: 27_000) with { Booking = "B-1" };
        await Steps.FinishAsync(world, earlier);
        await Steps.PaidAsync(world, earlier);
        Steps.Require(Steps.Payment(world, first.Reference).Captured == earlier.Total, "the fare of B-1 was not captured of its own reservation");
        Steps.Require(Steps.Payment(world, second.Reference).Captured == later.Total, "the fare of B-2 was not captured of its own reservation");
        return new Expectation
        {
            Trips = [Steps.Paid(later, other), Steps.Paid(earlier, one)],
            Screens = [FareScenarios.Paid],
            NeverScreens = [Steps.AnyQuestion, Steps.NotPaid],
            KeysPressed = false,
        };
    }

    private static async Task<Expectation> TripNumberAgainAsync(World world)
    {
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip();
        var paid = new List<ExpectedTrip> { await PaidByNewCustomerAsync(world, fare) };

        world.Transcript.Say("power", "the meter has lost its memory: SEQ and the trip numbers start again");
        world.Meter.Restart(firstSeq: 0);
        string start = MeterWords.Time(DateTimeOffset.Parse(fare.Key.Start, CultureInfo.InvariantCulture) + TimeSpan.FromSeconds(1));
        paid.Add(await PaidByNewCustomerAsync(world, fare with { Key = fare.Key with { Start = start } }));

        // Number, start and fare are the first trip's: only the meter is another.
        world.Transcript.Say("power", "the meter is replaced");
        world.Meter.Replace("NO-4799");
        paid.Add(await PaidByNewCustomerAsync(world, fare with { Key = fare.Key with { Meter = world.Meter.Id } }));
        Steps.Require(world.Apis.Payments().Select(payment => payment.Reference).Distinct().Count() == paid.Count, "trips of the same number share a reference");
        return new Expectation { Trips = paid, Screens = [Steps.Asked, FareScenarios.Paid], NeverScreens = [Steps.AnyQuestion, Steps.NotPaid], KeysPressed = false };
    }

    private static async Task<ExpectedTrip> PaidByNewCustomerAsync(World world, TripFare fare)
    {
        Customer customer = world.NewCustomer();
        await Steps.FinishAsync(world, fare with { Phone = customer.National });
        await Steps.PaidAsync(world, fare);
        // Nothing is left to be said of this trip when its meter is gone.
        await world.WaitAsync(() => !world.Meter.IsTalking, "the ACK of FORHIRE");
        return Steps.Paid(fare, customer);
    }

    private static async Task ConflictAsync(World world, TripFare conflicting, int number)
    {
        world.Meter.Finish(conflicting);
        await world.WaitAsync(() => Answers(world, conflicting, "conflict") == number, $"NAK conflict number {number}");
    }

    private static int Answers(World world, TripFare fare, string? reason) =>
        world.Meter.Answers.Count(answer => answer.Reason == reason && answer.Payload.StartsWith("FARE|", StringComparison.Ordinal) && answer.Payload.Contains("start=" + fare.Key.Start, StringComparison.Ordinal));

    private static Task UnpaidAsync(World world, TripFare fare, string reason) =>
        world.WaitAsync(() => world.Meter.Unpaid.Any(unpaid => unpaid.Key == fare.Key && unpaid.Reason == reason), $"UNPAID {reason} for {fare.Key}");

    private static Customer DoesNothing(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        return customer;
    }

    private static Expectation AsVoided(TripFare fare, int payments, int captures, params ExpectedScreen[] screens) => new()
    {
        Trips = [Steps.Voided(fare, payments, captures)],
        Screens = screens,
        NeverScreens = [FareScenarios.Paid, Steps.NotPaid, Steps.AnyQuestion],
        KeysPressed = false,
    };
}
