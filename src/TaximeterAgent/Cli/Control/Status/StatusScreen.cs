using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>The parts of the car as one screen. Pure: parts and a size in, lines out; no line is wider than the screen.</summary>
internal static class StatusScreen
{
    private const int MarkWidth = 8;
    private const int NameWidth = 14;

    /// <summary>Where a terminal is so narrow that nothing can be put beside a name, it spills.</summary>
    private const int LeastWidth = 40;

    /// <summary>Makes the lines.</summary>
    /// <param name="head">The first line: which car.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines at most; what does not fit is counted in the last. Null for as many as there are.</param>
    public static IReadOnlyList<ScreenLine> Lines(string head, IReadOnlyList<PartReport> parts, int width, int? height = null)
    {
        width = Math.Max(width, LeastWidth);
        var lines = new List<ScreenLine>();
        lines.AddRange(Wrap($"{Text.Line(head)}   {Summary(parts)}", width).Select(line => new ScreenLine("", line)));
        foreach (var part in parts)
            lines.AddRange(Part(part, width));
        if (height is not { } most || lines.Count <= most)
            return lines;
        var hidden = lines.Count - (most - 1);
        return [.. lines.Take(most - 1), new ScreenLine("", $"… {hidden} more lines: make the window higher, or: {CommandLine.Name} status | less")];
    }

    /// <summary>How many parts want a person.</summary>
    public static string Summary(IReadOnlyList<PartReport> parts)
    {
        var (red, yellow) = (parts.Count(part => LevelOf(part) == Level.Red), parts.Count(part => LevelOf(part) == Level.Yellow));
        return (red, yellow) switch
        {
            (0, 0) => "all well",
            (0, _) => $"{yellow} YELLOW",
            (_, 0) => $"{red} RED",
            _ => $"{red} RED, {yellow} YELLOW",
        };
    }

    /// <summary>A level as the screen has it. What wants a person is louder, for those who see no colour.</summary>
    public static string Word(Level level) => level switch
    {
        Level.Green => "green",
        Level.Yellow => "YELLOW",
        Level.Red => "RED",
        _ => "?",
    };

    private static IEnumerable<ScreenLine> Part(PartReport part, int width)
    {
        var level = LevelOf(part);
        var room = width - MarkWidth - NameWidth;
        var (mark, name) = (Word(level).PadRight(MarkWidth), Text.Line(part.Name).PadRight(NameWidth));
        foreach (var line in Wrap(Text.Line(part.Why), room))
        {
            yield return new ScreenLine(mark, name + line, level);
            (mark, name) = (new string(' ', MarkWidth), new string(' ', NameWidth));
        }

        if (part.Cure is not { } cure)
            yield break;
        var before = "> ";
        foreach (var line in Wrap(Text.Line(cure), room - before.Length))
        {
            yield return new ScreenLine(mark, name + before + line, level);
            before = "  ";
        }
    }

    /// <summary>Parts a text at its blanks, a frame of the meter after its bars, and a word that is longer than a line where it must.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var at = text.LastIndexOf(' ', width, width);
            var bar = text.LastIndexOf('|', width - 1, width);
            var end = at > 0 ? at : bar > 0 ? bar + 1 : width;
            yield return text[..end].TrimEnd();
            text = text[end..].TrimStart();
        }

        yield return text;
    }

    private static Level LevelOf(PartReport part)
    {
        foreach (var level in Enum.GetValues<Level>())
        {
            if (Kebab.Of(level) == part.Level)
                return level;
        }

        return Level.Unknown;
    }
}
