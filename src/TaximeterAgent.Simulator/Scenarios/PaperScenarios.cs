using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A customer who says no number pays by a code on paper: by what the paper says, and by nothing else.</summary>
internal static class PaperScenarios
{
    private static readonly ExpectedScreen Scan = new("that the slip is to be scanned", screen => screen.Shows("Scan the slip"));
    private static readonly ExpectedScreen NoPaper = new("that there is no paper", screen => screen.Shows("No paper"));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("qr-on-paper", "the customer says no number: a code is printed, scanned, approved; also without paper at first, with a crash, and with a number after all",
        [
            new ScenarioPart("scanned", ScannedAsync, WithPrinter),
            new ScenarioPart("no-paper", NoPaperAsync, WithPrinter),
            new ScenarioPart("killed", KilledAsync, WithPrinter),
            new ScenarioPart("number-after-all", NumberAfterAllAsync, WithPrinter),
        ]),
    ];

    private static WorldOptions WithPrinter(WorldOptions options) => Steps.WithoutExpiry(options with { Printer = true });

    private static async Task<Expectation> ScannedAsync(World world)
    {
        TripFare fare = await AskForCodeAsync(world);
        PaperSlip slip = await SlipAsync(world, fare, 1);
        await Steps.SeeAsync(world, Scan);
        return await PaidByAsync(world, fare, slip);
    }

    private static async Task<Expectation> NoPaperAsync(World world)
    {
        world.Paper!.Fault = PaperFault.NoPaper;
        TripFare fare = await AskForCodeAsync(world);
        await Steps.SeeAsync(world, NoPaper);
        Steps.Require(world.Paper.Slips.Count == 0, "a slip came out of a printer without paper");
        world.Transcript.Say("driver", "puts paper in");
        world.Paper.Fault = PaperFault.None;
        PaperSlip slip = await SlipAsync(world, fare, 1);
        await Steps.SeeAsync(world, Scan);
        return await PaidByAsync(world, fare, slip);
    }

    // What the printer had in its hands is not known after a crash: the same code once more, never another one.
    private static async Task<Expectation> KilledAsync(World world)
    {
        TripFare fare = await AskForCodeAsync(world);
        PaperSlip first = await SlipAsync(world, fare, 1);
        await world.KillAgentAsync("the battery is dead");
        world.StartAgent();
        PaperSlip second = await SlipAsync(world, fare, 2);
        Steps.Require(first.Links.Single() == second.Links.Single(), "after the crash the paper has another code: two payments could be approved");
        return await PaidByAsync(world, fare, first);
    }

    private static async Task<Expectation> NumberAfterAllAsync(World world)
    {
        TripFare fare = await AskForCodeAsync(world);
        PaperSlip slip = await SlipAsync(world, fare, 1);
        Customer customer = world.NewCustomer();
        await Steps.SeeAsync(world, Scan);
        await Steps.PressAsync(world, "*", Steps.OtherRequests);
        world.Keypad.Type("2");
        world.TypeNumber(customer);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare).Length == 2, "a request to the number");
        // The slip is still in the customer's hand.
        Scans(world, slip);
        await Steps.PaidAsync(world, fare);
        PaymentFacts[] payments = Steps.RequestsFor(world, fare);
        Steps.Require(payments[0] is { State: "TERMINATED", Captured: 0 }, $"the code's payment is {payments[0].State} although a number was asked after it");
        Steps.Require(payments[1].PhoneNumber == customer.Msisdn, "the second request asked another number than the one that was keyed");
        return new Expectation { Trips = [Steps.Paid(fare, customer: null, payments: 2)], Screens = [FareScenarios.Question(fare), Scan, FareScenarios.Paid] };
    }

    private static async Task<TripFare> AskForCodeAsync(World world)
    {
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip();
        await Steps.FinishAsync(world, fare);
        await Steps.SeeAsync(world, FareScenarios.Question(fare));
        world.Keypad.Type("0#");
        PaymentFacts payment = await Steps.RequestedAsync(world, fare);
        Steps.Require(payment is { UserFlow: "QR", PhoneNumber: null }, $"a code was asked for, and the request is {payment.UserFlow} to {payment.PhoneNumber ?? "nobody"}");
        return fare;
    }

    /// <summary>The slip that came out as number <paramref name="count"/>: with the amount, and a code that says what the service has given.</summary>
    private static async Task<PaperSlip> SlipAsync(World world, TripFare fare, int count)
    {
        await world.WaitAsync(() => world.Paper!.Slips.Count >= count, $"slip {count} out of the printer");
        PaperSlip slip = world.Paper!.Slips[count - 1];
        string[] links = [.. slip.Links];
        Steps.Require(links.Length == 1, $"the slip has {links.Length} codes");
        Steps.Require(links[0] == Steps.RequestsFor(world, fare)[^1].RedirectUrl, "the code on paper is not what the service has given for this fare");
        string amount = ScreenWords.Amount(fare.Total);
        Steps.Require(slip.Lines.Any(line => line.Contains(amount, StringComparison.Ordinal)), $"the slip does not say {amount}");
        return slip;
    }

    private static async Task<Expectation> PaidByAsync(World world, TripFare fare, PaperSlip slip)
    {
        Scans(world, slip);
        await Steps.PaidAsync(world, fare);
        return new Expectation { Trips = [Steps.Paid(fare, customer: null)], Screens = [FareScenarios.Question(fare), FareScenarios.Paid] };
    }

    // Only what stands on the paper leads to a payment.
    private static void Scans(World world, PaperSlip slip)
    {
        string link = slip.Links.Single();
        PaymentFacts? scanned = world.Apis.Payments().FirstOrDefault(payment => payment.RedirectUrl == link);
        Steps.Require(scanned is not null, "the code on paper leads to no payment");
        world.Transcript.Say("customer", $"scans the slip: {scanned!.Reference}, {scanned.State}");
        world.Apis.Server.CustomerPlans(scanned.Reference, CustomerPlan.Approves(TimeSpan.FromMilliseconds(500)));
    }
}
