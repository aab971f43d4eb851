using System.Text;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>A display that is there.</summary>
internal sealed record DisplaySize(int Columns, int Rows)
{
    public static DisplaySize Small { get; } = new(16, 2);

    public static DisplaySize Large { get; } = new(20, 4);

    public static IReadOnlyList<DisplaySize> All { get; } = [Small, Large];

    public override string ToString() => $"{Columns}x{Rows}";
}

/// <summary>A display drawn with letters.</summary>
internal static class Picture
{
    /// <summary>What the display shows.</summary>
    public static IReadOnlyList<string> Lines(ScreenView view, DisplaySize size, Home home) => Screen.Of(view, size.Columns, size.Rows, home.Language);

    /// <summary>A box as wide as the display, one line of text for each of its own and two for the frame.</summary>
    public static IReadOnlyList<string> Box(IReadOnlyList<string> lines, DisplaySize size)
    {
        var frame = '+' + new string('-', size.Columns) + '+';
        return [frame, .. lines.Select(line => '|' + line.PadRight(size.Columns) + '|'), frame];
    }

    public static string Drawn(ScreenView view, DisplaySize size, Home home) => string.Join('\n', Box(Lines(view, size, home), size)) + "\n";

    /// <summary>The same screen on a small and a large display, side by side.</summary>
    public static string OnBoth(ScreenView view, Home home)
    {
        var small = Box(Lines(view, DisplaySize.Small, home), DisplaySize.Small);
        var large = Box(Lines(view, DisplaySize.Large, home), DisplaySize.Large);
        var text = new StringBuilder();
        for (var row = 0; row < large.Count; row++)
            text.Append((row < small.Count ? small[row] : "").PadRight(DisplaySize.Small.Columns + 4)).Append(large[row]).Append('\n');
        return text.ToString();
    }
}
