using System.Collections.Concurrent;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>A chip with one output and two inputs, active low, and the wires that join them.</summary>
internal interface IGpioRig : IDisposable
{
    IGpioPort Port { get; }

    LinePlan Plan { get; }

    /// <summary>Joins the output to an input.</summary>
    void Join(int input);

    /// <summary>Parts them.</summary>
    void Part(int input);

    /// <summary>The chip is there, with nothing joined.</summary>
    void PlugIn();

    void Unplug();
}

/// <summary>What every adapter of the GPIO port must do.</summary>
public abstract class GpioPortContract : IDisposable
{
    private const ulong Output = 0b100;

    private readonly ManualTime _time = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        foreach (var thing in Enumerable.Reverse(_open))
            thing.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_levels_are_told_at_first_and_then_each_edge_in_order()
    {
        var (rig, lines, events) = Start();
        Assert.Equal("levels 00", events.Next());
        Assert.True(lines.TryWrite(Output, Output));
        for (var time = 0; time < 20; time++)
        {
            rig.Join(0);
            Assert.Equal("0 on", events.Next());
            rig.Join(1);
            Assert.Equal("1 on", events.Next());
            rig.Part(0);
            Assert.Equal("0 off", events.Next());
            rig.Part(1);
            Assert.Equal("1 off", events.Next());
        }
    }

    [Fact]
    public void An_output_is_driven_and_let_go()
    {
        var (rig, lines, events) = Start();
        Assert.Equal("levels 00", events.Next());
        rig.Join(1);
        Assert.True(lines.TryRead(out var levels));
        Assert.Equal(0ul, levels); // nobody drives it yet
        for (var time = 0; time < 3; time++)
        {
            Assert.True(lines.TryWrite(Output, Output));
            Assert.Equal("1 on", events.Next());
            Assert.True(lines.TryRead(out levels));
            Assert.Equal(0b10ul, levels);
            Assert.True(lines.TryWrite(Output, 0));
            Assert.Equal("1 off", events.Next());
        }
    }

    [Fact]
    public void A_chip_that_is_not_there_is_told_and_found_when_it_comes()
    {
        var (rig, lines, events) = Make();
        rig.Unplug();
        lines.Start();
        Assert.Equal(DeviceState.Missing, events.Log.Next().State);
        Assert.False(lines.TryRead(out _));
        Assert.False(lines.TryWrite(Output, Output));
        rig.PlugIn();
        events.Log.PassTo(DeviceState.Open);
        Assert.Equal("levels 00", events.Next());
        Assert.True(lines.TryRead(out _));
    }

    [Fact]
    public void A_chip_that_goes_is_told_and_its_lines_are_told_anew_when_it_is_back()
    {
        var (rig, lines, events) = Start();
        Assert.Equal("levels 00", events.Next());
        for (var time = 0; time < 3; time++)
        {
            rig.Unplug();
            events.Log.PassTo(DeviceState.Lost);
            Assert.False(lines.TryRead(out _));
            rig.PlugIn();
            events.Log.PassTo(DeviceState.Open);
            Assert.Equal("levels 00", events.Next());
            Assert.True(lines.TryWrite(Output, Output));
            rig.Join(0);
            Assert.Equal("0 on", events.Next());
        }
    }

    [Fact]
    public void It_ends_and_nothing_is_told_after_that()
    {
        var (rig, lines, events) = Start();
        Assert.Equal("levels 00", events.Next());
        Assert.True(lines.TryWrite(Output, Output));
        lines.Dispose();
        rig.Join(0);
        lines.Dispose();
        Assert.Equal(0, events.Waiting);
    }

    private protected abstract IGpioRig Make(ManualTime time);

    private (IGpioRig Rig, IGpioLineSet Lines, Events Told) Make()
    {
        var rig = Make(_time);
        _open.Add(rig);
        rig.PlugIn();
        var events = new Events(_time);
        var lines = rig.Port.Keep("Test lines", rig.Plan, events, _time);
        _open.Add(lines);
        return (rig, lines, events);
    }

    private (IGpioRig Rig, IGpioLineSet Lines, Events Told) Start()
    {
        var (rig, lines, events) = Make();
        lines.Start();
        var first = events.Log.Next();
        Assert.True(first.State == DeviceState.Open, first.Message);
        return (rig, lines, events);
    }

    private sealed class Events(ManualTime time) : IGpioLineEvents
    {
        private readonly BlockingCollection<string> _told = [];

        public StatusLog Log { get; } = new(time);

        public int Waiting => _told.Count;

        public void Edge(int line, bool active) => _told.Add($"{line} {(active ? "on" : "off")}");

        public void Levels(ulong bits) => _told.Add($"levels {Convert.ToString((long)bits, 2).PadLeft(2, '0')}");

        public void Changed(DeviceStatus status) => Log.Add(status);

        public string Next() => _told.TryTake(out var told, TimeSpan.FromSeconds(30)) ? told : throw new InvalidOperationException("Nothing was told of the lines.");
    }
}
