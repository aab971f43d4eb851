using System.Globalization;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What comes over GPIO lines: a meter that says no amount, whose driver keys what is due; the ignition.</summary>
internal static class ContactScenarios
{
    /// <summary>Longer than any contact bounces: what does not stand so long is not seen at real lines.</summary>
    private static readonly TimeSpan Stands = TimeSpan.FromMilliseconds(300);

    public static readonly ExpectedScreen Ready = new("that it is ready, and hears the meter", screen => screen.Shows("Ready") && !screen.Shows("silent"));

    public static readonly ExpectedScreen AsksAmount = new("the question for the amount", screen => screen.Shows("Amount?") && screen.Shows("0,00 kr"));

    private static readonly ExpectedScreen AsksAnything = new("a question for an amount", screen => screen.Shows("Amount?"));

    private static readonly ExpectedScreen IgnitionOff = new("that the ignition is off", screen => screen.Shows("Ignition is off"));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario(
            "contact-meter",
            "a meter with contacts only: killed between the stop and the amount, the driver is asked again, keys it, and the customer pays",
            ContactMeterAsync,
            options => options with { ContactMeter = true }),
        new PlayedScenario(
            "ignition",
            "the ignition goes before the request and while the customer thinks: nothing new is begun until it is back, and the fare is paid once",
            IgnitionAsync,
            options => Unhurried(options) with { Ignition = true }),
    ];

    // Long enough that the ignition is off, on a machine with much else to do, before the customer approves.
    private static WorldOptions Unhurried(WorldOptions options) => Ride.Paced(pace => pace with { CustomerThinks = TimeSpan.FromSeconds(3) })(options);

    private static async Task<Expectation> IgnitionAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await world.SwitchOnAsync();
        await world.DriveAsync();
        world.Ignition!.Turn(on: false);
        await Ride.WaitForAsync(world, IgnitionOff);
        // Stored and acknowledged all the same; asked for is nobody.
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        ExpectedScreen kept = new($"{ScreenWords.Amount(fare.Total)} and that the ignition is off", screen => IgnitionOff.Matches(screen) && screen.Shows(ScreenWords.Amount(fare.Total)));
        await Ride.WaitForAsync(world, kept);
        await world.WaitAsync(() => world.AgentWrote("the supply may go"), "the agent's word that the supply may go");
        Ride.Require(world.Apis.Payments().Count == 0, "a customer was asked although the ignition was off");

        // The same process goes on.
        int process = world.Agent!.Id;
        world.Ignition.Turn(on: true);
        await Ride.WaitForAsync(world, Ride.Asked);
        int shown = world.Display.History.Count;
        world.Ignition.Turn(on: false);
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(IgnitionOff.Matches), "a screen that says that the ignition is off again");
        PaymentFacts asked = await Steps.RequestedAsync(world, fare);
        await world.WaitAsync(() => Steps.Payment(world, asked.Reference).State == "AUTHORIZED", "the customer's approval");
        Ride.Require(Steps.Payment(world, asked.Reference).Captured == 0, "it was captured although the ignition was off");
        world.Ignition.Turn(on: true);
        await Ride.WaitForPaidAsync(world, fare);
        Ride.Require(world.Agent is { HasExited: false } agent && agent.Id == process, "the agent was started anew");
        world.Meter.ForHire();
        return Ride.Paid(fare, customer, payments: 1, IgnitionOff, kept, Ride.Asked);
    }

    private static async Task<Expectation> ContactMeterAsync(World world)
    {
        const long due = 34_500;
        ContactMeter meter = world.Contacts!;
        Customer customer = world.NewCustomer();
        world.StartAgent();
        await Ride.WaitForAsync(world, Ready);

        await DriveAsync(world);
        await Ride.WaitForAsync(world, AsksAmount);
        await world.KillAgentAsync("cut between the stop and the amount");
        world.StartAgent();
        await Ride.WaitForAsync(world, AsksAmount);

        ExpectedScreen typed = Amount(due, "Amount?");
        ExpectedScreen sure = Amount(due, "Right? 1=yes");
        ExpectedScreen slip = Amount(34, "Amount?");
        // A slip, taken back: what stands there is looked at before it is confirmed.
        await Ride.PressAsync(world, "34", slip);
        await Ride.PressAsync(world, "<<34500", typed);
        await Ride.PressAsync(world, "#", sure);
        Ride.Require(world.Apis.Payments().Count == 0, "a customer was asked before the amount was confirmed");
        ExpectedScreen asks = new($"{ScreenWords.Amount(due)} and a question for the number", screen => ScreenWords.Asks(screen, due));
        world.Keyed(due);
        await Ride.PressAsync(world, "1", asks);
        world.TypeNumber(customer);
        await Ride.WaitForAsync(world, Ride.Asked);
        // The meter is closed while the customer still thinks: nothing of a payment under way is undone by a contact.
        meter.Paid();
        await Ride.WaitForAsync(world, FareScenarios.Paid);
        meter.ForHire();
        await Task.Delay(Stands);

        // A second ride, in cash and closed at the meter: the question goes away by itself.
        int before = world.Display.History.Count;
        await DriveAsync(world);
        await world.WaitAsync(() => world.Display.History.Skip(before).Any(AsksAmount.Matches), "the question for the second ride's amount");
        int asked = world.Display.History.Count;
        meter.Paid();
        await world.WaitAsync(() => world.Display.History.Skip(asked).Any(screen => !screen.IsBlank && !AsksAnything.Matches(screen)), "the end of the question, paid at the meter");
        meter.ForHire();
        Ride.Require(!AsksAnything.Matches(world.Display.Current), "the amount is asked for although it was paid at the meter");

        // Nothing is left that the meter would have to be told: it cannot be told anything.
        await world.WaitAsync(() => world.Apis.Payments() is [{ ReceiptTotal: due }], "the receipt");
        string open = await world.CommandAsync("trips", "--open", "--json");
        Ride.Require(!open.Contains(meter.Id, StringComparison.Ordinal), $"a trip is still open: {open}");

        TripKey key = world.Evidence().Meter.Acknowledged.Single().Key;
        return new Expectation
        {
            Trips = [new ExpectedTrip(key, Verdict.Paid, due, Payments: 1, customer.Msisdn, Captures: 1)],
            Screens = [AsksAmount, AsksAmount, slip, typed, sure, asks, Ride.Asked, FareScenarios.Paid, AsksAmount],
        };
    }

    /// <summary>A passenger gets in, and out again.</summary>
    public static async Task DriveAsync(World world)
    {
        world.Contacts!.Hired();
        await Task.Delay(Stands);
        world.Contacts.Stopped();
    }

    public static ExpectedScreen Amount(long minor, string beside)
    {
        string amount = string.Create(CultureInfo.InvariantCulture, $"{ScreenWords.Amount(minor)} kr");
        return new ExpectedScreen($"{amount} and {beside}", screen => screen.Lines.Any(line => line.Trim() == amount) && screen.Shows(beside));
    }
}
