using TaximeterAgent.Control.Watch;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Hosting;

/// <summary>What those who watch are told of keys, and the picture of a display test among what the driver does.</summary>
public sealed class CarKeypadTests : IDisposable
{
    private const string Test = "12|34";

    private CarBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_digit_of_a_customers_number_is_a_digit_to_those_who_watch_and_no_more()
    {
        AskForNumber();
        Assert.Equal(["key digit1 pressed", "key digit2 pressed", "key digit0 pressed", "key digit0 pressed", "key enter pressed", "key digit1 pressed"], _bench.Read(WatchTopic.Keypad));
        _bench.Press(Key.Digit9, Key.Digit1, Key.Back, Key.Digit2);
        Assert.Equal(["key digit pressed", "key digit pressed", "key back pressed", "key digit pressed"], _bench.Read(WatchTopic.Keypad));
    }

    [Fact]
    public void A_matrix_tells_watchers_of_lines_which_key_and_of_a_number_only_that_there_was_one()
    {
        _bench.Dispose();
        _bench = new CarBench("matrix");
        AskForNumber();
        List<string> before = [];
        // The keypad says how it is on a thread of its own.
        _bench.Until(() => (before = [.. before, .. _bench.Read(WatchTopic.Gpio)]).Any(line => line.StartsWith("device keypad missing ", StringComparison.Ordinal)), "the keypad's state");
        Assert.Contains("edge digit1 pressed key matrix", before);
        _bench.Press(Key.Digit9, Key.Digit1);
        Assert.Equal(["edge digit pressed key matrix", "edge digit pressed key matrix"], _bench.Read(WatchTopic.Gpio).Where(line => line.StartsWith("edge", StringComparison.Ordinal)));
        Assert.Equal(DeviceState.Missing, _bench.GpioStatus!.State);
    }

    [Fact]
    public void A_pad_that_is_no_matrix_is_nothing_to_watchers_of_lines()
    {
        AskForNumber();
        Assert.DoesNotContain(_bench.Read(WatchTopic.Gpio), line => line.Contains("pressed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_ends_the_picture_of_a_display_test_and_does_what_it_always_does()
    {
        AskForNumber();
        var before = _bench.Shown;
        ShowTest();
        _bench.Press(Key.Digit9);
        Assert.NotEqual(Test, _bench.Shown);
        Assert.NotEqual(before, _bench.Shown); // the digit was taken
        Assert.Contains("9", _bench.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_that_the_driver_has_to_be_told_ends_the_picture_and_nothing_else_does()
    {
        _bench.Until(() => _bench.Shown == "Ready|", "a ready display");
        ShowTest();
        _bench.Edge("contacts", 1, 4, true);
        _bench.Until(() => _bench.Car.Engine.Meter.Operating == TaximeterAgent.Meter.Tfp.OperatingPosition.Hired, "the trip");
        Assert.Equal(Test, _bench.Shown); // the display has nothing else to say of it
        _bench.Edge("contacts", 2, 5, true);
        _bench.Until(() => _bench.Shown.EndsWith(" Amount?|0,00 kr", StringComparison.Ordinal), "the question for the amount");
    }

    [Fact]
    public void A_picture_that_is_ended_gives_way_to_what_was_there()
    {
        _bench.Until(() => _bench.Shown == "Ready|", "a ready display");
        ShowTest();
        _bench.Car.Engine.Post(_bench.Car.Driver.EndTest);
        _bench.Until(() => _bench.Shown == "Ready|", "a ready display");
    }

    private void ShowTest()
    {
        _bench.Car.Engine.Post(() => _bench.Car.Driver.ShowTest(["12", "34"]));
        _bench.Until(() => _bench.Shown == Test, "the test's picture");
    }

    // A trip of 12 kroner, whose amount is no secret.
    private void AskForNumber()
    {
        _bench.Until(() => _bench.Car.Engine.MeterHeard, "the contacts");
        _bench.Edge("contacts", 1, 4, true);
        _bench.Edge("contacts", 2, 5, true);
        _bench.Until(() => _bench.Shown.EndsWith(" Amount?|0,00 kr", StringComparison.Ordinal), "the question for the amount");
        _bench.Press(Key.Digit1, Key.Digit2, Key.Digit0, Key.Digit0, Key.Enter, Key.Digit1);
        Assert.True(_bench.Car.Driver.TakesNumber, _bench.Shown);
    }
}
