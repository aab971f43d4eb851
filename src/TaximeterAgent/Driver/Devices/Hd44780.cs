namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// The commands of the HD44780 and how long it is busy with them. The times are the datasheet's at 270 kHz with room for the slowest oscillator, 190 kHz,
/// that it allows.
/// </summary>
internal static class Hd44780
{
    public const byte Clear = 0x01;
    public const byte EntryIncrement = 0x06;
    public const byte DisplayOff = 0x08;
    public const byte DisplayOnWithoutCursor = 0x0C;
    public const byte FourBitsTwoLines = 0x28;
    public const byte SetGlyphAddress = 0x40;
    public const byte SetAddress = 0x80;

    /// <summary>The upper half of "function set, eight bits", which from any state leads to a known one when it is said three times.</summary>
    public const byte EightBitsNibble = 0x3;

    /// <summary>The upper half of "function set, four bits".</summary>
    public const byte FourBitsNibble = 0x2;

    /// <summary>After power has come.</summary>
    public static readonly TimeSpan PowerUp = TimeSpan.FromMilliseconds(40);

    /// <summary>After the first "eight bits": it may have completed any command.</summary>
    public static readonly TimeSpan FirstReset = TimeSpan.FromMilliseconds(5);

    /// <summary>After the second.</summary>
    public static readonly TimeSpan SecondReset = TimeSpan.FromMicroseconds(200);

    /// <summary>Clear and home.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMilliseconds(2.2);

    /// <summary>Where a line begins in the display's memory: with four lines, the third and fourth are the first two's continuation.</summary>
    public static int Address(int row, int column, int columns) => ((row & 1) * 0x40) + ((row & 2) / 2 * columns) + column;
}
