using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What an agent that starts finds to be other than it was: its store, its keys, its clock.</summary>
internal static class StoreScenarios
{
    private const long Reserved = 50_000;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("empty-outbox", "a new card in the board while a payment is there: it is found by its reference",
        [
            new ScenarioPart("open", OpenAsync),
            new ScenarioPart("captured", CapturedAsync),
            new ScenarioPart("reserved", ReservedAsync),
        ]),
        new PlayedScenario("database-corrupt", "the card spoils the database while a payment is open: it is set aside, the payment is found by its reference and captured once", DatabaseCorruptAsync),
        new ScenarioInParts("keys-rotated", "another sales unit is configured while a payment is open: it ends under its own, the next goes to the new one",
        [
            new ScenarioPart("by-hand", world => KeysRotatedAsync(world, ByHandAsync), WithTwoSalesUnits),
            new ScenarioPart("by-setup", world => KeysRotatedAsync(world, BySetupAsync), WithTwoSalesUnits),
        ]),
        new PlayedScenario("clock-jump", "the clock is years behind, is corrected while a fare waits, and is wrong again after a restart (libfaketime)", ClockJumpAsync),
    ];

    private static async Task<Expectation> OpenAsync(World world)
    {
        (TripFare fare, Customer customer) = await FareWithoutAckAsync(world);
        await world.WaitAsync(() => Payment(world) is { State: "CREATED" }, "the request to the customer");
        await NewCardAsync(world);
        await world.WaitForAcknowledgedAsync(fare);
        Approve(world);
        await PaidAsync(world, fare);
        return OnePayment(fare, customer);
    }

    private static async Task<Expectation> CapturedAsync(World world)
    {
        (TripFare fare, Customer customer) = await FareWithoutAckAsync(world);
        await world.WaitAsync(() => Payment(world) is { State: "CREATED" }, "the request to the customer");
        Approve(world);
        await world.WaitAsync(() => Payment(world) is { Captured: > 0 }, "the capture");
        await NewCardAsync(world);
        await PaidAsync(world, fare);
        return OnePayment(fare, customer);
    }

    private static async Task<Expectation> ReservedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        world.Meter.Book("B-9", "+" + customer.Msisdn, "NOK", Reserved);
        await world.WaitAsync(() => Payment(world) is { State: "AUTHORIZED" }, "the reservation");
        await world.KillAgentAsync("the board loses its power");
        world.EmptyOutbox();
        world.StartAgent();
        await world.DriveAsync();
        TripFare fare = world.NewTrip() with { Booking = "B-9" };
        world.Meter.Finish(fare);
        await PaidAsync(world, fare);
        return OnePayment(fare, customer);
    }

    private static async Task<Expectation> DatabaseCorruptAsync(World world)
    {
        (TripFare fare, Customer customer) = await FareWithoutAckAsync(world);
        await world.WaitAsync(() => Payment(world) is { State: "CREATED" }, "the request to the customer");
        await world.KillAgentAsync("the board loses its power");
        if (world.Meter.Acknowledged.Count > 0)
            throw new ScenarioFailed("the meter heard the agent though the wire was broken");
        world.SpoilDatabase();
        world.Meter.Deaf = false;
        world.StartAgent();
        await RefusedAsync(world);
        await world.CommandAsync("outbox", "quarantine", "--yes");
        world.StartAgent();
        await world.WaitForAcknowledgedAsync(fare);
        Approve(world);
        await PaidAsync(world, fare);
        return OnePayment(fare, customer);
    }

    // The agent does not begin anew by itself: it ends, and says what a person has to do.
    private static async Task RefusedAsync(World world)
    {
        AgentProcess agent = world.Agent!;
        using var limit = new CancellationTokenSource(world.Pace.Patience);
        await agent.WaitForExitAsync(limit.Token);
        if (agent.ExitCode == 0)
            throw new ScenarioFailed("the agent took a database for its own that is none");
        if (!world.ForeignAgent && !world.AgentWrote("outbox quarantine"))
            throw new ScenarioFailed("the agent did not say how its database is set aside");
        await world.KillAgentAsync("the agent has refused its database and ended");
    }

    // As with a partner's keys: one set acts for both.
    private static WorldOptions WithTwoSalesUnits(WorldOptions options) =>
        options with { SalesUnits = [ServerDefaults.SalesUnit, ServerDefaults.OtherSalesUnit with { Keys = ServerDefaults.Keys }] };

    private static async Task ByHandAsync(World world)
    {
        await world.StopAgentAsync();
        world.Reconfigure(root => root["EPayment"]!["MerchantSerialNumber"] = ServerDefaults.OtherMsn);
    }

    // As a fleet does it: while the agent runs, which then starts anew. The keys leave the configuration for files of their own.
    private static async Task BySetupAsync(World world)
    {
        string file = Path.Combine(world.Places.Root, "new-keys.json");
        var keys = new JsonObject { ["EPayment"] = new JsonObject { ["MerchantSerialNumber"] = ServerDefaults.OtherMsn } };
        using (var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            stream.Write(Encoding.UTF8.GetBytes(keys.ToJsonString()));
        await world.CommandAsync("setup", "--from", file, "--yes");
        if (Payment(world) is not { State: "CREATED", Msn: ServerDefaults.Msn })
            throw new ScenarioFailed("the check of the new keys has touched the payment that is open");
        string config = await File.ReadAllTextAsync(world.Places.Configuration);
        if (config.Contains(ServerDefaults.ClientSecret, StringComparison.Ordinal) || !config.Contains(ServerDefaults.OtherMsn, StringComparison.Ordinal))
            throw new ScenarioFailed("setup has not brought the keys to where they belong");
        await world.StopAgentAsync();
    }

    private static async Task<Expectation> KeysRotatedAsync(World world, Func<World, Task> rotate)
    {
        Customer first = WhoWaits(world);
        await world.SwitchOnAsync();
        await world.DriveAsync();
        TripFare open = world.NewTrip() with { Phone = first.National };
        world.Meter.Finish(open);
        await world.WaitForAcknowledgedAsync(open);
        await world.WaitAsync(() => Payment(world) is { State: "CREATED" }, "the request to the customer");

        await rotate(world);
        world.StartAgent();
        Approve(world);
        await PaidAsync(world, open);

        Customer second = world.NewCustomer();
        await world.DriveAsync();
        TripFare next = world.NewTrip() with { Phone = second.National };
        world.Meter.Finish(next);
        await PaidAsync(world, next);
        string[] units = [.. world.Apis.Payments().Select(payment => payment.Msn)];
        if (!units.SequenceEqual([ServerDefaults.Msn, ServerDefaults.OtherMsn]))
            throw new ScenarioFailed($"the payments were made under {string.Join(", ", units)}, expected {ServerDefaults.Msn}, {ServerDefaults.OtherMsn}");
        return new Expectation
        {
            Trips =
            [
                new ExpectedTrip(open.Key, Verdict.Paid, open.Total, Payments: 1, first.Msisdn, Captures: 1),
                new ExpectedTrip(next.Key, Verdict.Paid, next.Total, Payments: 1, second.Msisdn, Captures: 1),
            ],
            Screens = [FareScenarios.Paid],
            KeysPressed = false,
        };
    }

    private static async Task<Expectation> ClockJumpAsync(World world)
    {
        const int eightYears = 8 * 365;
        FakeClock clock = world.GiveClock();
        Customer customer = WhoWaits(world);
        clock.Set(-eightYears);
        await world.SwitchOnAsync();
        await RequireClockAsync(world, -eightYears);

        // While the fare waits for the network the clock is corrected: eight years are no reason to give it up.
        await world.DriveAsync();
        world.Network.SwitchOff();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await world.WaitForScreenAsync(screen => ScreenWords.Waits(screen) && screen.Shows("network"), "waiting for the network");
        world.Transcript.Say("power", "the agent's clock is corrected by eight years");
        clock.Set(0);
        await RequireClockAsync(world, 0);
        world.Network.SwitchOn();
        await world.WaitAsync(() => Payment(world) is { State: "CREATED" }, "the request to the customer");

        // The board has no battery: after a restart it is years behind again, with the payment open.
        await world.KillAgentAsync("the board loses its power, and its clock");
        clock.Set(-2 * eightYears);
        world.StartAgent();
        await world.WaitForScreenAsync(ScreenWords.Waits, "waiting for the customer, after the restart");
        await RequireClockAsync(world, -2 * eightYears);
        clock.Set(0);
        Approve(world);
        await PaidAsync(world, fare);
        return OnePayment(fare, customer);
    }

    // That the agent itself has the wrong time, by its own words; that a foreign agent says so cannot be asked.
    private static async Task RequireClockAsync(World world, int days)
    {
        if (world.ForeignAgent)
            return;
        string status = await world.CommandAsync("status", "--json");
        DateTimeOffset now = JsonNode.Parse(status)!["clock"]!["now"]!.GetValue<DateTimeOffset>();
        if (Math.Abs((now - DateTimeOffset.UtcNow).TotalDays - days) > 1)
            throw new ScenarioFailed($"the agent's clock says {now:O}, it should be {days} days off");
    }

    // The meter's FARE arrives, and nothing that the agent says comes back: no ACK, and later no PAID.
    internal static async Task<(TripFare Fare, Customer Customer)> FareWithoutAckAsync(World world)
    {
        Customer customer = WhoWaits(world);
        await world.SwitchOnAsync();
        await world.DriveAsync();
        await world.WaitAsync(() => !world.Meter.IsTalking, "the ACK of STOPPED");
        world.Transcript.Say("power", "the wire from the agent to the meter breaks");
        world.Meter.Deaf = true;
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        return (fare, customer);
    }

    private static async Task NewCardAsync(World world)
    {
        await world.KillAgentAsync("the board loses its power");
        if (world.Meter.Acknowledged.Count > 0 || world.Meter.Paid.Count > 0)
            throw new ScenarioFailed("the meter heard the agent though the wire was broken");
        world.EmptyOutbox();
        world.Meter.Deaf = false;
        world.StartAgent();
    }

    internal static Customer WhoWaits(World world)
    {
        Customer customer = world.NewCustomer();
        world.Apis.Customers.Number(customer.Msisdn, CustomerPlan.DoesNothing);
        return customer;
    }

    private static PaymentFacts? Payment(World world) => world.Apis.Payments().FirstOrDefault();

    private static void Approve(World world)
    {
        if (!world.Apis.Server.CustomerActs(Payment(world)!.Reference, CustomerAct.Approve))
            throw new ScenarioFailed("there is no payment to approve");
    }

    private static async Task PaidAsync(World world, TripFare fare)
    {
        await world.WaitForPaidAsync(fare);
        DateTimeOffset since = world.Meter.Paid.First(paid => paid.Key == fare.Key).At - world.Pace.AnswerTimeout;
        await world.WaitForScreenAsync(screen => FareScenarios.Paid.Matches(screen) && screen.At >= since, FareScenarios.Paid.What);
        await world.WaitForAcknowledgedAsync(fare);
    }

    private static Expectation OnePayment(TripFare fare, Customer customer) => new()
    {
        Trips = [new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, Payments: 1, customer.Msisdn, Captures: 1)],
        Screens = [FareScenarios.Paid],
        KeysPressed = false,
    };
}
