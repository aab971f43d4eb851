using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board.Scenarios;

/// <summary>What needs a kernel that makes GPIO lines up: contacts at lines of <c>gpio-sim</c>, keys at a chip with a pad.</summary>
internal static class GpioScenarios
{
    private const long Due = 34_500;

    /// <summary>How the kernel calls what the agent has of a chip.</summary>
    private const string LineHandle = "anon_inode:gpio-line";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        AllScenarios.Find("contact-meter")!,
        new PlayedScenario("matrix-keypad", "the driver types the number at a matrix of bare keys: its lines are driven and read by the agent", MatrixAsync),
        new PlayedScenario(
            "hardened-gpio",
            "contacts, matrix and I2C bus are opened by the installed unit, and the guest's journal holds no refusal",
            HardenedAsync,
            options => options with { ContactMeter = true }),
    ];

    private static async Task<Expectation> MatrixAsync(World world)
    {
        AtMatrix(world);
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        TripFare fare = world.NewTrip();
        await Steps.FinishAsync(world, fare);
        await Ride.KeyNumberAsync(world, fare, customer);
        await Steps.PaidAsync(world, fare);
        return FareScenarios.PaidByHand(fare, customer);
    }

    private static async Task<Expectation> HardenedAsync(World world)
    {
        AtMatrix(world);
        Customer customer = world.NewCustomer();
        world.StartAgent();
        // What would be refused is in the way of all that follows, and the reason is better told than that nothing happened.
        await world.InGuestAsync("until systemctl -q is-active taximeter-agent; do sleep 0.2; done; sleep 2");
        await world.NothingRefusedAsync();
        await Ride.WaitForAsync(world, ContactScenarios.Ready);
        await ContactScenarios.DriveAsync(world);
        await Ride.WaitForAsync(world, ContactScenarios.AsksAmount);
        ExpectedScreen typed = ContactScenarios.Amount(Due, "Amount?");
        ExpectedScreen sure = ContactScenarios.Amount(Due, "Right? 1=yes");
        ExpectedScreen asks = new($"{ScreenWords.Amount(Due)} and a question for the number", screen => ScreenWords.Asks(screen, Due));
        await Ride.PressAsync(world, "34500", typed);
        await Ride.PressAsync(world, "#", sure);
        world.Keyed(Due);
        await Ride.PressAsync(world, "1", asks);
        world.TypeNumber(customer);
        await Ride.WaitForAsync(world, FareScenarios.Paid);
        await world.WaitAsync(() => world.Apis.Payments() is [{ ReceiptTotal: Due }], "the receipt");

        string[] open = (await world.InGuestAsync("ls -l /proc/$(systemctl show -p MainPID --value taximeter-agent)/fd")).Split('\n');
        int lines = open.Count(one => one.EndsWith(LineHandle, StringComparison.Ordinal));
        Steps.Require(lines == 2, $"the agent has the lines of {lines} chips, expected are those of contacts and matrix: {string.Join(" / ", open)}");
        await OpenBusAsync(world);
        await world.NothingRefusedAsync();
        return new Expectation
        {
            Trips = [new ExpectedTrip(world.Evidence().Meter.Acknowledged.Single().Key, Verdict.Paid, Due, Payments: 1, customer.Msisdn, Captures: 1)],
            Screens = [ContactScenarios.AsksAmount, typed, sure, asks, Ride.Asked, FareScenarios.Paid],
        };
    }

    /// <summary>
    /// A display at an I2C bus. No bus that QEMU or the kernel makes up takes what such a display is sent, so nothing answers. That the bus was opened and the address
    /// was given is what the agent's words tell from a refusal.
    /// </summary>
    private static async Task OpenBusAsync(World world)
    {
        await world.InGuestAsync(
            "set -e; sed 's|\"Display\":\"lcd\"|\"Display\":\"pcf8574\",\"DisplayDevice\":\"/dev/i2c-0\"|' /etc/taximeter-agent/config.json >/run/i2c.json; "
            + "chmod 644 /run/i2c.json; mount --bind /run/i2c.json /etc/taximeter-agent/config.json; systemctl restart taximeter-agent");
        await world.InGuestAsync(
            "for i in $(seq 60); do journalctl -b -u taximeter-agent -o cat | grep -q '0x27 on /dev/i2c-0 does not answer' && exit 0; sleep 0.5; done; "
            + "journalctl -b -u taximeter-agent -o cat | tail -n 20; exit 1");
    }

    private static void AtMatrix(World world) => world.Reconfigure(root =>
    {
        JsonNode driver = root["Driver"]!;
        driver["Keypad"] = "matrix";
        driver["Matrix"] = new JsonObject { ["Chip"] = "board-matrix", ["Rows"] = "0,1,2,3", ["Columns"] = "4,5,6", ["Layout"] = "3x4" };
    });
}
