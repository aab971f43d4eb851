using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What happens to the line between meter and board: noise, a cable that is pulled, a meter that starts anew.</summary>
internal static class LineScenarios
{
    /// <summary>Every third frame or so is hit.</summary>
    private const double FaultsPerByte = 1.0 / 300;

    private static readonly ExpectedScreen NoLine = new("that the meter's line is not there", screen => screen.Shows("No meter line"));

    private static readonly ExpectedScreen Silent = new("that the meter is silent", screen => screen.Shows("Meter is silent"));

    private static readonly ExpectedScreen WrongMeter = new("that it is another meter", screen => screen.Shows("WRONG METER"));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("noisy-line", "bits flip, bytes are lost and doubled, both ways, all day: every fare is paid once and told once", NoisyLineAsync, WithoutSilence),
        new ScenarioInParts(
            "meter-unplugged",
            "the meter's cable is pulled and put back, and nothing is lost with it",
            [
                new ScenarioPart("during-a-result", UnpluggedDuringResultAsync),
                new ScenarioPart("during-a-fare", UnpluggedDuringFareAsync),
                new ScenarioPart("before-the-start", UnpluggedBeforeStartAsync),
            ]),
        new ScenarioInParts(
            "meter-reboots",
            "the meter starts anew in the middle of everything, its SEQ from anywhere",
            [
                new ScenarioPart("in-the-middle-of-a-trip", RebootsAsync, options => options with { MeterFirstSeq = 65_534 }),
                new ScenarioPart("falls-silent", FallsSilentAsync),
                new ScenarioPart("another-meter", OtherMeterAsync),
            ]),
    ];

    // On a bad line a heartbeat may be missed now and then: that the display says so is right, and not what is asked here.
    private static WorldOptions WithoutSilence(WorldOptions options) => Ride.Paced(pace => pace with { HeartbeatLost = TimeSpan.FromSeconds(30) })(options);

    private static async Task<Expectation> NoisyLineAsync(World world)
    {
        const int rides = 4;
        var toAgent = new Noise(new Random(815), FaultsPerByte);
        var toMeter = new Noise(new Random(4711), FaultsPerByte);
        var sent = new HashSet<string>(StringComparer.Ordinal);
        int again = 0;
        world.Meter.FrameLogged += frame => again += sent.Add(frame.Payload) ? 0 : 1;
        world.Meter.Mangle = toAgent.Damage;
        world.Meter.MangleReceived = toMeter.Damage;
        await world.SwitchOnAsync();
        var trips = new List<ExpectedTrip>();
        for (int ride = 0; ride < rides; ride++)
        {
            Customer customer = world.NewCustomer();
            TripFare fare = world.NewTrip() with { Phone = customer.National };
            await world.DriveAsync();
            int shown = world.Display.History.Count;
            world.Meter.Finish(fare);
            await world.WaitForAcknowledgedAsync(fare);
            await world.WaitForPaidAsync(fare);
            // Not from the ACK on: the one that the meter hears may be the answer to a late repeat.
            await world.WaitAsync(() => world.Display.History.Skip(shown).Any(FareScenarios.Paid.Matches), "a screen with PAID");
            world.Meter.ForHire();
            trips.Add(Steps.Paid(fare, customer));
        }

        // On until the line has shown both its sides, so that nobody passes by luck.
        await world.WaitAsync(() => toAgent.Faults >= 5 && world.Meter.DamagedFrames >= 3 && again >= 3, "enough faults on the line both ways");
        world.Meter.Mangle = null;
        return new Expectation { Trips = trips, KeysPressed = false };
    }

    private static async Task<Expectation> UnpluggedDuringResultAsync(World world)
    {
        Customer customer = world.NewCustomer();
        int results = 0;
        world.Meter.FrameLogged += frame => results += !frame.FromMeter && frame.Payload.StartsWith("PAID|", StringComparison.Ordinal) ? 1 : 0;
        world.Meter.IgnoreResults(1);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitAsync(() => results > 0, "PAID on the line, which the meter does not hear");
        world.PullCable();
        await Steps.SeeAsync(world, FareScenarios.Paid);
        // The driver looks at the next trip: there it says what is wrong.
        await Steps.PressAsync(world, "#", NoLine);
        Steps.Require(world.Meter.Paid.Count == 0, "the meter was told over a cable that is not there");
        int hellos = world.Meter.AgentHellos;
        world.PlugCable();
        await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "HELLO over the new cable");
        await world.WaitForPaidAsync(fare);
        await GoneAsync(world, NoLine);
        return new Expectation { Trips = [Steps.Paid(fare, customer)], Screens = [FareScenarios.Paid, NoLine] };
    }

    private static async Task<Expectation> UnpluggedDuringFareAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await world.DriveAsync();
        await world.WaitAsync(() => !world.Meter.IsTalking, "the ACK of STOPPED");
        world.PullCable();
        await Steps.SeeAsync(world, NoLine);
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        int shown = world.Display.History.Count;
        world.Meter.Finish(fare);
        for (int again = 0; again < 2; again++)
        {
            // In, and out again before anything can be settled.
            int hellos = world.Meter.AgentHellos;
            world.PlugCable();
            await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "HELLO over the new cable");
            if (again == 0)
                world.PullCable();
        }

        await world.WaitForAcknowledgedAsync(fare);
        await world.WaitForPaidAsync(fare);
        // Not from the ACK on: a fare that came over the first cable is paid before the meter hears that it is known.
        await world.WaitAsync(() => world.Display.History.Skip(shown).Any(FareScenarios.Paid.Matches), "a screen with PAID");
        world.Meter.ForHire();
        return new Expectation { Trips = [Steps.Paid(fare, customer)], Screens = [NoLine, FareScenarios.Paid], KeysPressed = false };
    }

    private static async Task<Expectation> UnpluggedBeforeStartAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.PullCable();
        world.Meter.SwitchOn();
        world.StartAgent();
        await Steps.SeeAsync(world, NoLine);
        world.PlugCable();
        await world.WaitAsync(() => world.Meter.AgentHellos > 0, "HELLO once there is a cable");
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        await Steps.PaidAsync(world, fare);
        return new Expectation { Trips = [Steps.Paid(fare, customer)], Screens = [NoLine, FareScenarios.Paid], KeysPressed = false };
    }

    private static async Task<Expectation> RebootsAsync(World world)
    {
        Customer first = world.NewCustomer();
        Customer second = world.NewCustomer();
        int results = 0;
        world.Meter.FrameLogged += frame => results += !frame.FromMeter && frame.Payload.StartsWith("PAID|", StringComparison.Ordinal) ? 1 : 0;
        await world.SwitchOnAsync();

        // While hired: SEQ wraps from 65535 to 0 on the way.
        world.Meter.Hired();
        await world.WaitAsync(() => !world.Meter.IsTalking, "the ACK of HIRED");
        world.Meter.Restart(65_535);
        await world.WaitAsync(() => !world.Meter.IsTalking, "the ACKs after the first restart");
        world.Meter.Stopped();

        // While FARE waits for an ACK that is on its way and never comes: the same fare again, under another SEQ.
        TripFare fare = world.NewTrip() with { Phone = first.National };
        world.Meter.Deaf = true;
        world.Meter.Finish(fare);
        await world.WaitAsync(() => world.Apis.Payments().Count > 0, "the request for a fare whose ACK was lost");
        world.Meter.Restart(17);
        world.Meter.Deaf = false;
        await world.WaitForAcknowledgedAsync(fare);

        // While PAID waits for its answer: told again at once after HELLO, and recorded once.
        world.Meter.IgnoreResults(1);
        await world.WaitAsync(() => results > 0, "PAID on the line, which the meter does not hear");
        world.Meter.Restart(0);
        await Steps.PaidAsync(world, fare);

        // And the next trip begins with a SEQ that the last one had.
        world.Meter.Restart(17);
        TripFare next = world.NewTrip() with { Phone = second.National };
        await Steps.FinishAsync(world, next);
        await Steps.PaidAsync(world, next);
        return new Expectation { Trips = [Steps.Paid(fare, first), Steps.Paid(next, second)], KeysPressed = false };
    }

    private static async Task<Expectation> FallsSilentAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await world.WaitAsync(() => !world.Meter.IsTalking, "the meter's first words");
        world.Meter.SwitchOff();
        await Steps.SeeAsync(world, Silent);
        world.Meter.SwitchOn();
        await GoneAsync(world, Silent);
        if (!world.ForeignAgent)
        {
            string heard = await world.CommandAsync("meter", "test", "--seconds", "20");
            Steps.Require(heard.Contains("the meter is heard", StringComparison.Ordinal), "'meter test' does not say that the meter is heard");
        }

        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        await Steps.PaidAsync(world, fare);
        return new Expectation { Trips = [Steps.Paid(fare, customer)], Screens = [Silent, FareScenarios.Paid], KeysPressed = false };
    }

    /// <summary>The board is built into another car, and still has the first one's meter in its configuration.</summary>
    private static async Task<Expectation> OtherMeterAsync(World world)
    {
        string own = world.Meter.Id;
        Customer customer = world.NewCustomer();
        world.Reconfigure(root => root["Meter"]!["Id"] = own);
        world.Meter.Replace("SE-0815");
        await world.SwitchOnAsync();
        await Steps.SeeAsync(world, WrongMeter);
        world.Meter.SayOnce("FARE", MeterWords.Fare(world.NewTrip()));
        await world.WaitAsync(() => world.Meter.Answers.Any(answer => answer is { Type: "NAK", Reason: "field:meter" } && answer.Payload.Contains("field:meter", StringComparison.Ordinal)), "the refusal of its fare");
        Steps.Require(world.AgentWrote("SE-0815"), "the agent's log does not say which meter it refuses");
        string status = await world.CommandAsync("status");
        Steps.Require(status.Contains("SE-0815", StringComparison.Ordinal), "the status does not say which meter is refused");

        // Its own meter is put back.
        world.Meter.Replace(own);
        await GoneAsync(world, WrongMeter);
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        await Steps.PaidAsync(world, fare);
        return new Expectation { Trips = [Steps.Paid(fare, customer)], Screens = [WrongMeter, FareScenarios.Paid], KeysPressed = false };
    }

    private static Task GoneAsync(World world, ExpectedScreen screen) => world.WaitAsync(() => !screen.Matches(world.Display.Current), $"a display without {screen.What}");
}
