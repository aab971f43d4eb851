using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.IotBindings.Displays;

/// <summary>What is done to a display, as pairs of bytes: a step, and what it is done with.</summary>
internal sealed class LcdSteps(int columns, int rows, GlyphSet glyphs) : IPainter
{
    /// <summary>Sets the display up anew.</summary>
    public const byte SetUpAnew = 0;

    /// <summary>Goes to a cell: its row in the upper two bits, its column in the lower six.</summary>
    public const byte GoTo = 1;

    /// <summary>Writes a character.</summary>
    public const byte Write = 2;

    /// <summary>Sets the light as it shall be, which it mostly is.</summary>
    public const byte Light = 3;

    /// <summary>Bytes of a step.</summary>
    public const int Size = 2;

    private const int RowShift = 6;
    private const byte ColumnMask = 0x3F;

    public static (int Row, int Column) Cell(byte place) => (place >> RowShift, place & ColumnMask);

    public byte[] SetUp() => [SetUpAnew, 0];

    public byte[] Draw(IReadOnlyList<string>? from, IReadOnlyList<string> to)
    {
        var steps = new List<byte>();
        foreach (var change in PictureChanges.Between(from, to, columns, rows, glyphs))
        {
            if (change.Jump)
                steps.AddRange([GoTo, (byte)((change.Row << RowShift) | change.Column)]);
            steps.AddRange([Write, change.Cell]);
        }

        return [.. steps];
    }

    public byte[] Check() => [Light, 0];
}
