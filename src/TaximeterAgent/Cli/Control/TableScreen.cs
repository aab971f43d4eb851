using TaximeterAgent.Cli.Control.Status;

namespace TaximeterAgent.Cli.Control;

/// <summary>
/// A table for a person's terminal. Pure: rows and a width in, lines out. No line is wider, and nothing is cut: text that has no room goes on below itself, and where
/// the columns have no room beside each other each row becomes a block of names and values.
/// </summary>
internal static class TableScreen
{
    private const int Gap = 2;

    /// <summary>A column of text may be made so narrow, if its words are longer; then they are parted.</summary>
    private const int LeastText = 24;

    /// <summary>On a narrower terminal it spills.</summary>
    private const int LeastWidth = 40;

    /// <summary>Makes the lines; the first is the header, unless the rows are blocks.</summary>
    /// <param name="columns">The columns; those for wider terminals stay away, but from blocks.</param>
    /// <param name="rows">A cell for each column, without control characters.</param>
    /// <param name="width">Of the terminal.</param>
    public static (bool Header, IReadOnlyList<string> Lines) Lines(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows, int width)
    {
        width = Math.Max(width, LeastWidth);
        List<int> shown = [.. Enumerable.Range(0, columns.Count).Where(at => columns[at].From <= width)];
        return Widths([.. shown.Select(at => columns[at])], [.. rows.Select(row => shown.Select(at => row[at]).ToArray())], width) is { } widths
            ? (true, [Line(shown, widths, at => columns[at].Name, columns), .. rows.SelectMany(row => Lines(row, shown, widths, columns))])
            : (false, [.. rows.SelectMany((row, at) => at == 0 ? Block(columns, row, width) : ["", .. Block(columns, row, width)])]);
    }

    // Null if they have no room beside each other.
    private static int[]? Widths(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows, int width)
    {
        int[] full = [.. columns.Select((column, at) => rows.Select(row => row[at].Length).Append(column.Name.Length).Max())];
        int[] given = [.. columns.Select((column, at) => column.Flows ? Math.Min(full[at], Math.Min(LeastText, LongestWord(column, rows, at))) : full[at])];
        var left = width - (Gap * (columns.Count - 1)) - given.Sum();
        if (left < 0)
            return null;
        for (; left > 0; left--)
        {
            // To whichever lacks most, in proportion.
            var neediest = Enumerable.Range(0, full.Length).Where(at => given[at] < full[at]).OrderByDescending(at => full[at] / (double)given[at]).Select(at => (int?)at).FirstOrDefault();
            if (neediest is not { } at)
                break;
            given[at]++;
        }

        return given;
    }

    private static int LongestWord(Column column, IReadOnlyList<string[]> rows, int at) =>
        rows.Select(row => row[at]).Append(column.Name).SelectMany(text => text.Split(' ')).Max(word => word.Length);

    private static IEnumerable<string> Lines(string[] row, IReadOnlyList<int> shown, int[] widths, IReadOnlyList<Column> columns)
    {
        var cells = shown.Select((at, place) => (At: at, Lines: StatusScreen.Wrap(row[at], widths[place]).ToList())).ToDictionary(cell => cell.At, cell => cell.Lines);
        for (var line = 0; line < cells.Values.Max(lines => lines.Count); line++)
            yield return Line(shown, widths, at => cells[at].ElementAtOrDefault(line) ?? "", columns);
    }

    private static string Line(IReadOnlyList<int> shown, int[] widths, Func<int, string> cell, IReadOnlyList<Column> columns) =>
        string.Join(new string(' ', Gap), shown.Select((at, place) => columns[at].Right ? cell(at).PadLeft(widths[place]) : cell(at).PadRight(widths[place]))).TrimEnd();

    private static IEnumerable<string> Block(IReadOnlyList<Column> columns, string[] row, int width)
    {
        var names = columns.Max(column => column.Name.Length);
        for (var at = 0; at < columns.Count; at++)
        {
            var name = columns[at].Name;
            foreach (var line in row[at].Length == 0 ? [] : StatusScreen.Wrap(row[at], width - names - Gap))
            {
                yield return name.PadRight(names + Gap) + line;
                name = "";
            }
        }
    }
}

/// <summary>A table's column.</summary>
/// <param name="Right">A number: it stands to the right.</param>
/// <param name="Flows">Text that may go on below itself; what does not is never parted.</param>
/// <param name="From">The width from which on a terminal has it, in columns. A program always has it.</param>
internal readonly record struct Column(string Name, bool Right = false, bool Flows = false, int From = 0);
