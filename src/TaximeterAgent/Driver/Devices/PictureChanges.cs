namespace TaximeterAgent.Driver.Devices;

/// <summary>One cell of a display that changes.</summary>
/// <param name="Row">From the top, 0 first.</param>
/// <param name="Column">From the left, 0 first.</param>
/// <param name="Cell">What shall stand there.</param>
/// <param name="Jump">True if the controller, which goes on to the right by itself, has to be told where.</param>
internal readonly record struct CellChange(int Row, int Column, byte Cell, bool Jump);

/// <summary>What differs between two pictures, for a display that is slow.</summary>
internal static class PictureChanges
{
    private const byte Blank = (byte)' ';

    /// <summary>The cells that differ, line by line.</summary>
    /// <param name="from">What stands there; null if anything may, so that all of it is written.</param>
    /// <param name="to">What shall stand there.</param>
    /// <param name="columns">Characters a line; what is beyond is cut off.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="glyphs">Which byte shows which character.</param>
    public static IEnumerable<CellChange> Between(IReadOnlyList<string>? from, IReadOnlyList<string> to, int columns, int rows, GlyphSet glyphs)
    {
        for (var row = 0; row < rows; row++)
        {
            var at = -1; // where the controller would write next, if it was told
            for (var column = 0; column < columns; column++)
            {
                var cell = Cell(to, row, column, glyphs);
                if (from is not null && Cell(from, row, column, glyphs) == cell)
                    continue;
                yield return new CellChange(row, column, cell, at != column);
                at = column + 1;
            }
        }
    }

    private static byte Cell(IReadOnlyList<string> lines, int row, int column, GlyphSet glyphs) =>
        row < lines.Count && column < lines[row].Length ? glyphs.Byte(lines[row][column]) : Blank;
}
