using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Driver.Devices.Contracts;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices;

/// <summary>What is particular to a display on an I2C bus: few bytes, and a start from any state.</summary>
public sealed class Pcf8574Tests : IDisposable
{
    private const double ByteMilliseconds = 0.09; // nine bits at 100 kHz

    private readonly ManualTime _time = new();
    private readonly TestFiles _files = new();
    private readonly Pcf8574Painter _painter = new(16, 2, GlyphSet.Of("nb"));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Wherever_a_display_was_cut_off_setting_it_up_makes_the_right_picture()
    {
        byte[] first = [.. _painter.SetUp(), .. _painter.Draw([], ["Før strømbrudd æ", "345,00 kr"])];
        byte[] again = [.. _painter.SetUp(), .. _painter.Draw([], ["Betalt på nytt", "å"])];
        for (var cut = 0; cut <= first.Length; cut += cut < 1778 ? 200 : 1)
        {
            var picture = new BackpackPicture(16, 2, busClock: 400_000);
            picture.Write(first.AsSpan(0, cut));
            picture.Write(again);
            Assert.Equal(["Betalt på nytt".PadRight(16), "å".PadRight(16)], picture.Lines());
        }
    }

    [Theory]
    [InlineData(100_000, 270_000)]
    [InlineData(100_000, 190_000)] // the slowest controller
    [InlineData(400_000, 270_000)] // a bus faster than the expander is made for
    public void No_command_comes_while_the_controller_is_busy(double busClock, double oscillator)
    {
        var picture = new BackpackPicture(16, 2, busClock, new Simulator.Car.Hd44780(oscillator));
        picture.Write([.. _painter.SetUp(), .. _painter.Draw([], ["0123456789abcdef", "0123456789abcdef"]), .. _painter.SetUp(), .. _painter.Draw([], ["x"])]);
        Assert.Empty(picture.Faults);
        Assert.Equal("x".PadRight(16), picture.Lines()[0]);
        Assert.Equal((false, false, true), (picture.Controller.CursorOn, picture.Controller.BlinkOn, picture.Light));
    }

    [Fact]
    public void Only_cells_that_change_are_written()
    {
        var one = _painter.Draw(["Waiting for **39", "b"], ["Waiting for **49", "b"]);
        Assert.Equal(10, one.Length); // an address and a character
        Assert.Empty(_painter.Draw(["same", "too long for the line that it is in"], ["same", "too long for the line that it is, cut off"]));
        Assert.Equal(15, _painter.Draw(["ab"], ["AB"]).Length);
    }

    [Theory]
    [InlineData(16, 2, 15.3)]
    [InlineData(20, 4, 37.8)]
    public void A_full_picture_takes_as_long_as_the_manual_says(int columns, int rows, double milliseconds)
    {
        var painter = new Pcf8574Painter(columns, rows, GlyphSet.None);
        var lines = Enumerable.Repeat(new string('x', columns), rows).ToArray();
        Assert.Equal(milliseconds, painter.Draw([], lines).Length * ByteMilliseconds, 0.01);
        Assert.InRange(painter.SetUp().Length * ByteMilliseconds, 160, 260);
    }

    [Fact]
    public void An_idle_display_is_asked_every_half_minute_whether_it_is_there_with_one_byte_that_changes_nothing()
    {
        using var rig = new BackpackRig(16, 2, busClock: 100_000, "en", _time);
        var log = new StatusLog(_time);
        rig.Display.Show(["idle"]);
        rig.Display.Start(log.Add);
        Assert.Equal(DeviceState.Open, log.Next().State);
        rig.Shows("idle");
        var before = rig.Bytes;
        for (var check = 1; check <= 3; check++)
        {
            _time.Advance(Pcf8574Display.CheckEvery);
            for (var glance = 0; glance < 1000 && rig.Bytes < before + check; glance++)
                rig.Shows("idle");
            Assert.Equal(before + check, rig.Bytes);
        }

        Assert.Empty(rig.Picture.Faults);
    }

    [Theory]
    [InlineData("/dev/no-such-bus", DeviceState.Missing, "is not there")]
    [InlineData("/dev/null", DeviceState.Unusable, "is not an I2C bus")]
    public void What_is_wrong_with_a_bus_is_said(string bus, object state, string words)
    {
        var status = Open(bus, allowFifo: true);
        Assert.Equal((DeviceState)state, status.State);
        Assert.Contains(words, status.Message);
        Assert.Contains("0x27", status.Message);
    }

    [Fact]
    public void A_FIFO_that_was_not_asked_for_is_no_bus()
    {
        var path = _files.Fifo("bus");
        var reader = TestFiles.Open(path);
        Assert.Equal(DeviceState.Unusable, Open(path, allowFifo: false).State);
        Assert.Equal(DeviceState.Open, Open(path, allowFifo: true).State);
        TestFiles.Close(reader);
    }

    [Theory]
    [InlineData(0x1F, 16, 2)]
    [InlineData(0x28, 16, 2)]
    [InlineData(0x37, 16, 2)]
    [InlineData(0x40, 16, 2)]
    [InlineData(0x27, 16, 3)]
    [InlineData(0x27, 21, 4)]
    [InlineData(0x27, 41, 2)]
    public void A_display_that_there_is_not_is_refused(int address, int columns, int rows) =>
        Assert.ThrowsAny<ArgumentException>(() => new Pcf8574Display(new Pcf8574Options("/dev/i2c-1", address, columns, rows, "en", AllowFifo: false), _time));

    [Fact]
    public void The_light_is_switched_without_a_change_of_the_picture_and_stays_off_while_others_are_drawn()
    {
        const byte light = 0x08;
        Assert.All(_painter.SetUp(), pins => Assert.Equal(light, pins & light));
        _painter.IsLit = false;
        Assert.Equal([0], _painter.Check());
        Assert.All((byte[])[.. _painter.SetUp(), .. _painter.Draw([], ["345,00 kr", "Venter på"])], pins => Assert.Equal(0, pins & light));
        _painter.IsLit = true;
        Assert.Equal([light], _painter.Check());
    }

    private DeviceStatus Open(string bus, bool allowFifo)
    {
        var log = new StatusLog(_time);
        using var display = new Pcf8574Display(new Pcf8574Options(bus, 0x27, 16, 2, "en", allowFifo), _time);
        display.Start(log.Add);
        return log.Next();
    }
}
