using Spectre.Console;
using Spectre.Console.Rendering;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>A picture of the whole terminal: a string for each row, escape sequences for the colours within.</summary>
internal static class Frame
{
    /// <returns>As many rows as there are, each as wide as the terminal.</returns>
    public static string[] Of(IRenderable view, int columns, int rows, ColorSystemSupport colors)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colors == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = colors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            // What is drawn depends on what is given, not on whose build machine this is.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = columns;
        console.Profile.Height = rows;
        console.Profile.Capabilities.Unicode = true;
        console.Write(view);
        string[] lines = text.ToString().ReplaceLineEndings("\n").Split('\n');
        return [.. Enumerable.Range(0, rows).Select(row => row < lines.Length ? lines[row] : "")];
    }
}
