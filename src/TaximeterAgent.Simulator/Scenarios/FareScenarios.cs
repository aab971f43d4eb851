using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>One fare, from the meter's signal to captured money.</summary>
internal static class FareScenarios
{
    public static readonly ExpectedScreen Paid = new("PAID", screen => ScreenWords.Verdict(screen) == Verdict.Paid);

    private static readonly ExpectedScreen Waiting = new("waiting for the customer", ScreenWords.Waits);

    private static readonly ExpectedScreen AnyQuestion = new("a question for the number", ScreenWords.Asks);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("manual-entry", "the driver types the customer's number, the customer approves", ManualEntryAsync),
        new PlayedScenario("known-number", "the FARE brings the number: no key is pressed", KnownNumberAsync),
        new PlayedScenario("booked", "the FARE names a booking that brought the number: no key is pressed", BookedAsync),
        new CrashScenario(),
        new PlayedScenario("repeated-signal", "every frame of the meter's arrives three times", ManualEntryAsync, options => options with { MeterCopies = 3 }),
        new PlayedScenario("meter-restarts", "the meter loses its power and its SEQ starts again: nothing is taken for a repeat that is none", MeterRestartsAsync),
    ];

    /// <summary>What a fare that was asked for by hand and paid must have come to.</summary>
    public static Expectation PaidByHand(TripFare fare, Customer customer) => new()
    {
        Trips = [new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, Payments: 1, customer.Msisdn, Captures: 1)],
        Screens = [Question(fare), Waiting, Paid],
    };

    public static ExpectedScreen Question(TripFare fare) => new($"{ScreenWords.Amount(fare.Total)} and a question for the number", screen => ScreenWords.Asks(screen, fare.Total));

    private static async Task<Expectation> ManualEntryAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await world.DriveAsync();
        TripFare fare = world.NewTrip();
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await world.WaitForScreenAsync(Question(fare).Matches, Question(fare).What);
        world.TypeNumber(customer);
        await world.WaitForScreenAsync(Waiting.Matches, Waiting.What);
        await world.WaitForPaidAsync(fare);
        await world.WaitForScreenAsync(Paid.Matches, Paid.What);
        world.Meter.ForHire();
        return PaidByHand(fare, customer);
    }

    private static async Task<Expectation> KnownNumberAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await RideAsync(world, fare);
        return WithoutAKey(new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, Payments: 1, customer.Msisdn, Captures: 1));
    }

    private static async Task<Expectation> BookedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        world.Meter.Book("B-77", "+" + customer.Msisdn, "NOK");
        await world.WaitAsync(() => world.Meter.AcknowledgedBookings.Contains("B-77"), "the ACK of the BOOK");
        TripFare fare = world.NewTrip() with { Booking = "B-77" };
        await RideAsync(world, fare);
        return WithoutAKey(new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, Payments: 1, customer.Msisdn, Captures: 1));
    }

    private static async Task<Expectation> MeterRestartsAsync(World world)
    {
        var expected = new List<ExpectedTrip>();
        await world.SwitchOnAsync();
        for (int power = 0; power < 3; power++)
        {
            if (power > 0)
            {
                // The same SEQ for the same kinds of messages as before: only the content can tell the trips apart.
                world.Transcript.Say("power", "the meter loses its power; SEQ starts again at 0");
                world.Meter.Restart(firstSeq: 0);
            }

            Customer customer = world.NewCustomer();
            TripFare fare = world.NewTrip() with { Phone = customer.National };
            await RideAsync(world, fare);
            expected.Add(new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, Payments: 1, customer.Msisdn, Captures: 1));
        }

        return WithoutAKey([.. expected]);
    }

    private static async Task RideAsync(World world, TripFare fare)
    {
        await world.DriveAsync();
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await world.WaitForPaidAsync(fare);
        // Since this fare: the display may still say PAID of the one before.
        DateTimeOffset since = world.Meter.Acknowledged.First(known => known.Key == fare.Key).At;
        await world.WaitForScreenAsync(screen => Paid.Matches(screen) && screen.At >= since, Paid.What);
        world.Meter.ForHire();
    }

    private static Expectation WithoutAKey(params ExpectedTrip[] trips) => new()
    {
        Trips = trips,
        Screens = [Waiting, Paid],
        NeverScreens = [AnyQuestion],
        KeysPressed = false,
    };
}
