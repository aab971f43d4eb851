using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Steps of scripts with bookings, voids and several trips.</summary>
internal static class Steps
{
    public static readonly ExpectedScreen Asked = new("that the request is with the customer", screen => screen.Shows("Waiting for"));

    public static readonly ExpectedScreen Approved = new("that it is approved and not paid yet", screen => screen.Shows("Approved, wait"));

    public static readonly ExpectedScreen OtherRequests = new("the choice while a request is out", screen => screen.Shows("2Phone 3Other"));

    public static readonly ExpectedScreen OtherWaySure = new("the question whether another way to pay is meant", screen => screen.Shows("Other way? 1=yes"));

    public static readonly ExpectedScreen Ended = new("that it is to be collected otherwise", screen => screen.Shows("Pay another way"));

    public static readonly ExpectedScreen ApprovedMeanwhile = new("that it was approved, and the choice", screen => screen.Shows("APPROVED!") && screen.Shows("1=keep 2=undo"));

    public static readonly ExpectedScreen AnyQuestion = new("a question for the number", ScreenWords.Asks);

    public static readonly ExpectedScreen NotPaid = new("that it was not paid", screen => ScreenWords.Verdict(screen) == Verdict.NotPaid);

    public static readonly ExpectedScreen VoidShown = new("VOID", screen => ScreenWords.Verdict(screen) == Verdict.Voided);

    /// <summary>A reservation that is to be claimed must not be released for no show on a machine that has much else to do.</summary>
    public static WorldOptions WithoutNoShow(WorldOptions options) =>
        options.Pace == Pace.RealTime ? options : options with { Pace = options.Pace with { NoShowAfter = options.Pace.Patience * 10 } };

    /// <summary>Nor may a request expire there while the scenario still needs it.</summary>
    public static WorldOptions WithoutExpiry(WorldOptions options) =>
        options.Pace == Pace.RealTime ? options : options with { Pace = options.Pace with { PaymentLifetime = options.Pace.Patience * 2 } };

    /// <summary>Time enough for a VOID or a command between a request and its answer, on a slow machine too.</summary>
    public static WorldOptions WithSlowAnswers(WorldOptions options) =>
        options.Pace == Pace.RealTime ? options : options with { Pace = options.Pace with { TryTimeout = options.Pace.TryTimeout * 4 } };

    public static async Task BookAsync(World world, string booking, Customer customer, long? maximum = null)
    {
        world.Meter.Book(booking, "+" + customer.Msisdn, "NOK", maximum);
        await world.WaitAsync(() => world.Meter.AcknowledgedBookings.Contains(booking), $"the ACK of the BOOK of {booking}");
    }

    /// <summary>Books with a maximum, and waits until the payment for it stands so.</summary>
    public static async Task<PaymentFacts> ReserveAsync(World world, string booking, Customer customer, long maximum, string state)
    {
        await BookAsync(world, booking, customer, maximum);
        await world.WaitAsync(() => ReservationOf(world, booking)?.State == state, $"the reservation of {booking} in the state {state}");
        PaymentFacts reservation = ReservationOf(world, booking)!;
        Require(reservation.Amount == maximum, $"{reservation.Amount} was to be reserved, the booking's maximum is {maximum}");
        Require(reservation.ReceiptTotal is null, "the reservation has a receipt before its fare: a receipt cannot be changed any more");
        Require(reservation.PhoneNumber == customer.Msisdn, "the reservation asked another number than the booking's");
        return reservation;
    }

    /// <summary>A ride ends, and its fare is acknowledged.</summary>
    public static async Task FinishAsync(World world, TripFare fare)
    {
        await world.DriveAsync();
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
    }

    /// <summary>The meter and the agent are on, and the fare of a customer whose number the meter knows is acknowledged.</summary>
    public static async Task<TripFare> FinishKnownAsync(World world, Customer customer)
    {
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await FinishAsync(world, fare);
        return fare;
    }

    /// <summary>PAID on the line and, from this fare on, on the display; then the taxi is for hire again.</summary>
    public static async Task PaidAsync(World world, TripFare fare)
    {
        await world.WaitForPaidAsync(fare);
        DateTimeOffset since = world.Meter.Acknowledged.First(known => known.Key == fare.Key).At;
        await world.WaitForScreenAsync(screen => FareScenarios.Paid.Matches(screen) && screen.At >= since, FareScenarios.Paid.What);
        world.Meter.ForHire();
    }

    /// <summary>VOID of a trip, acknowledged.</summary>
    public static async Task VoidAsync(World world, TripFare fare)
    {
        world.Meter.Void(fare.Key, "cash");
        await world.WaitAsync(() => world.Meter.Voided.Any(one => one.Key == fare.Key), $"the ACK of the VOID of {fare.Key}");
    }

    /// <summary>VOID of a booking, acknowledged.</summary>
    public static async Task VoidAsync(World world, string booking)
    {
        world.Meter.VoidBooking(booking, "cancelled");
        await world.WaitAsync(() => world.Meter.Voided.Any(one => one.Booking == booking), $"the ACK of the VOID of {booking}");
    }

    public static Task SeeAsync(World world, ExpectedScreen screen) => world.WaitForScreenAsync(screen.Matches, screen.What);

    /// <summary>Keys, and a screen that is shown from then on.</summary>
    public static async Task PressAsync(World world, string keys, ExpectedScreen then)
    {
        int shown = world.Display.History.Count;
        world.Keypad.Type(keys);
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(then.Matches), $"a screen with {then.What} after the keys {keys}");
    }

    /// <summary>While a request is out the driver takes another way to pay.</summary>
    public static async Task TakeOtherWayAsync(World world, ExpectedScreen then)
    {
        await PressAsync(world, "*", OtherRequests);
        await PressAsync(world, "3", OtherWaySure);
        await PressAsync(world, "1", then);
    }

    public static PaymentFacts? ReservationOf(World world, string booking) =>
        world.Apis.Payments().FirstOrDefault(payment => payment.Metadata.GetValueOrDefault("booking") == booking);

    public static PaymentFacts[] RequestsFor(World world, TripFare fare) =>
        [.. world.Apis.Payments().Where(payment => payment.Metadata.GetValueOrDefault("trip") == fare.Key.ToString())];

    /// <summary>The only request for a fare, once there is one.</summary>
    public static async Task<PaymentFacts> RequestedAsync(World world, TripFare fare)
    {
        await world.WaitAsync(() => RequestsFor(world, fare).Length > 0, $"a request for {fare.Key}");
        return RequestsFor(world, fare)[0];
    }

    public static PaymentFacts Payment(World world, string reference) => world.Apis.Payments().Single(payment => payment.Reference == reference);

    /// <exception cref="ScenarioFailed">It is not so.</exception>
    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new ScenarioFailed(otherwise);
    }

    public static ExpectedTrip Paid(TripFare fare, Customer? customer, int payments = 1, int captures = 1) =>
        new(fare.Key, Verdict.Paid, fare.Total, payments, customer?.Msisdn, captures);

    public static ExpectedTrip Unpaid(TripFare fare, int payments) => new(fare.Key, Verdict.NotPaid, Kept: 0, payments, Phone: null, Captures: 0);

    public static ExpectedTrip Voided(TripFare fare, int payments, int captures = 0) => new(fare.Key, Verdict.Voided, Kept: 0, payments, Phone: null, captures);
}
