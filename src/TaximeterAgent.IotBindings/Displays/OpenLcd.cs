using System.Device.Gpio;
using System.Drawing;
using Iot.Device.CharacterLcd;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.IotBindings.Displays;

/// <summary>A display that is open, through Iot.Device.CharacterLcd.</summary>
internal sealed class OpenLcd : IDisposable
{
    private static readonly TimeSpan s_clear = TimeSpan.FromMilliseconds(2.2);

    private readonly GpioController _controller;
    private readonly LcdPins _pins;
    private readonly IDisposable? _claim;
    private readonly (int Columns, int Rows) _size;
    private readonly GlyphSet _glyphs;
    private Hd44780 _lcd;

    /// <summary>Sets the display up.</summary>
    /// <param name="driver">Closed with it.</param>
    /// <param name="pins">The display's pins there.</param>
    /// <param name="claim">Given up with it.</param>
    /// <param name="size">Characters a line, and lines.</param>
    /// <param name="glyphs">The letters.</param>
    public OpenLcd(GpioDriver driver, LcdPins pins, IDisposable? claim, (int Columns, int Rows) size, GlyphSet glyphs)
    {
        (_controller, _pins, _claim, _size, _glyphs) = (new PacedController(driver, pins.Enable), pins, claim, size, glyphs);
        try
        {
            _lcd = Made();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sets it up anew, from whatever state it is in: only making the library's object anew does that.</summary>
    public void SetUp() => _lcd = Made();

    public void GoTo(int row, int column) => _lcd.SetCursorPosition(column, row);

    public void Write(byte character) => _lcd.Write([(char)character]);

    /// <summary>Sets the light; fails if the display, or the chip that it is on, is gone.</summary>
    public void Light(bool on)
    {
        _lcd.BacklightOn = on;
        if (_pins.Light < 0)
            _controller.Read(_pins.Enable);
    }

    public void Dispose()
    {
        _controller.Dispose();
        _claim?.Dispose();
    }

    // Blank, and with the language's letters.
    private Hd44780 Made()
    {
        var wires = LcdInterface.CreateGpio(
            _pins.RegisterSelect, _pins.Enable, [.. _pins.Data], _pins.Light, readWritePin: _pins.ReadWrite, controller: _controller, shouldDispose: false);
        var lcd = _size switch
        {
            (16, 2) => new Lcd1602(wires),
            (20, 4) => new Lcd2004(wires),
            _ => new Hd44780(new Size(_size.Columns, _size.Rows), wires),
        };
        // The library's last command clears the display and waits for 1 ms; the controller takes longer.
        Thread.Sleep(s_clear);
        for (var number = 0; number < _glyphs.Letters.Count; number++)
            lcd.CreateCustomCharacter(number, _glyphs.Dots(number));
        return lcd;
    }
}
