using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Drive;
using TaximeterAgent.Simulator.Tests.Car;

namespace TaximeterAgent.Simulator.Tests.Drive;

/// <summary>The controller at the real car: the agent's process, the service, the devices, in real time.</summary>
public sealed class RealCarTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxi-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_booked_ride_is_paid_across_a_power_cut_and_a_gap_in_the_network()
    {
        await using DrivenCar car = await DrivenCar.CreateAsync(AgentCommand.BuiltWithUs(), keep: null, TimeProvider.System);
        var controller = new CarController(car);
        await SeeAsync(controller, look => look.Board.Power == Power.On, "the agent");
        await controller.PressAsync('b');
        await SeeAsync(controller, look => look.Phone is { Push: Push.Asked, Reservation: true, Amount: 50_000 }, "the reservation on the phone");
        await controller.PressAsync('a');
        await SeeAsync(controller, look => look.Phone.Push == Push.Approved && look.Outbox.Known, "its approval");
        await controller.PressAsync('h');
        await controller.PressAsync('i');
        CarModel dark = controller.Look();
        Assert.Equal(Power.Off, dark.Board.Power);
        Assert.All(dark.Display, line => Assert.Equal("", line.Trim()));
        await controller.PressAsync('5');
        Assert.NotNull(controller.Look().Notice);
        await controller.PressAsync('n');
        await controller.PressAsync('s');
        Assert.True(controller.Look().PaymentOpen);
        await controller.PressAsync('i');
        await SeeAsync(controller, look => look.Board.Power == Power.On && !look.Meter.Unanswered, "the agent again, and its ACK of the FARE");
        await controller.PressAsync('n');
        CarModel paid = await SeeAsync(
            controller, look => look.Meter.Word == FareWord.Paid && look.Phone is { Push: Push.Paid, HasReceipt: true } && !look.PaymentOpen, "PAID");
        Assert.Equal(paid.Meter.Amount, Assert.Single(paid.Ledger).Captured);
        Assert.True(paid.Outbox.Commits > 0);
        Assert.Equal(0, paid.Violations);
        // The real car may be given up with its ignition off.
        await controller.PressAsync('i');
    }

    [Fact]
    public async Task Random_keys_do_no_harm_and_break_no_rule()
    {
        await using DrivenCar car = await DrivenCar.CreateAsync(AgentCommand.BuiltWithUs(), _folder, TimeProvider.System);
        var controller = new CarController(car);
        var random = new Random(7);
        // The ignition is left out: a start takes a second, and the others are to meet an agent.
        const string Keys = "hsfcbarnnhs0123456789\r\r\b\u001B\tqxy91234567\r";
        for (int count = 0; count < 300; count++)
        {
            await controller.PressAsync(Keys[random.Next(Keys.Length)]);
            if (count % 10 == 0)
                await Task.Delay(20); // so that the agent gets some of them one by one
        }

        CarModel look = controller.Look();
        Assert.Equal(0, look.Violations);
        Assert.NotEqual(Power.Off, look.Board.Power);
        Assert.Equal(Path.Combine(_folder, "drive"), look.Folder);
    }

    [Fact]
    public async Task Files_are_removed_or_kept_as_was_said()
    {
        string gone;
        await using (DrivenCar car = await DrivenCar.CreateAsync(AgentCommand.BuiltWithUs(), keep: null, TimeProvider.System))
        {
            gone = car.Folder;
            Assert.True(Directory.Exists(gone));
        }

        Assert.False(Directory.Exists(gone));
        await using (await DrivenCar.CreateAsync(AgentCommand.BuiltWithUs(), _folder, TimeProvider.System))
        {
        }

        Assert.Contains("the agent starts", await File.ReadAllTextAsync(Path.Combine(_folder, "drive", "transcript.txt")));
        Assert.True(File.Exists(Path.Combine(_folder, "drive", "config.json")));
        await Assert.ThrowsAsync<IOException>(() => DrivenCar.CreateAsync(AgentCommand.BuiltWithUs(), _folder, TimeProvider.System));
    }

    [Fact]
    public async Task An_agent_that_ends_by_itself_is_told_and_can_be_started_again()
    {
        string script = Path.Combine(_folder, "agent.sh");
        await File.WriteAllTextAsync(script, "exit 7\n");
        await using DrivenCar car = await DrivenCar.CreateAsync(["bash", script], keep: null, TimeProvider.System);
        var controller = new CarController(car);
        await SeeAsync(controller, look => look.Board is { Power: Power.Off, EndedWith: 7 }, "its end");
        await controller.PressAsync('i');
        await SeeAsync(controller, look => look.Board is { Power: Power.Off, EndedWith: 7 }, "its end again");
    }

    private static async Task<CarModel> SeeAsync(CarController controller, Func<CarModel, bool> seen, string what)
    {
        CarModel look = controller.Look();
        await Eventually.True(() => seen(look = controller.Look()), what);
        return look;
    }
}
