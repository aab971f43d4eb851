namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// The byte stream for an HD44780 in its four-bit mode behind a PCF8574, as the usual backpack is wired: P0 RS, P1 R/W, P2 E, P3 the light, P4 to P7 the
/// data lines D4 to D7. Every byte sets all eight pins at once.
/// </summary>
/// <remarks>
/// The controller is never asked whether it is busy. Every wait is made of bytes that repeat the pins as they are: nobody sleeps, it holds however late
/// the kernel sends the next transfer, and a test sees it. A byte takes 90 µs at the PCF8574's 100 kHz, and no less than <see cref="ByteTime"/> on a bus
/// that runs at 400 kHz; the waits are counted for the latter.
/// </remarks>
internal sealed class Pcf8574Painter(int columns, int rows, GlyphSet glyphs) : IPainter
{
    /// <summary>Nine bits at 400 kHz.</summary>
    public static readonly TimeSpan ByteTime = TimeSpan.FromMicroseconds(22.5);

    private const byte RegisterSelect = 0x01;
    private const byte Enable = 0x04;
    private const byte Light = 0x08;

    // Set by whoever switches it, read by the device's thread; a byte is whole.
    private volatile byte _light = Light;

    /// <summary>The pins at rest: nothing enabled, the light on. Also what tells whether somebody is there.</summary>
    public static ReadOnlySpan<byte> Rest => [Light];

    /// <summary>Whether the light is on; shown by what is drawn or checked next.</summary>
    public bool IsLit
    {
        get => _light != 0;
        set => _light = value ? Light : (byte)0;
    }

    public byte[] SetUp()
    {
        var pins = new List<byte>();
        Wait(pins, Hd44780.PowerUp);
        Nibble(pins, Hd44780.EightBitsNibble, RegisterOf(data: false), Hd44780.FirstReset);
        Nibble(pins, Hd44780.EightBitsNibble, RegisterOf(data: false), Hd44780.SecondReset);
        Nibble(pins, Hd44780.EightBitsNibble, RegisterOf(data: false), Hd44780.SecondReset);
        Nibble(pins, Hd44780.FourBitsNibble, RegisterOf(data: false), Hd44780.SecondReset);
        Command(pins, Hd44780.FourBitsTwoLines);
        Command(pins, Hd44780.DisplayOff);
        Command(pins, Hd44780.Clear);
        Wait(pins, Hd44780.Long);
        Command(pins, Hd44780.EntryIncrement);
        for (var number = 0; number < glyphs.Letters.Count; number++)
        {
            Command(pins, (byte)(Hd44780.SetGlyphAddress | (number * 8)));
            foreach (var row in glyphs.Dots(number))
                Byte(pins, row, data: true);
        }

        Command(pins, Hd44780.DisplayOnWithoutCursor);
        return [.. pins];
    }

    public byte[] Draw(IReadOnlyList<string>? from, IReadOnlyList<string> to)
    {
        var pins = new List<byte>();
        foreach (var change in PictureChanges.Between(from, to, columns, rows, glyphs))
        {
            // An address costs as much as a cell.
            if (change.Jump)
                Command(pins, (byte)(Hd44780.SetAddress | Hd44780.Address(change.Row, change.Column, columns)));
            Byte(pins, change.Cell, data: true);
        }

        return [.. pins];
    }

    public byte[] Check() => [_light];

    private void Command(List<byte> pins, byte command) => Byte(pins, command, data: false);

    // Five bytes. From the end of one pair of nibbles to the enabling edge of the next there are two, 45 µs at the least, and a common command takes 37.
    private void Byte(List<byte> pins, byte value, bool data)
    {
        var register = RegisterOf(data);

        // The register must be chosen before E rises; the data lines count when it falls.
        pins.Add((byte)((value & 0xF0) | register));
        Strobe(pins, (byte)(value >> 4), register);
        Strobe(pins, (byte)(value & 0xF), register);
    }

    private void Nibble(List<byte> pins, byte nibble, byte register, TimeSpan then)
    {
        pins.Add((byte)((nibble << 4) | register));
        Strobe(pins, nibble, register);
        Wait(pins, then);
    }

    private static void Strobe(List<byte> pins, byte nibble, byte register)
    {
        var lines = (byte)((nibble << 4) | register);
        pins.Add((byte)(lines | Enable));
        pins.Add(lines);
    }

    private byte RegisterOf(bool data) => data ? (byte)(_light | RegisterSelect) : _light;

    private void Wait(List<byte> pins, TimeSpan time)
    {
        var rest = pins.Count == 0 ? _light : pins[^1];
        pins.AddRange(Enumerable.Repeat(rest, (int)Math.Ceiling(time / ByteTime)));
    }
}
