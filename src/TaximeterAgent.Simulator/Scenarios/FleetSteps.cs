using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Steps of scripts with the fleet's cloud side.</summary>
internal static class FleetSteps
{
    /// <summary>What is reserved: more than the fare of 345.00.</summary>
    public const long Ample = 50_000;

    /// <summary>Meter and agent are on, and the car is connected to the broker.</summary>
    public static async Task SwitchOnAsync(World world)
    {
        await world.SwitchOnAsync();
        await ConnectedAsync(world);
    }

    /// <summary>The car reads its queue at the broker.</summary>
    /// <exception cref="ScenarioSkipped">A foreign agent need not.</exception>
    public static async Task ConnectedAsync(World world)
    {
        try
        {
            await world.WaitAsync(() => world.Cloud.Queues.CarIsConnected, "the car's connection to the broker");
        }
        catch (ScenarioFailed failed) when (world.ForeignAgent)
        {
            throw new ScenarioSkipped("this agent does not connect to a broker: " + failed.Message);
        }
    }

    /// <summary>The app orders the car: the relay keeps the booking. Gives its name.</summary>
    public static async Task<string> BookAsync(World world, string name, Customer customer, long? maximum)
    {
        string booking = world.Cloud.Booking(name);
        Answered(await world.Cloud.App.BookAsync(booking, customer, maximum), 202, "accepted");
        return booking;
    }

    /// <summary>The app orders the car, and the car reserves the maximum with the customer. Gives the booking's name and the reservation.</summary>
    public static async Task<(string Booking, PaymentFacts Reservation)> ReserveAsync(World world, string name, Customer customer, long maximum)
    {
        string booking = await BookAsync(world, name, customer, maximum);
        return (booking, await ReservedAsync(world, booking, customer, maximum));
    }

    /// <summary>What a booking reserves ahead is reserved, once and with its customer, and its app is told that the car has it.</summary>
    public static async Task<PaymentFacts> ReservedAsync(World world, string booking, Customer customer, long maximum)
    {
        await world.WaitAsync(() => Steps.ReservationOf(world, booking)?.State == "AUTHORIZED", $"the reservation for {booking}");
        PaymentFacts reservation = Steps.ReservationOf(world, booking)!;
        Steps.Require(reservation.Amount == maximum, $"{reservation.Amount} was reserved for {booking}, its maximum is {maximum}");
        Steps.Require(reservation.PhoneNumber == customer.Msisdn, $"another number than the customer's was asked for {booking}");
        await ToldAsync(world, booking, "in-car");
        return reservation;
    }

    /// <summary>The app asks after its booking until it is told this.</summary>
    public static Task ToldAsync(World world, string booking, string state)
    {
        AppAnswer? last = null;
        return world.WaitAsync(() => last?.Word == state, $"the relay's word that {booking} is {state}", async () => last = await world.Cloud.App.LookAsync(booking));
    }

    /// <exception cref="ScenarioFailed">It was answered otherwise.</exception>
    public static void Answered(AppAnswer answer, int status, string word) => Steps.Require(
        answer.Status == status && answer.Word == word, $"{answer.Method} of {answer.Booking} was answered {answer.Status} '{answer.Word}', expected {status} '{word}'");

    /// <summary>The car has acknowledged everything that was laid into its queues, and what it then does has had its time.</summary>
    public static async Task EmptiedAsync(World world)
    {
        // The broker counts a little later than it acts.
        await Task.Delay(world.Pace.Quiet);
        await world.WaitAsync(() => world.Cloud.Queues is { OrdersWaiting: 0, HintsWaiting: 0 }, "the car's acknowledgement of all that is in its queues");
        await Task.Delay(world.Pace.Quiet * 2);
    }

    /// <summary>All that was reserved for a booking has been given back.</summary>
    public static Task ReleasedAsync(World world, PaymentFacts reservation, long rest) =>
        world.WaitAsync(() => Steps.Payment(world, reservation.Reference).Cancelled == rest, $"the release of {rest} of {reservation.Reference}");

    /// <summary>All paid, and the driver was not asked for anything.</summary>
    public static Expectation WithoutAKey(params ExpectedTrip[] trips) => new()
    {
        Trips = trips,
        Screens = [FareScenarios.Paid],
        NeverScreens = [Steps.AnyQuestion, Steps.NotPaid],
        KeysPressed = false,
    };

    /// <summary>How often a hint of an event of a payment was laid into the car's queue.</summary>
    public static int Hints(World world, PaymentFacts payment, string name) =>
        world.Cloud.Queues.Hints.Count(hint => hint.Reference == payment.Reference && hint.Event == name);
}
