using System.Collections.Concurrent;
using TaximeterAgent.IotBindings.Gpio;
using TaximeterAgent.Tests.Gpio;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.IotBindings.Tests.Gpio;

/// <summary>Lines through System.Device.Gpio do what the kernel's own do.</summary>
public sealed class SystemDeviceGpioContract : GpioPortContract
{
    private protected override IGpioRig Make(ManualTime time) => new Rig();

    private sealed class Rig : IGpioRig
    {
        private readonly WiredChip _chip = new();

        public Rig() => Port = new SystemDeviceGpioPort(_chip);

        public IGpioPort Port { get; }

        public LinePlan Plan { get; } = new() { Chip = "c", Inputs = ["10", "11"], Outputs = ["12"], ActiveLow = true, Bias = LineBias.PullUp, OpenDrain = true };

        public void Join(int input) => _chip.Join(10 + input, 12);

        public void Part(int input) => _chip.Part(10 + input, 12);

        public void PlugIn() => _chip.PlugIn();

        public void Unplug() => _chip.Unplug();

        public void Dispose() => Assert.Empty(_chip.Faults);
    }
}

/// <summary>What the library does not have, and is done here.</summary>
public sealed class SystemDeviceGpioTests : IDisposable
{
    private const int Wire = 1;
    private const int Ground = 2;
    private static readonly TimeSpan s_still = TimeSpan.FromMilliseconds(50);

    private readonly ManualTime _time = new();
    private readonly WiredChip _chip = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose() => _open.ForEach(thing => thing.Dispose());

    [Fact]
    public void A_contact_that_bounces_is_one_edge_and_one_that_falls_back_is_none()
    {
        var events = Start(new LinePlan { Chip = "c", Inputs = ["1"], Outputs = ["2"], ActiveLow = true, Bias = LineBias.PullUp, Debounce = s_still }, out var lines);
        Assert.Equal("levels 0", events.Next());
        Assert.True(lines.TryWrite(0b10, 0b10));
        for (var bounce = 0; bounce < 5; bounce++)
        {
            _chip.Join(Wire, Ground);
            _time.Advance(s_still / 2);
            _chip.Part(Wire, Ground);
            _time.Advance(s_still / 2);
        }

        _time.Advance(s_still);
        _chip.Join(Wire, Ground);
        _chip.Part(Wire, Ground);
        _chip.Join(Wire, Ground);
        _time.Advance(s_still);
        Assert.Equal("0 on", events.Next());
        Assert.Equal(0, events.Waiting);
    }

    [Fact]
    public void A_buzzer_that_is_not_open_drain_begins_silent_and_is_driven_both_ways()
    {
        _ = Start(new LinePlan { Chip = "c", Outputs = ["3"] }, out var lines);
        var heard = Start(new LinePlan { Chip = "c", Inputs = ["4"], Bias = LineBias.PullDown }, out var ear, sameChip: true);
        Assert.True(lines.TryWrite(1, 1));
        Assert.True(lines.TryWrite(1, 0));
        Assert.True(ear.TryRead(out var level));
        Assert.Equal(0ul, level);
        Assert.Equal("levels 0", heard.Next());
    }

    [Fact]
    public void Lines_that_have_no_inputs_are_told_lost_too()
    {
        var events = Start(new LinePlan { Chip = "c", Outputs = ["3"] }, out var lines);
        _chip.Unplug();
        events.Log.PassTo(DeviceState.Lost);
        Assert.False(lines.TryWrite(1, 1));
    }

    [Fact]
    public void A_machine_without_the_chip_says_which_are_there()
    {
        var driver = new LibGpiodChips().Open("Test lines", "no-such-chip", ["4"], out _, out var status);
        Assert.Null(driver);
        Assert.Equal(DeviceState.Missing, status.State);
        Assert.Contains("no-such-chip", status.Message, StringComparison.Ordinal);
        Assert.Null(new LibGpiodChips().Open("Test lines", "/dev/null", ["4"], out _, out status));
        Assert.Equal(DeviceState.Unusable, status.State);
        Assert.Equal("Test lines: The GPIO chip /dev/null is not a GPIO chip.", status.Message);
    }

    private Events Start(LinePlan plan, out IGpioLineSet lines, bool sameChip = false)
    {
        if (!sameChip)
            _chip.PlugIn();
        var events = new Events(_time);
        lines = new SystemDeviceGpioPort(_chip).Keep("Test lines", plan, events, _time);
        _open.Add(lines);
        lines.Start();
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        return events;
    }

    private sealed class Events(ManualTime time) : IGpioLineEvents
    {
        private readonly BlockingCollection<string> _told = [];

        public StatusLog Log { get; } = new(time);

        public int Waiting => _told.Count;

        public void Edge(int line, bool active) => _told.Add($"{line} {(active ? "on" : "off")}");

        public void Levels(ulong bits) => _told.Add($"levels {bits}");

        public void Changed(DeviceStatus status) => Log.Add(status);

        public string Next() => _told.TryTake(out var told, TimeSpan.FromSeconds(30)) ? told : throw new InvalidOperationException("Nothing was told of the lines.");
    }
}
