using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The driver's keypad and display fail in the middle of a fare.</summary>
internal static class PanelScenarios
{
    private static readonly ExpectedScreen KeypadGone = new("that the keypad is gone", screen => screen.Shows("Keypad is gone"));

    private static readonly ExpectedScreen Free = new("that the taxi is free", screen => screen.Shows("Ready"));

    private static readonly ExpectedScreen AllWell = new("that the taxi is free and nothing is wrong", screen => screen.Shows("Ready") && string.IsNullOrWhiteSpace(screen.Lines[1]));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts(
            "keypad-unplugged",
            "the keypad is pulled out: the display says so, and the fare is paid once it is back",
            [
                new ScenarioPart("while-a-number-is-asked-for", WhileAskedAsync, Pluggable),
                new ScenarioPart("in-the-middle-of-a-number", InTheMiddleAsync, Pluggable),
                new ScenarioPart("while-the-taxi-is-free", WhileFreeAsync, Pluggable),
            ]),
        new ScenarioInParts(
            "display-dead",
            "the display hangs, or is gone, while a fare is paid: the payment goes on, and the display shows the right thing when it is back",
            [
                new ScenarioPart("does-not-read", world => DeadAsync(world, world.Display.StopReading, world.Display.ReadAgain)),
                new ScenarioPart("gone", world => DeadAsync(world, world.Display.Unplug, world.Display.Plug)),
                new ScenarioPart("gone-from-the-bus", world => DeadAsync(world, world.Display.Unplug, world.Display.Plug), OnTheBus),
                new ScenarioPart("not-there-at-the-start", NotThereAtTheStartAsync, OnTheBus),
                new ScenarioPart("four-lines-on-the-bus", world => DeadAsync(world, world.Display.Unplug, world.Display.Plug), FourLines),
                new ScenarioPart("brown-out", BrownOutAsync, OnTheBus),
            ]),
    ];

    private static WorldOptions Pluggable(WorldOptions options) => options with { PluggableKeypad = true };

    private static WorldOptions OnTheBus(WorldOptions options) => options with { Display = DisplayModel.Backpack };

    private static WorldOptions FourLines(WorldOptions options) => options with { Display = DisplayModel.Backpack, DisplayColumns = 20, DisplayRows = 4 };

    private static async Task<Expectation> WhileAskedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Ride.FinishAsync(world, begunHere: true);
        await Ride.WaitForAsync(world, FareScenarios.Question(fare));
        await UnplugAsync(world);
        await PlugAsync(world, FareScenarios.Question(fare));
        world.TypeNumber(customer);
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 1, KeypadGone);
    }

    private static async Task<Expectation> InTheMiddleAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Ride.FinishAsync(world, begunHere: true);
        await Ride.WaitForAsync(world, FareScenarios.Question(fare));
        string begun = customer.National[..3];
        var halfway = new ExpectedScreen("what was typed so far", screen => screen.Shows(begun + "_"));
        await Ride.PressAsync(world, begun, halfway);
        await UnplugAsync(world);
        // What was typed is still there, once: the driver goes on where they were.
        await PlugAsync(world, halfway);
        world.Keypad.Type(customer.National[3..] + "#");
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 1, KeypadGone);
    }

    private static async Task<Expectation> WhileFreeAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await Ride.WaitForAsync(world, Free);
        await UnplugAsync(world);
        await PlugAsync(world, Free);
        await world.DriveAsync();
        TripFare fare = world.NewTrip();
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await Ride.KeyNumberAsync(world, fare, customer);
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 1, KeypadGone);
    }

    private static async Task<Expectation> DeadAsync(World world, Action die, Action comeBack)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Ride.FinishAsync(world, begunHere: true);
        await Ride.WaitForAsync(world, FareScenarios.Question(fare));
        world.Transcript.Say("driver", "sees the display die");
        die();
        int seen = world.Display.History.Count;
        world.TypeNumber(customer);
        await world.WaitForPaidAsync(fare);
        Ride.Require(world.Display.History.Count == seen, "the dead display showed nothing of it");
        comeBack();
        world.Transcript.Say("driver", "sees the display come back");
        await world.WaitAsync(() => world.Display.History.Skip(seen).Any(FareScenarios.Paid.Matches), "PAID on the display that is back");
        return Ride.Paid(fare, customer, payments: 1);
    }

    private static async Task<Expectation> NotThereAtTheStartAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Display.Unplug();
        TripFare fare = await Ride.FinishAsync(world, customer);
        await world.WaitForPaidAsync(fare);
        Ride.Require(world.AgentWrote("is not there"), "the log says that there is no display");
        world.Display.Plug();
        await Ride.WaitForAsync(world, FareScenarios.Paid);
        return Ride.Paid(fare, customer, payments: 1) with { KeysPressed = false };
    }

    private static async Task<Expectation> BrownOutAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await Ride.WaitForAsync(world, AllWell);
        // The starter takes the display's power for a moment, and nobody is told.
        world.Display.LosePower();
        TripFare fare = world.NewTrip();
        await world.DriveAsync();
        int seen = world.Display.History.Count;
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await world.WaitAsync(() => world.Display.History.Skip(seen).Any(FareScenarios.Question(fare).Matches), "the question, on a display that has forgotten everything");
        world.TypeNumber(customer);
        await Ride.WaitForPaidAsync(world, fare);
        return Ride.Paid(fare, customer, payments: 1);
    }

    private static async Task UnplugAsync(World world)
    {
        int shown = world.Display.History.Count;
        world.Transcript.Say("driver", "pulls the keypad out");
        world.Keypad.Unplug();
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(KeypadGone.Matches), KeypadGone.What);
    }

    private static async Task PlugAsync(World world, ExpectedScreen then)
    {
        int shown = world.Display.History.Count;
        world.Transcript.Say("driver", "plugs the keypad in");
        world.Keypad.Plug();
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(screen => then.Matches(screen) && !KeypadGone.Matches(screen)), then.What);
    }
}
