using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A meter that only prints: what it sends to its printer is all that the agent hears.</summary>
internal static class PrinterScenarios
{
    private static readonly ExpectedScreen Ready = new("that it is ready, and has the line", screen => screen.Shows("Ready") && !screen.Shows("meter line") && !screen.Shows("silent"));

    private static readonly ExpectedScreen AsksForReceipt = new("the question what a print in doubt comes to", screen => screen.Shows("Receipt?"));

    private static readonly ExpectedScreen AsksForCopy = new("the question what a copy comes to", screen => screen.Shows("Copy?"));

    private static readonly ExpectedScreen NothingDue = new("the question whether nothing is due", screen => screen.Shows("No fare?"));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario(
            "printer-meter",
            "a meter that only prints: its receipt is the fare, killed before the number is keyed it is asked for again, and the customer pays what is printed",
            PrinterMeterAsync,
            Printing),
        new PlayedScenario(
            "printer-copy",
            "a receipt printed twice and copied is paid once; a copy of one that the agent has not heard is a question, and nothing is charged for it",
            PrinterCopyAsync,
            Printing),
        new PlayedScenario(
            "printer-torn",
            "half a receipt, and two at once: nothing is charged before the driver has keyed what the paper says",
            PrinterTornAsync,
            Printing),
    ];

    private static WorldOptions Printing(WorldOptions options) => options with { PrinterMeter = true };

    private static async Task<Expectation> PrinterMeterAsync(World world)
    {
        PrinterMeter meter = world.Printer!;
        Customer customer = world.NewCustomer();
        PrintedRide ride = world.NewPrintedRide();
        world.StartAgent();
        await Ride.WaitForAsync(world, Ready);

        meter.Print(ride);
        ExpectedScreen asks = Asks(ride);
        await Ride.WaitForAsync(world, asks);
        Ride.Require(world.Apis.Payments().Count == 0, "a customer was asked before a number was keyed");
        await world.KillAgentAsync("cut before the number was keyed");
        world.StartAgent();
        await Ride.WaitForAsync(world, asks);
        world.TypeNumber(customer);
        await Ride.WaitForAsync(world, FareScenarios.Paid);
        await world.WaitAsync(() => world.Apis.Payments() is [{ ReceiptTotal: { } total }] && total == ride.Total, "the receipt");
        return Paid(world, ride, customer, asks, asks, Ride.Asked, FareScenarios.Paid);
    }

    private static async Task<Expectation> PrinterCopyAsync(World world)
    {
        PrinterMeter meter = world.Printer!;
        Customer customer = world.NewCustomer();
        PrintedRide ride = world.NewPrintedRide();
        PrintedRide unheard = world.NewPrintedRide();
        // Printed while the board was off: nobody has heard it.
        meter.Print(unheard, PrintFault.Copy);
        world.StartAgent();
        await Ride.WaitForAsync(world, Ready);

        meter.Print(ride);
        ExpectedScreen asks = Asks(ride);
        await Ride.WaitForAsync(world, asks);
        meter.Print(ride);
        world.TypeNumber(customer);
        await Ride.WaitForAsync(world, FareScenarios.Paid);
        meter.Print(ride, PrintFault.Copy);
        await world.WaitAsync(() => world.AgentWrote("a copy of the receipt of trip"), "the agent's word that it knows the copy");

        int shown = world.Display.History.Count;
        meter.Print(unheard, PrintFault.Copy);
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(AsksForCopy.Matches), "the question for the copy");
        Ride.Require(world.Apis.Payments().Count == 1, "a customer was asked for a copy");
        await NothingIsDueAsync(world, "**", AsksForCopy);
        return Paid(world, ride, customer, asks, Ride.Asked, FareScenarios.Paid, AsksForCopy, NothingDue);
    }

    private static async Task<Expectation> PrinterTornAsync(World world)
    {
        PrinterMeter meter = world.Printer!;
        Customer customer = world.NewCustomer();
        PrintedRide ride = world.NewPrintedRide();
        PrintedRide first = world.NewPrintedRide();
        PrintedRide second = world.NewPrintedRide(fare: 20_000);
        world.StartAgent();
        await Ride.WaitForAsync(world, Ready);

        PrintedReceipt torn = meter.Print(ride, PrintFault.Torn);
        await Ride.WaitForAsync(world, AsksForReceipt);
        Ride.Require(world.Apis.Payments().Count == 0, "a customer was asked for half a receipt");
        ExpectedScreen typed = new($"{ScreenWords.Amount(ride.Total)} as keyed", screen => AsksForReceipt.Matches(screen) && screen.Shows(ScreenWords.Amount(ride.Total)));
        ExpectedScreen sure = new($"the question whether {ScreenWords.Amount(ride.Total)} is right", screen => screen.Shows("Right?") && screen.Shows(ScreenWords.Amount(ride.Total)));
        await Ride.PressAsync(world, ride.Total.ToString(System.Globalization.CultureInfo.InvariantCulture), typed);
        await Ride.PressAsync(world, "#", sure);
        ExpectedScreen asks = Asks(ride);
        world.Keyed(torn, ride.Total);
        await Ride.PressAsync(world, "1", asks);
        world.TypeNumber(customer);
        await Ride.WaitForAsync(world, FareScenarios.Paid);

        int shown = world.Display.History.Count;
        meter.Print(first, PrintFault.Interleaved, second);
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(AsksForReceipt.Matches), "the question for two receipts in one");
        Ride.Require(world.Apis.Payments().Count == 1, "a customer was asked for two receipts in one");
        await NothingIsDueAsync(world, "*", AsksForReceipt);

        TripKey key = world.Evidence().Meter.Acknowledged.Single().Key;
        return new Expectation
        {
            Trips = [new ExpectedTrip(key, Verdict.Paid, ride.Total, Payments: 1, customer.Msisdn, Captures: 1)],
            Screens = [AsksForReceipt, typed, sure, asks, Ride.Asked, FareScenarios.Paid, AsksForReceipt, NothingDue],
        };
    }

    /// <summary>The driver says that nothing is due for what was asked, and the question is gone.</summary>
    /// <param name="clears">The keys that clear what may have been keyed, and ask whether nothing is due.</param>
    private static async Task NothingIsDueAsync(World world, string clears, ExpectedScreen question)
    {
        await Ride.PressAsync(world, clears, NothingDue);
        int asked = world.Display.History.Count;
        world.Keypad.Type("1");
        await world.WaitAsync(() => world.Display.History.Skip(asked).Any(screen => !screen.IsBlank && !question.Matches(screen) && !NothingDue.Matches(screen)), "the end of the question");
    }

    public static ExpectedScreen Asks(PrintedRide ride) => new($"{ScreenWords.Amount(ride.Total)} and a question for the number", screen => ScreenWords.Asks(screen, ride.Total));

    private static Expectation Paid(World world, PrintedRide ride, Customer customer, params ExpectedScreen[] screens) => new()
    {
        Trips = [new ExpectedTrip(ride.Key(world.Printer!.Id), Verdict.Paid, ride.Total, Payments: 1, customer.Msisdn, Captures: 1)],
        Screens = [.. screens],
    };
}
