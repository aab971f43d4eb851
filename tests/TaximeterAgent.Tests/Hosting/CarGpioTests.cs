using TaximeterAgent.Control.Watch;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Hosting;

/// <summary>From an edge to what the engine, the display and those who watch make of it.</summary>
public sealed class CarGpioTests : IDisposable
{
    private readonly CarBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_stop_asks_for_the_amount()
    {
        _bench.Until(() => _bench.Car.Engine.MeterHeard, "the contacts");
        _bench.Edge("contacts", 1, 4, true);
        _bench.Edge("contacts", 2, 5, true);
        _bench.Until(() => _bench.Shown.EndsWith(" Amount?|0,00 kr", StringComparison.Ordinal), "the question for the amount");
    }

    [Fact]
    public void The_ignition_goes_and_comes()
    {
        _bench.Until(() => _bench.Car.Engine.MeterHeard, "the contacts");
        _bench.Edge("ignition", 1, 17, false);
        _bench.Until(() => _bench.Car.Engine.Power!.AtRest, "rest");
        Assert.Equal("Ready|Ignition is off", _bench.Shown);
        _bench.Edge("ignition", 2, 17, true);
        _bench.Until(() => !_bench.Car.Engine.Power!.Failing, "the ignition");
        _bench.Until(() => _bench.Shown == "Ready|", "a ready display");
    }

    [Fact]
    public void Edges_are_told_to_those_who_watch_by_the_names_of_the_configuration()
    {
        // The lines tell how they are, and the contacts how they were found; in which order the two chips are opened nobody knows.
        var first = _bench.Next(WatchTopic.Gpio, 4);
        Assert.Contains(first, line => line.StartsWith("device ignition line open ", StringComparison.Ordinal));
        Assert.Contains(first, line => line.StartsWith("device meter contacts open ", StringComparison.Ordinal));
        Assert.Equal(["edge 4 off hired, as read", "edge 5 off stopped, as read"], first.Where(line => line.StartsWith("edge", StringComparison.Ordinal)));
        Assert.Equal(DeviceState.Open, _bench.GpioStatus!.State);
        Assert.Contains("The meter's contacts", _bench.GpioStatus.Message, StringComparison.Ordinal);
        Assert.Contains("The ignition's line", _bench.GpioStatus.Message, StringComparison.Ordinal);

        _bench.Edge("contacts", 1, 4, true);
        _bench.Edge("contacts", 2, 5, true);
        _bench.Edge("contacts", 3, 5, false);
        Assert.Equal(["edge 4 on hired", "edge 5 on stopped", "edge 5 off stopped"], _bench.Next(WatchTopic.Gpio, 3));
        _bench.Edge("ignition", 1, 17, false);
        _bench.Edge("ignition", 2, 17, true);
        Assert.Equal(["edge 17 off ignition", "edge 17 on ignition"], _bench.Next(WatchTopic.Gpio, 2));

        // Edges were lost: what is read anew is told of every contact.
        _bench.Levels("contacts", 1 << 5);
        _bench.Edge("contacts", 9, 4, false);
        Assert.Equal(["edge 4 off hired", "edge 4 off hired, as read", "edge 5 on stopped, as read"], _bench.Next(WatchTopic.Gpio, 3));
    }
}
