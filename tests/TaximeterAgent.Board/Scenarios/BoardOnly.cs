using System.Globalization;
using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board.Scenarios;

/// <summary>What needs a kernel, a cable or a clock of the board's own.</summary>
internal static class BoardOnly
{
    /// <summary>The meter's 16550 is the second of a PC; its line control register, and what it holds for 8 data bits, 1 stop bit with even parity, and without.</summary>
    private const int LineControl = 0x2F8 + 3;
    private const byte EightEvenOne = 0x1B;
    private const byte EightNoneOne = 0x03;
    private const byte WithParity = 0x08;

    /// <summary>Even or odd, of no meaning without parity; the kernel sets it anyway.</summary>
    private const byte Even = 0x10;

    /// <summary>Some ten repeats of the meter's.</summary>
    private static readonly TimeSpan FailsFor = TimeSpan.FromSeconds(25);

    private static readonly ExpectedScreen NoNetwork = new("that there is no network", screen => screen.Shows("network"));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("hardened-unit", "UART, keypad and LCD are opened by the installed unit, and the guest's journal holds no refusal", HardenedUnitAsync),
        new PlayedScenario("power-cut", "the power is cut when the customer has approved; the board boots and ends the payment by itself", PowerCutAsync),
        new PlayedScenario("boot-without-network", "the cable is out from power-on: the fare is taken, and paid once it is in", BootWithoutNetworkAsync),
        new PlayedScenario("watchdog", "the agent is frozen in the middle of a payment: systemd kills it and starts it again, the board stays up", WatchdogAsync),
        new PlayedScenario("link-flaps", "the network's carrier comes and goes all through a payment", LinkFlapsAsync),
        new PlayedScenario("failing-disk", "every write of the outbox's disk fails for a while: no fare is acknowledged; mended, it is taken and paid", FailingDiskAsync),
        new ScenarioInParts(
            "clock-years-off",
            "the board's clock is years wrong at boot: the fare is taken, nothing is asked of a service that cannot be trusted yet, and it is paid once the clock is right",
            [
                new ScenarioPart("behind", world => ClockAsync(world, "2019-03-01T12:00:00")),
                new ScenarioPart("ahead", world => ClockAsync(world, "2041-03-01T12:00:00")),
            ]),
        new ScenarioInParts(
            "parity-and-baud",
            "speed and parity of the configuration are in the 16550's registers, and a fare is paid with them",
            [
                new ScenarioPart("even-4800", world => LineAsync(world, 4800, "even", EightEvenOne)),
                new ScenarioPart("none-115200", world => LineAsync(world, 115200, "none", EightNoneOne)),
            ]),
    ];

    private static async Task<Expectation> HardenedUnitAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip();
        await Steps.FinishAsync(world, fare);
        await world.WaitForScreenAsync(FareScenarios.Question(fare).Matches, "a question for the number");
        world.TypeNumber(customer);
        await Steps.PaidAsync(world, fare);
        await world.NothingRefusedAsync();
        // What is open in the end, as the kernel has it: the meter's UART, the keypad's event device, the LCD's port.
        string open = await world.InGuestAsync("ls -l /proc/$(systemctl show -p MainPID --value taximeter-agent)/fd");
        foreach (string device in (string[])["/dev/ttyS1", "/dev/input/event", "/dev/vport"])
            Steps.Require(open.Contains(device, StringComparison.Ordinal), $"the agent does not have {device} open: {open}");
        return FareScenarios.PaidByHand(fare, customer);
    }

    private static async Task<Expectation> PowerCutAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitAsync(() => Steps.RequestsFor(world, fare).Any(payment => payment.Authorized > 0), "the customer's approval");
        await world.KillAgentAsync("cut");
        world.StartAgent();
        await Steps.PaidAsync(world, fare);
        return Paid(fare, customer);
    }

    private static async Task<Expectation> BootWithoutNetworkAsync(World world)
    {
        Customer customer = world.NewCustomer();
        world.Meter.SwitchOn();
        world.StartAgent();
        await world.WaitAsync(() => File.Exists(world.Board().Monitor), "QEMU");
        await world.Monitor().LinkAsync(up: false);
        await world.WaitAsync(() => world.Meter.AgentHellos > 0, "the agent's HELLO without a network");
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        await Steps.SeeAsync(world, NoNetwork);
        Steps.Require(world.Apis.Payments().Count == 0, "a payment was created without a network");
        await world.Monitor().LinkAsync(up: true);
        await Steps.PaidAsync(world, fare);
        return Paid(fare, customer);
    }

    private static async Task<Expectation> WatchdogAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        // Until it is ready it is the start's limit that would end it.
        await world.InGuestAsync("until systemctl -q is-active taximeter-agent; do sleep 0.2; done");
        int hellos = world.Meter.AgentHellos;
        await world.InGuestAsync("kill -STOP $(systemctl show -p MainPID --value taximeter-agent)");
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "the HELLO of the agent that systemd has started again");
        await Steps.PaidAsync(world, fare);
        string restarts = await world.InGuestAsync("systemctl show -p NRestarts --value taximeter-agent; journalctl -b -u taximeter-agent -o cat | grep -c 'Watchdog timeout' || true");
        string[] said = restarts.Split('\n');
        Steps.Require(said[0] == "1" && said[1] == "1", $"one restart by the watchdog was expected: {restarts}");
        Steps.Require(LifeFacts.Read(world.Board().Facts).Count == 1, "the board itself was started again");
        return Paid(fare, customer);
    }

    private static async Task<Expectation> LinkFlapsAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        for (int flap = 0; flap < 12; flap++)
        {
            await world.Monitor().LinkAsync(up: false);
            await world.WaitSomeAsync(TimeSpan.FromSeconds(1.5));
            await world.Monitor().LinkAsync(up: true);
            await world.WaitSomeAsync(TimeSpan.FromSeconds(1.5));
        }

        await Steps.PaidAsync(world, fare);
        return Paid(fare, customer);
    }

    private static async Task<Expectation> FailingDiskAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        // The outbox on a disk of its own, as docs/systemd.md allows, below the kernel's own layer for faults.
        await world.InGuestAsync(
            "set -e; systemctl stop taximeter-agent; modprobe -q loop || true; modprobe -q dm-flakey || true; truncate -s 48M /var/data.img; mke2fs -q -t ext4 /var/data.img; losetup /dev/loop0 /var/data.img; "
            + $"dmsetup create data --table '{Table("linear", "")}'; mount /dev/mapper/data /var/lib/taximeter-agent; chown taximeter-agent: /var/lib/taximeter-agent; chmod 700 /var/lib/taximeter-agent");
        int hellos = world.Meter.AgentHellos;
        await world.InGuestAsync("systemctl start taximeter-agent");
        await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "the agent's HELLO on the other disk");
        await world.WaitAsync(() => !world.Meter.IsTalking, "all answers");
        // Reads go on, each write is an error.
        await SwapAsync(world, Table("flakey", " 0 3600 1 error_writes"));
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        DateTimeOffset failing = TimeProvider.System.GetUtcNow();
        world.Meter.Finish(fare);
        await Task.Delay(FailsFor);
        Steps.Require(world.Meter.Acknowledged.Count == 0, "a FARE was acknowledged while the disk took nothing");
        Steps.Require(world.Apis.Payments().Count == 0, "a payment was created while the disk took nothing");
        Steps.Require(world.Display.History.All(screen => screen.At < failing || ScreenWords.Verdict(screen) != Verdict.Paid), "the display said PAID while the disk took nothing");
        // A new card's first steps: what is there is mended and mounted again.
        await SwapAsync(world, Table("linear", ""));
        await world.InGuestAsync(
            "systemctl stop taximeter-agent; umount /var/lib/taximeter-agent; e2fsck -p /dev/mapper/data; [ $? -le 1 ] && mount /dev/mapper/data /var/lib/taximeter-agent && systemctl start taximeter-agent");
        await world.WaitForAcknowledgedAsync(fare);
        await Steps.PaidAsync(world, fare);
        return Paid(fare, customer);

        static string Table(string kind, string more) => $"0 98304 {kind} /dev/loop0 0{more}";

        static Task<string> SwapAsync(World world, string table) =>
            world.InGuestAsync($"set -e; dmsetup suspend --noflush --nolockfs data; dmsetup load data --table '{table}'; dmsetup resume data");
    }

    private static async Task<Expectation> ClockAsync(World world, string clock)
    {
        Customer customer = world.NewCustomer();
        world.AgentEnvironment[BoardSwitches.ClockVariable] = clock;
        // systemd takes no clock for possible that is before its own making, and sets it to that; other boards' init does not.
        world.AgentEnvironment[BoardSwitches.KernelVariable] = "board.clock=" + clock;
        await world.SwitchOnAsync();
        string year = (await world.InGuestAsync("date +%Y")).Trim();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Steps.Require(Math.Abs(int.Parse(year, CultureInfo.InvariantCulture) - now.Year) > 1, $"the board's clock was to be years off and has {year}");
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        await Steps.FinishAsync(world, fare);
        await world.WaitAsync(() => !world.Meter.HasUnanswered, "all answers");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Steps.Require(world.Apis.Payments().Count == 0, "a payment was created with a certificate that is not valid by the board's clock");
        await world.InGuestAsync(string.Create(CultureInfo.InvariantCulture, $"date -u -s @{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}"));
        await Steps.PaidAsync(world, fare);
        return Paid(fare, customer);
    }

    private static async Task<Expectation> LineAsync(World world, int speed, string parity, byte register)
    {
        Customer customer = world.NewCustomer();
        world.Reconfigure(root =>
        {
            root["Meter"]!["Serial"]!["BaudRate"] = speed;
            root["Meter"]!["Serial"]!["Parity"] = parity;
        });
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        byte found = await world.Monitor().PortAsync(LineControl);
        if ((found & WithParity) == 0)
            found &= Even ^ 0xFF;
        Steps.Require(found == register, $"the line control register holds {found:X2}, expected {register:X2}");
        // QEMU hands the chip's divisor on to the terminal at whose other end the meter is.
        string wire = await Tool.RunAsync("stty", "-F", world.Places.SerialPort, "speed");
        Steps.Require(wire == speed.ToString(CultureInfo.InvariantCulture), $"the chip runs at {wire}, configured is {speed}");
        await Steps.PaidAsync(world, fare);
        return Paid(fare, customer);
    }

    private static Expectation Paid(TripFare fare, Customer customer) => new() { Trips = [Steps.Paid(fare, customer)], Screens = [FareScenarios.Paid], KeysPressed = false };
}
