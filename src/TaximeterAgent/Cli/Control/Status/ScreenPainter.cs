using System.Globalization;
using Spectre.Console;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>
/// Keeps a screen up to date over a slow line: a line that is as it was is not written again, and a picture that is as it was costs not one byte. What has changed
/// goes out in one write, in place, and is overwritten rather than erased, so that nothing flickers.
/// </summary>
/// <param name="output">The terminal; it understands cursor addressing.</param>
/// <param name="colours">What it may be coloured with.</param>
internal sealed class ScreenPainter(TextWriter output, ColorSystemSupport colours)
{
    // A screen of its own, so that what stood on the terminal is there again at the end; and no cursor that jumps about.
    private const string Begin = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private const string Clear = "\u001b[2J";
    private const string EraseLine = "\u001b[K";
    private const string Leave = "\u001b[?25h\u001b[?1049l";

    private ScreenLine[] _shown = [];
    private (int Width, int Height)? _size;

    /// <summary>Brings the screen to these lines, of which none is wider and which are not more than the size says.</summary>
    public async Task PaintAsync(IReadOnlyList<ScreenLine> lines, int width, int height)
    {
        using var written = new StringWriter();
        if (_size != (width, height))
        {
            written.Write(_size is null ? Begin : Clear);
            (_size, _shown) = ((width, height), []);
        }

        var terminal = Composer(written, width);
        for (var row = 0; row < Math.Max(lines.Count, _shown.Length); row++)
        {
            var old = row < _shown.Length ? _shown[row] : default;
            var line = row < lines.Count ? lines[row] : default;
            if (Same(line, old))
                continue;
            written.Write(string.Create(CultureInfo.InvariantCulture, $"\u001b[{row + 1};1H"));
            // Before it is written: at the end of a full line the cursor stands on its last character.
            if (line.ToString().Length < (old.ToString() is var before ? before.Length : 0))
                written.Write(EraseLine);
            Report.WriteScreenLine(terminal, line, "");
        }

        _shown = [.. lines];
        await SendAsync(written.ToString());
    }

    /// <summary>Gives the terminal back as it was.</summary>
    public Task EndAsync() => SendAsync(_size is null ? "" : Leave);

    private static bool Same(ScreenLine line, ScreenLine old) => line.Level == old.Level && line.ToString() == old.ToString();

    private async Task SendAsync(string text)
    {
        if (text.Length == 0)
            return;
        await output.WriteAsync(text);
        await output.FlushAsync();
    }

    // Wider than the terminal, so that it breaks no line by itself.
    private IAnsiConsole Composer(TextWriter written, int width)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.Yes, ColorSystem = colours, Interactive = InteractionSupport.No });
        terminal.Profile.Width = width + 1;
        return terminal;
    }
}
