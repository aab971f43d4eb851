using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Steps and ends that the scripts of many scenarios have in common.</summary>
internal static class Ride
{
    /// <summary>The request is with the customer.</summary>
    public static readonly ExpectedScreen Asked = new("waiting for the customer", screen => screen.Shows("Waiting for"));

    public static readonly ExpectedScreen Refused = new("that the customer refused, and the choice", Choice("Refused"));

    public static readonly ExpectedScreen NoAnswer = new("that the customer did not answer, and the choice", Choice("No answer"));

    public static readonly ExpectedScreen NotSent = new("that it was not sent, and the choice", Choice("Not sent"));

    public static readonly ExpectedScreen PhoneAgain = new("the question for the number again", screen => screen.Shows("Phone again?"));

    public static readonly ExpectedScreen NotPossible = new("that no request is possible", screen => screen.Shows("Not possible"));

    public static readonly ExpectedScreen NoNetworkYet = new("that it waits for the network", screen => screen.Shows("Wait: no network"));

    public static readonly ExpectedScreen Uncertain = new("that it is not certain, and until when", screen => screen.Shows("Unsure") && screen.Shows("Wait until"));

    public static readonly ExpectedScreen CollectOtherwise = new("that it is to be collected otherwise", screen => screen.Shows("Pay another way"));

    /// <summary>No word on the meter's fare may be said while it is open.</summary>
    public static readonly ExpectedScreen NotPaid = new("that it was not paid", screen => ScreenWords.Verdict(screen) == Verdict.NotPaid);

    /// <summary>Waiting times for a scenario that would take too long otherwise. In real time they stay as they are.</summary>
    public static Func<WorldOptions, WorldOptions> Paced(Func<Pace, Pace> change) => options => options.Pace == Pace.RealTime ? options : options with { Pace = change(options.Pace) };

    /// <summary>The meter and the agent are on; a ride ends and its fare is acknowledged.</summary>
    /// <param name="world">Where.</param>
    /// <param name="known">The customer whose number the meter has.</param>
    /// <param name="begunHere">True: the trip began after the agent's store, so that no earlier store can have asked for it. False: the agent has to look.</param>
    public static async Task<TripFare> FinishAsync(World world, Customer? known = null, bool begunHere = false)
    {
        await world.SwitchOnAsync();
        await world.DriveAsync();
        TripFare fare = world.NewTrip() with { Phone = known?.National };
        if (begunHere)
            fare = BegunHere(fare);
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        return fare;
    }

    /// <summary>As a trip that began after the agent's store was made, which every trip of a car does but the first of a new card: nobody looks for an earlier request.</summary>
    public static TripFare BegunHere(TripFare fare) => fare with { Key = fare.Key with { Start = fare.Finish } };

    /// <summary>The driver is asked for the number, and keys it.</summary>
    public static async Task KeyNumberAsync(World world, TripFare fare, Customer customer)
    {
        await world.WaitForScreenAsync(FareScenarios.Question(fare).Matches, FareScenarios.Question(fare).What);
        world.TypeNumber(customer);
    }

    /// <summary>Presses keys, and waits for a screen that is shown from then on.</summary>
    public static async Task PressAsync(World world, string keys, ExpectedScreen then)
    {
        int shown = world.Display.History.Count;
        world.Keypad.Type(keys);
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(then.Matches), $"a screen with {then.What} after the keys {keys}");
    }

    public static Task WaitForAsync(World world, ExpectedScreen screen) => world.WaitForScreenAsync(screen.Matches, screen.What);

    public static Task WaitForUnpaidAsync(World world, TripFare fare, string reason) =>
        world.WaitAsync(() => world.Meter.Unpaid.Any(word => word.Key == fare.Key && word.Reason == reason), $"UNPAID {reason} for {fare.Key}");

    /// <summary>PAID on the line and on the display, the latter after what is on it now.</summary>
    public static async Task WaitForPaidAsync(World world, TripFare fare)
    {
        await world.WaitForPaidAsync(fare);
        await WaitForAsync(world, FareScenarios.Paid);
    }

    /// <summary>What the script relies on, such as that its fault has happened.</summary>
    /// <exception cref="ScenarioFailed">It is not so.</exception>
    public static void Require(bool condition, string what)
    {
        if (!condition)
            throw new ScenarioFailed("the scenario did not take place as it should: " + what);
    }

    /// <summary>However often it was sent: the same key, the same bytes.</summary>
    public static void OneKeyAndBody(World world, Operation operation)
    {
        int different = world.Apis.Wire.Of(operation).Select(call => (call.Key, call.Body)).Distinct().Count();
        Require(different == 1, $"{operation} was sent in {different} different ways, expected the same key and bytes each time");
    }

    public static Expectation Paid(TripFare fare, Customer customer, int payments, params ExpectedScreen[] screens) => new()
    {
        Trips = [new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, payments, customer.Msisdn, Captures: 1)],
        Screens = [.. screens, FareScenarios.Paid],
    };

    public static Expectation Unpaid(TripFare fare, Customer customer, int payments, params ExpectedScreen[] screens) => new()
    {
        Trips = [new ExpectedTrip(fare.Key, Verdict.NotPaid, Kept: 0, payments, customer.Msisdn, Captures: 0)],
        Screens = [.. screens],
        NeverScreens = [FareScenarios.Paid],
    };

    // Each outcome has its screen, and with it the three things that the driver can do.
    private static Func<Screen, bool> Choice(string outcome) => screen => screen.Shows(outcome) && screen.Shows("1Agn 2Phone 3Oth");
}
