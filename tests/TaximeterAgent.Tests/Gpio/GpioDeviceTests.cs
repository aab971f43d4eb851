using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.Versioning;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>Lines over a FIFO that stands in for a chip, and what is told where there is no chip.</summary>
[SupportedOSPlatform("linux")]
public sealed class GpioDeviceTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly ManualTime _time = new();
    private readonly List<GpioDevice> _devices = [];

    public void Dispose()
    {
        _devices.ForEach(device => device.Dispose());
        _files.Dispose();
    }

    [Fact]
    public void The_levels_are_told_when_the_lines_are_opened_and_then_each_edge()
    {
        var fifo = Fifo(levels: 1ul << 5);
        var events = Start(new GpioFifo(), new LinePlan { Chip = fifo, Inputs = ["4", "5"] });

        Assert.Equal("levels 10", events.Next());
        Write(fifo, GpioEventsTests.Event(1, 4, true), GpioEventsTests.Event(2, 5, false));
        Assert.Equal("0 on", events.Next());
        Assert.Equal("1 off", events.Next());
    }

    [Fact]
    public void After_lost_edges_the_levels_are_read_anew()
    {
        var fifo = Fifo(levels: 0);
        var events = Start(new GpioFifo(), new LinePlan { Chip = fifo, Inputs = ["4", "5"] });
        Assert.Equal("levels 0", events.Next());

        Levels(fifo, 0b11 << 4);
        Write(fifo, GpioEventsTests.Event(1, 4, true), GpioEventsTests.Event(9, 4, true));
        Assert.Equal(["0 on", "0 on", "levels 11"], [events.Next(), events.Next(), events.Next()]);
    }

    [Fact]
    public void An_edge_of_a_line_that_was_not_asked_for_is_nobodys()
    {
        var fifo = Fifo(levels: 0);
        var events = Start(new GpioFifo(), new LinePlan { Chip = fifo, Inputs = ["4"] });
        events.Next();

        Write(fifo, GpioEventsTests.Event(1, 8, true), GpioEventsTests.Event(2, 4, true));
        Assert.Equal("0 on", events.Next());
    }

    [Fact]
    public void A_chip_that_is_not_there_is_told_and_looked_for_again()
    {
        var path = _files.Path("gpiochip9");
        var events = Start(new GpioFifo(), new LinePlan { Chip = path, Inputs = ["4"] });
        Assert.Equal(DeviceState.Missing, events.Log.Next().State);

        Levels(path, 0);
        _files.Fifo("gpiochip9");
        events.Log.PassTo(DeviceState.Open);
        Assert.Equal("levels 0", events.Next());
    }

    [Fact]
    public void A_FIFO_without_levels_is_of_no_use()
    {
        var status = Start(new GpioFifo(), new LinePlan { Chip = _files.Fifo("chip"), Inputs = ["4"] }).Log.Next();

        Assert.Equal(DeviceState.Unusable, status.State);
        Assert.Contains("chip.levels", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_chip_is_said_to_be_none()
    {
        var status = Start(new GpioChips(), new LinePlan { Chip = "/dev/null", Inputs = ["4"] }).Log.Next();

        Assert.Equal(DeviceState.Unusable, status.State);
        Assert.Equal("Test lines: The GPIO chip /dev/null is not a GPIO chip.", status.Message);
    }

    [Fact]
    public void A_chip_by_a_label_that_none_has_is_missing()
    {
        var status = Start(new GpioChips(), new LinePlan { Chip = "no-such-chip", Inputs = ["4"] }).Log.Next();

        Assert.Contains("no-such-chip", status.Message, StringComparison.Ordinal);
        Assert.Equal(DeviceState.Missing, status.State);
    }

    [Fact]
    public void A_FIFO_is_not_taken_for_a_chip_unless_it_was_asked_for()
    {
        var status = Start(new GpioChips(), new LinePlan { Chip = Fifo(0), Inputs = ["4"] }).Log.Next();

        Assert.Equal(DeviceState.Unusable, status.State);
    }

    [Fact]
    public void A_device_that_belongs_to_a_group_names_the_group()
    {
        var path = _files.Path("gpiochip0");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        File.SetUnixFileMode(Path.GetDirectoryName(path)!, (UnixFileMode)0b111_101_101);
        if (Environment.UserName == "root")
            TestFiles.GiveToGroup(path, 20); // dialout, on Debian
        var tried = TestFiles.AsNobody(() =>
        {
            var status = GpioChip.TryOpen(path, out _)!;
            Assert.Equal(DeviceState.Forbidden, status.State);
            Assert.Contains("needs the group dialout", status.Message, StringComparison.Ordinal);
        });
        Assert.True(tried || Environment.UserName != "root");
    }

    [Fact]
    public void A_device_that_is_roots_alone_says_that_a_rule_gives_it_to_the_group_gpio()
    {
        var path = _files.Path("gpiochip0");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(Path.GetDirectoryName(path)!, (UnixFileMode)0b111_101_101);
        TestFiles.AsNobody(() =>
        {
            var status = GpioChip.TryOpen(path, out _)!;
            Assert.Equal(DeviceState.Forbidden, status.State);
            Assert.Contains("group gpio", status.Message, StringComparison.Ordinal);
        });
    }

    private string Fifo(ulong levels)
    {
        var path = _files.Fifo("chip");
        Levels(path, levels);
        return path;
    }

    private static void Levels(string fifo, ulong levels) => File.WriteAllText(fifo + GpioFifo.LevelsSuffix, levels.ToString(CultureInfo.InvariantCulture));

    private static void Write(string fifo, params byte[][] events)
    {
        var writer = TestFiles.Open(fifo);
        TestFiles.Write(writer, events.SelectMany(one => one).ToArray());
        TestFiles.Close(writer);
    }

    private Events Start(IGpioSource source, LinePlan plan)
    {
        var events = new Events(_time);
        var device = new GpioDevice("Test lines", plan, source, events, _time);
        _devices.Add(device);
        device.Start();
        return events;
    }

    private sealed class Events(ManualTime time) : IGpioLineEvents
    {
        private readonly BlockingCollection<string> _told = [];

        public StatusLog Log { get; } = new(time);

        public void Edge(int line, bool active) => _told.Add($"{line} {(active ? "on" : "off")}");

        public void Levels(ulong bits) => _told.Add($"levels {Convert.ToString((long)bits, 2)}");

        public void Changed(DeviceStatus status) => Log.Add(status);

        public string Next() => _told.TryTake(out var told, TimeSpan.FromSeconds(30)) ? told : throw new InvalidOperationException("Nothing was told of the lines.");
    }
}
