namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// The commands of customer displays, as Epson's DM-D series has them and most others take them ("ESC/POS mode"): initialize, clear, cursor off, overwrite,
/// code page, and a position before each run of text.
/// </summary>
internal sealed class CustomerDisplayPainter(int columns, int rows, CodePage page) : IPainter
{
    private const byte Escape = 0x1B;
    private const byte UnitSeparator = 0x1F;
    private const byte Return = 0x0D;
    private const byte ClearScreen = 0x0C;
    private const byte Blank = (byte)' ';

    public byte[] SetUp() =>
    [
        // A command that was broken off takes these for its rest; otherwise they only go to the line's beginning.
        Return, Return, Return,
        Escape, (byte)'@',
        Escape, (byte)'t', page.Table,
        UnitSeparator, 0x01, // overwrite: text at the end of a line scrolls nothing
        UnitSeparator, (byte)'C', 0,
        ClearScreen,
    ];

    public byte[] Draw(IReadOnlyList<string>? from, IReadOnlyList<string> to)
    {
        var bytes = new List<byte>();
        for (var row = 0; row < rows; row++)
        {
            // From the first cell that differs to the last: at 9600 baud a position costs four cells.
            var (first, last) = Changed(from, to, row);
            if (first > last)
                continue;
            bytes.AddRange([UnitSeparator, (byte)'$', (byte)(first + 1), (byte)(row + 1)]);
            for (var column = first; column <= last; column++)
                bytes.Add(Cell(to, row, column));
        }

        return [.. bytes];
    }

    private (int First, int Last) Changed(IReadOnlyList<string>? from, IReadOnlyList<string> to, int row)
    {
        var changed = Enumerable.Range(0, columns).Where(column => from is null || Cell(from, row, column) != Cell(to, row, column)).ToList();
        return changed.Count == 0 ? (1, 0) : (changed[0], changed[^1]);
    }

    private byte Cell(IReadOnlyList<string> lines, int row, int column) =>
        row < lines.Count && column < lines[row].Length ? page.Byte(lines[row][column]) : Blank;
}
