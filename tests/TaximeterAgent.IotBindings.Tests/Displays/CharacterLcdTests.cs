using TaximeterAgent.IotBindings.Displays;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Driver.Devices.Contracts;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.IotBindings.Tests.Displays;

/// <summary>A display through the library, whose pins come over a FIFO.</summary>
internal sealed class CharacterLcdRig : DisplayRig
{
    /// <summary>No bus at all: a line changes at once.</summary>
    private const double NoBus = 1e9;

    private static readonly TimeSpan s_check = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time;
    private readonly string _fifo;
    private readonly (int Columns, int Rows) _size;
    private readonly double _busClock;

    /// <param name="time">The display's.</param>
    /// <param name="language">Whose letters.</param>
    /// <param name="size">Characters a line, and lines.</param>
    /// <param name="busClock">Of its I2C bus; null for a display on GPIO lines.</param>
    public CharacterLcdRig(ManualTime time, string language, (int Columns, int Rows) size, double? busClock)
    {
        (_time, _size, _busClock) = (time, size, busClock ?? NoBus);
        _fifo = Files.Fifo("pins");
        Begin(TestFiles.Open(_fifo));
        LcdWiring wiring = busClock is not null
            ? new LcdOnBackpack("/dev/i2c-1", 0x27, () => new RecordedExpander(_fifo))
            : new LcdOnLines(new LcdLines("c", "10", "11", ["13", "14", "15", "16"], "12"), new RecordedLines(_fifo));
        Lcd = new CharacterLcdDisplay(wiring, size.Columns, size.Rows, language, time);
    }

    public CharacterLcdDisplay Lcd { get; }

    public override ICharacterDisplay Display => Lcd;

    // Nothing comes back from such a display: that it is gone shows when it is asked.
    public override void Lose()
    {
        TestFiles.Close(Reader);
        Reader = -1;
        _time.Advance(s_check);
    }

    public override void Return() => Begin(TestFiles.Open(_fifo));

    protected override IDisplayPicture NewPicture() => new TimedPicture(_size.Columns, _size.Rows, _busClock);
}

/// <summary>Lcd1602 behind a PCF8574 on a bus of 100 kHz.</summary>
public sealed class Lcd1602OnBackpackContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new CharacterLcdRig(time, language, (16, 2), busClock: 100_000);
}

/// <summary>Lcd2004 behind a PCF8574 on a bus that is faster than the expander is made for.</summary>
public sealed class Lcd2004OnFastBackpackContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new CharacterLcdRig(time, language, (20, 4), busClock: 400_000);
}

/// <summary>Lcd1602 on GPIO lines.</summary>
public sealed class Lcd1602OnLinesContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new CharacterLcdRig(time, language, (16, 2), busClock: null);
}

/// <summary>Lcd2004 on GPIO lines.</summary>
public sealed class Lcd2004OnLinesContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new CharacterLcdRig(time, language, (20, 4), busClock: null);
}

/// <summary>What is particular to these displays.</summary>
public sealed class CharacterLcdTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(100_000d)]
    [InlineData(null)]
    public void The_light_is_on_and_can_be_switched(double? busClock)
    {
        using var rig = new CharacterLcdRig(_time, "en", (16, 2), busClock);
        rig.Lcd.Start(_ => { });
        rig.Lcd.Show(["lit"]);
        rig.Shows("lit");
        Assert.True(Light());
        rig.Lcd.Light(on: false);
        for (var glance = 0; glance < 1000 && Light(); glance++)
            rig.Shows("lit"); // the text stays
        Assert.False(Light());
        rig.BrownOut();
        rig.Lcd.Reset();
        rig.Shows("lit");
        Assert.False(Light()); // as it was switched

        bool Light() => ((TimedPicture)rig.Picture).Light;
    }

    [Theory]
    [InlineData("/dev/no-such-bus", DeviceState.Missing, "is not there")]
    [InlineData("/dev/null", DeviceState.Unusable, "is not an I2C bus")]
    public void What_is_wrong_with_a_bus_is_said(string bus, DeviceState state, string words)
    {
        using var display = new CharacterLcdDisplay(new LcdOnBackpack(bus, 0x27), 16, 2, "en", _time);
        var log = new StatusLog(_time);
        display.Start(log.Add);
        var status = log.Next();
        Assert.Equal(state, status.State);
        Assert.Contains(words, status.Message, StringComparison.Ordinal);
        Assert.Contains("0x27", status.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x1F, 16, 2)]
    [InlineData(0x27, 16, 3)]
    [InlineData(0x27, 16, 4)] // the library has the third line begin elsewhere
    [InlineData(0x27, 41, 2)]
    public void A_display_that_there_is_not_is_refused(int address, int columns, int rows) =>
        Assert.ThrowsAny<ArgumentException>(() => new CharacterLcdDisplay(new LcdOnBackpack("/dev/i2c-1", address), columns, rows, "en", _time));

    /// <summary>Why the backpack is not driven by the library's own interface for it: the picture's datasheet has no such edge.</summary>
    [Fact]
    public void The_librarys_interface_for_backpacks_would_be_found_out()
    {
        using var files = new TestFiles();
        var fifo = files.Fifo("pins");
        var reader = TestFiles.Open(fifo);
        using var expander = new RecordedExpander(fifo);
        var lcd = new Iot.Device.CharacterLcd.Lcd1602(expander, uses8Bit: false);
        lcd.Write("x");
        var picture = new TimedPicture(16, 2, 100_000);
        while (TestFiles.TryRead(reader, 0) is { } bytes)
            picture.Write(bytes);
        TestFiles.Close(reader);
        Assert.Contains("RS or R/W changed together with the rise of E", picture.Faults);
    }
}
