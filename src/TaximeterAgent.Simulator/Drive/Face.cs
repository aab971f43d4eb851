using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>
/// Lines that stay lines: cut where the room ends, never wrapped, and filled up to it. Control characters, which may come from anybody's process, are not
/// handed to the terminal.
/// </summary>
internal sealed class Face : Renderable
{
    private readonly List<List<(string Text, Style Style)>> _lines = [];

    /// <summary>Begins a line.</summary>
    public Face Line(string text = "", Style? style = null)
    {
        _lines.Add([]);
        return Add(text, style);
    }

    /// <summary>Goes on in the line that was begun last.</summary>
    public Face Add(string text, Style? style = null)
    {
        if (text.Length > 0)
            _lines[^1].Add((Clean(text), style ?? Style.Plain));
        return this;
    }

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (List<(string Text, Style Style)> line in _lines)
        {
            int left = maxWidth;
            foreach ((string text, Style style) in line)
            {
                string shown = Cut(text, left);
                left -= shown.Length;
                if (shown.Length > 0)
                    yield return new Segment(shown, style);
            }

            if (left > 0)
                yield return new Segment(new string(' ', left));
            yield return Segment.LineBreak;
        }
    }

    /// <summary>Text that has room; an ellipsis says that there was more.</summary>
    internal static string Cut(string text, int room) => text.Length <= room ? text : room <= 0 ? "" : text[..(room - 1)] + "…";

    /// <summary>One column for each character: what is no plain text of ours is shown as a dot.</summary>
    private static string Clean(string text)
    {
        if (text.All(IsPlain))
            return text;
        var clean = new StringBuilder(text);
        for (int at = 0; at < clean.Length; at++)
        {
            if (!IsPlain(clean[at]))
                clean[at] = '·';
        }

        return clean.ToString();
    }

    // Latin, punctuation, arrows, lines, blocks: nothing that terminals show in two columns or in none.
    private static bool IsPlain(char unit) => unit is (>= ' ' and <= '~') or (>= '\u00A1' and <= '\u024F' and not '\u00AD') or '…' or '•' or '–'
        or (>= '\u2190' and <= '\u2193') or (>= '\u2500' and <= '\u259F') or '▯' or '▶' or '◊' or '✓' or '✗' or '●' or '○';
}
