using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A meter that only prints, and the agent in the line to its printer: the paper is the meter's whatever becomes of the agent, and the fare is paid.</summary>
internal static class InLineScenarios
{
    /// <summary>Bytes of a print after which it is under way: behind its picture, before its total.</summary>
    private const int UnderWay = 150;

    /// <summary>A meter's thinking before a line: shorter than what is taken for its silence.</summary>
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes that a port's settings could keep, stop or change; a printer says such things of itself.</summary>
    private static readonly byte[] PrintersAnswer = [0x13, 0x11, 0x12, 0x16, 0x00, 0x1A, 0x0D, 0x0A, 0xFF, 0x03];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("printer-in-line", "the agent sits between a meter and its printer: every byte passes, our receipts come between the meter's prints; also killed and stopped in the midst of one",
        [
            new ScenarioPart("between", BetweenAsync, InLine),
            new ScenarioPart("killed", KilledAsync, InLine),
            new ScenarioPart("stopped", StoppedAsync, InLine),
        ]),
    ];

    private static WorldOptions InLine(WorldOptions options) => Steps.WithoutExpiry(options with { PrinterMeter = true, PrinterInLine = true, PrintsReceipt = "always" });

    // The customer pays while the meter prints a copy, slowly: our receipt has to wait for its end.
    private static async Task<Expectation> BetweenAsync(World world)
    {
        Customer customer = world.NewCustomer();
        PrintedRide ride = world.NewPrintedRide();
        await SwitchOnAsync(world);
        world.Printer!.Print(ride);
        await Ride.WaitForAsync(world, Asks(ride));
        world.Box!.FromPrinter(PrintersAnswer);
        world.Cable!.BeforeLine = Thinking;
        Task copy = Task.Run(() => world.Printer.Print(ride, PrintFault.Copy));
        world.TypeNumber(customer);
        await Ride.WaitForAsync(world, FareScenarios.Paid);
        Steps.Require(!copy.IsCompleted, "the copy was printed before the fare was paid: this has shown nothing");
        await copy;
        world.Cable.BeforeLine = TimeSpan.Zero;
        await ReceiptsAsync(world, 1);
        world.Printer.Print(ride, PrintFault.Copy);
        await world.WaitAsync(() => world.Box.AtPrinter.AsSpan().EndsWith(world.Cable.Sent.AsSpan(^16..)), "the end of another copy, behind our receipt");
        Steps.Require(world.Box.AtMeter.AsSpan().SequenceEqual(PrintersAnswer), $"the printer said {Convert.ToHexString(PrintersAnswer)}, the meter heard {Convert.ToHexString(world.Box.AtMeter)}");
        Judge(world, [], receipts: 1);
        return Paid(world, (ride, customer));
    }

    private static async Task<Expectation> KilledAsync(World world)
    {
        Customer customer = world.NewCustomer();
        PrintedRide ride = world.NewPrintedRide(fare: 22_000);
        await SwitchOnAsync(world);
        (PrintedRide first, Customer payer) = await PayAsync(world, receipts: 1);

        Task print = await BeginPrintAsync(world, ride);
        int before = world.Cable!.Count;
        await world.KillAgentAsync("killed while the meter prints");
        Steps.Require(!world.Box!.Held, "the agent is dead and the bypass is open");
        await Task.Delay(BypassRelay.Settled * 2);
        (int From, int To)[] kills = [(before, world.Cable.Count)];
        Steps.Require(!print.IsCompleted, "the meter had printed before the agent was killed: this has shown nothing");
        await print;
        await UnheardAsync(world);
        return await AgainAsync(world, ride, customer, kills, (first, payer));
    }

    private static async Task<Expectation> StoppedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        PrintedRide ride = world.NewPrintedRide(fare: 22_000);
        await SwitchOnAsync(world);
        (PrintedRide first, Customer payer) = await PayAsync(world, receipts: 1);

        Task print = await BeginPrintAsync(world, ride);
        int stopping = world.Cable!.Count;
        await world.StopAgentAsync();
        // A meter of ours that had no processor meanwhile has paused where a real one does not.
        (int From, int To)[] stalls = [.. world.Cable.Stalls.Where(at => at >= stopping).Select(at => (at, at + UnderWay))];
        Steps.Require(print.IsCompleted || stalls.Length > 0, "the agent has left the line in the midst of a print");
        Steps.Require(!world.Box!.Held, "the agent has stopped and the bypass is open");
        await print;
        await UnheardAsync(world);
        return await AgainAsync(world, ride, customer, stalls, (first, payer));
    }

    private static async Task SwitchOnAsync(World world)
    {
        world.StartAgent();
        await world.WaitAsync(() => world.Box!.Held, "the agent in the line");
        await world.WaitForScreenAsync(screen => !screen.IsBlank, "anything on it");
    }

    private static async Task<(PrintedRide Ride, Customer Customer)> PayAsync(World world, int receipts)
    {
        Customer customer = world.NewCustomer();
        PrintedRide ride = world.NewPrintedRide();
        world.Printer!.Print(ride);
        await PayAsync(world, ride, customer, receipts);
        return (ride, customer);
    }

    private static async Task PayAsync(World world, PrintedRide ride, Customer customer, int receipts)
    {
        await Ride.WaitForAsync(world, Asks(ride));
        world.TypeNumber(customer);
        await world.WaitForScreenAsync(screen => FareScenarios.Paid.Matches(screen) && screen.Shows(ScreenWords.Amount(ride.Total)), $"PAID for {ScreenWords.Amount(ride.Total)}");
        await ReceiptsAsync(world, receipts);
    }

    private static async Task<Task> BeginPrintAsync(World world, PrintedRide ride)
    {
        int before = world.Cable!.Count;
        Task print = Task.Run(() => world.Printer!.Print(ride));
        await world.WaitAsync(() => world.Cable.Count > before + UnderWay, "a print under way");
        return print;
    }

    // While the agent is off the bypass carries a whole receipt, which nobody hears.
    private static async Task UnheardAsync(World world)
    {
        await Task.Delay(BypassRelay.Settled * 2);
        int before = world.Box!.AtPrinter.Length;
        int sent = world.Cable!.Count;
        await Task.Run(() => world.Printer!.Print(world.NewPrintedRide(fare: 18_000)));
        Steps.Require(world.Box.AtPrinter.Length - before == world.Cable.Count - sent, "the bypass has not carried what the meter printed while the agent was off");
    }

    // What nobody heard to its end is printed once more, and is a fare then.
    private static async Task<Expectation> AgainAsync(World world, PrintedRide ride, Customer customer, IReadOnlyList<(int From, int To)> kills, (PrintedRide, Customer) before)
    {
        await SwitchOnAsync(world);
        world.Printer!.Print(ride);
        await PayAsync(world, ride, customer, receipts: 2);
        Judge(world, kills, receipts: 2);
        return Paid(world, before, (ride, customer));
    }

    // As somebody sees it who looks at the paper, wherever on it they are.
    private static Task ReceiptsAsync(World world, int receipts) => world.WaitAsync(
        () =>
        {
            var roll = new PaperRoll();
            roll.Write(world.Box!.AtPrinter);
            return roll.Slips.Count(IsOurs) >= receipts;
        },
        $"{receipts} receipts of ours on paper");

    private static bool IsOurs(PaperSlip slip) => slip.Lines.Any(line => line.Contains(AgentConfiguration.PaperHeader, StringComparison.Ordinal));

    private static void Judge(World world, IReadOnlyList<(int From, int To)> kills, int receipts)
    {
        PaperReading reading = SharedPaper.Read(world.Cable!.Sent, world.Cable.Prints, world.Box!.AtPrinter, kills);
        world.Transcript.Say("paper", $"{world.Cable.Count} bytes of the meter's, {world.Box.Bypassed} of them by the bypass, {reading.Missing} missing, {reading.Slips.Count} slips of ours");
        Steps.Require(reading.Faults.Count == 0, string.Join("; ", reading.Faults));
        Steps.Require(reading.Slips.Count == receipts, $"{reading.Slips.Count} receipts of ours are on the paper, {receipts} were paid for");
        Steps.Require(reading.Slips.All(IsOurs), "a slip between the meter's prints is not our receipt");
    }

    private static ExpectedScreen Asks(PrintedRide ride) => PrinterScenarios.Asks(ride);

    private static Expectation Paid(World world, params (PrintedRide Ride, Customer Customer)[] fares) => new()
    {
        Trips = [.. fares.Select(fare => new ExpectedTrip(fare.Ride.Key(world.Printer!.Id), Verdict.Paid, fare.Ride.Total, Payments: 1, fare.Customer.Msisdn, Captures: 1))],
        Screens = [.. fares.SelectMany(fare => new[] { Asks(fare.Ride), Ride.Asked, FareScenarios.Paid })],
    };
}
