using Spectre.Console;
using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

public class CarControllerTests
{
    private readonly PaperCar _car = new();
    private readonly CarController _controller;

    public CarControllerTests() => _controller = new CarController(_car);

    [Fact]
    public async Task The_keys_of_a_first_payment_do_what_they_say()
    {
        await PressAsync("hs91234567\raf");
        Assert.Equal(["hire", "stop", .. "91234567#".Select(key => "pad " + key), "approve", "for hire"], _car.Done);
    }

    [Fact]
    public async Task The_pads_other_keys_reach_the_pad()
    {
        await PressAsync("#*\b\u001B\t↑↓");
        Assert.Equal("#*<*MUD".Select(key => "pad " + key), _car.Done);
    }

    [Fact]
    public void No_key_does_two_things_and_every_part_has_keys()
    {
        string keys = string.Concat(CarAction.All.Select(action => action.Keys));
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(Enum.GetValues<Part>(), CarAction.All.Select(action => action.Part).Distinct().Order());
        Assert.Equal(CarAction.All.Count, CarAction.All.Select(action => action.Name).Distinct().Count());
    }

    [Fact]
    public async Task A_key_that_can_do_nothing_now_says_so_and_the_next_key_takes_that_away()
    {
        await PressAsync("s");
        Assert.Empty(_car.Done);
        Assert.Contains("not now", _controller.Look().Notice);
        await PressAsync("h");
        Assert.Null(_controller.Look().Notice);
    }

    [Fact]
    public async Task What_the_car_cannot_do_now_is_told_and_no_more()
    {
        _car.Fault = new CannotNow("the meter is full");
        await PressAsync("h");
        Assert.Equal("the meter is full", _controller.Look().Notice);
        Assert.False(_controller.Left);
    }

    [Fact]
    public async Task The_pad_is_dead_without_power()
    {
        await PressAsync("i5");
        Assert.Equal(["ignition"], _car.Done);
    }

    [Fact]
    public async Task A_key_that_nobody_knows_does_nothing()
    {
        await PressAsync("zZ!\u0001→");
        Assert.Empty(_car.Done);
        Assert.False(_controller.Left);
    }

    [Fact]
    public async Task Capital_letters_are_the_same_keys()
    {
        await PressAsync("HSNI");
        Assert.Equal(["hire", "stop", "network", "ignition"], _car.Done);
    }

    [Fact]
    public async Task Q_leaves_at_once_while_nothing_is_open()
    {
        await PressAsync("q");
        Assert.True(_controller.Left);
    }

    [Theory]
    [InlineData("y", true)]
    [InlineData("q", false)]
    [InlineData("n", false)]
    [InlineData("7", false)]
    public async Task With_a_payment_open_only_y_leaves(string answer, bool left)
    {
        _car.Model = Cars.Asked;
        await PressAsync("q");
        Assert.False(_controller.Left);
        Assert.True(_controller.Look().AsksToLeave);
        await PressAsync(answer);
        Assert.Equal(left, _controller.Left);
        Assert.False(_controller.Look().AsksToLeave);
        Assert.Empty(_car.Done);
    }

    [Fact]
    public async Task Once_the_payment_is_settled_nothing_is_asked_any_more()
    {
        _car.Model = Cars.Asked;
        await PressAsync("q");
        _car.Model = Cars.Paid;
        Assert.False(_controller.Look().AsksToLeave);
        await PressAsync("y");
        Assert.False(_controller.Left);
    }

    [Fact]
    public async Task An_operation_that_is_not_finished_is_an_open_payment()
    {
        _car.Model = Cars.Fresh with { Outbox = Cars.Fresh.Outbox with { Operations = 1 } };
        await PressAsync("q");
        Assert.False(_controller.Left);
    }

    [Fact]
    public async Task Ctrl_C_leaves_whatever_is_open()
    {
        _car.Model = Cars.Asked;
        await PressAsync("\u0003");
        Assert.True(_controller.Left);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ten_thousand_random_keys_do_no_harm(int seed)
    {
        var random = new Random(seed);
        CarController controller = _controller;
        string known = string.Concat(CarAction.All.Select(action => action.Keys)).Replace("q", "", StringComparison.Ordinal);
        for (int count = 0; count < 10_000; count++)
        {
            char key = random.Next(4) == 0 ? (char)random.Next(0x250) : known[random.Next(known.Length)];
            if (random.Next(50) == 0)
                _car.Fault = new CannotNow("not today");
            bool mayLeave = key is 'q' or 'Q' or DriveKeys.Interrupt || (key is 'y' or 'Y' && controller.Look().AsksToLeave);
            await controller.PressAsync(key);
            Assert.True(mayLeave || !controller.Left, $"key {(int)key:X} has left the car");
            // Whoever has left comes back: the car is as it was.
            if (controller.Left)
                controller = new CarController(_car);
            if (count % 100 == 0)
                Assert.All(Frame.Of(CarView.Of(controller.Look(), 80, 24), 80, 24, ColorSystemSupport.NoColors), line => Assert.Equal(80, line.Length));
        }
    }

    [Fact]
    public async Task The_monkey_reaches_what_there_is()
    {
        await Ten_thousand_random_keys_do_no_harm(seed: 4);
        string[] all = ["book", "hire", "stop", "for hire", "cash", "pad 7", "pad #", "approve", "refuse", "network", "ignition"];
        Assert.Empty(all.Except(_car.Done));
    }

    private async Task PressAsync(string keys)
    {
        foreach (char key in keys)
            await _controller.PressAsync(key);
    }
}
