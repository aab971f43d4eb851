using System.Globalization;
using System.Text;

namespace TaximeterAgent.Configuration;

/// <summary>Text from outside made fit for one line of a message: no control characters, not longer than a line.</summary>
internal static class Shown
{
    private const int Longest = 120;

    /// <summary>The text in quotation marks.</summary>
    public static string Quoted(string text) => $"\"{Plain(text)}\"";

    /// <summary>A duration as short as it can be written: <c>00:00:00.5</c>.</summary>
    public static string Duration(TimeSpan value)
    {
        var text = value.ToString("c", CultureInfo.InvariantCulture);
        return value.Ticks % TimeSpan.TicksPerSecond == 0 ? text : text.TrimEnd('0');
    }

    /// <summary>The text itself. A control character would break the line or repaint the terminal, so it becomes <c>?</c>.</summary>
    public static string Plain(string text) => Plain(text, Longest);

    /// <summary>The same with another bound, in characters.</summary>
    public static string Plain(string text, int longest)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= longest)
                return line.Append('…').ToString();
            line.Append(IsPlain(rune) ? rune.ToString() : "?");
        }

        return line.ToString();
    }

    // Line and paragraph separators, and the marks that turn the direction of writing.
    private static bool IsPlain(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value is not ((>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
