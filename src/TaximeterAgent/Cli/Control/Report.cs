using Spectre.Console;
using TaximeterAgent.Cli.Control.Status;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary>
/// Where a command writes: tables for a person at a terminal, lines with tabs for a program, the agent's JSON for whoever asked for that.
/// </summary>
internal sealed class Report
{
    private readonly TextWriter _output;
    private readonly IAnsiConsole? _terminal;

    public Report(TextWriter output, TextWriter error, bool json)
        : this(output, error, json, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected ? Terminal(output) : null)
    {
    }

    internal Report(TextWriter output, TextWriter error, bool json, IAnsiConsole? terminal)
    {
        _output = output;
        Error = error;
        Json = json;
        _terminal = terminal;
    }

    /// <summary>For what is no answer: questions, warnings.</summary>
    public TextWriter Error { get; }

    public bool Json { get; }

    /// <summary>True if a program reads it: then fields are parted by tabs and nothing is laid out.</summary>
    public bool Plain => _terminal is null;

    /// <summary>A row of its own, fields with tabs between; for programs.</summary>
    public Task WriteRowAsync(params IEnumerable<string> fields) => _output.WriteLineAsync(string.Join('\t', fields.Select(Text.Line)));

    public Task WriteJsonAsync(string json) => _output.WriteLineAsync(json);

    /// <summary>Names and values, one a line.</summary>
    public async Task WriteFactsAsync(IEnumerable<(string Name, string Value)> facts)
    {
        if (_terminal is null)
        {
            foreach (var (name, value) in facts)
                await _output.WriteLineAsync($"{name}\t{Text.Line(value)}");
            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in facts)
            grid.AddRow(new Markup($"[bold]{Markup.Escape(name)}[/]"), new Spectre.Console.Text(Text.Line(value)));
        _terminal.Write(grid);
    }

    /// <summary>Where a watched status goes: a screen where the terminal can address its cursor, else lines.</summary>
    public IWatchOutput WatchOutput(TimeProvider time)
    {
        if (Json)
            return new JsonOutput(_output);
        return _terminal is null || IsDumb
            ? new LinesOutput(_output, time)
            : new ScreenOutput(new ScreenPainter(_output, IsColourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard), () => (Console.WindowWidth, Console.WindowHeight));
    }

    /// <summary>The parts of the car and their grades: a screen for a person, a line each for a program.</summary>
    public async Task WritePartsAsync(string head, IReadOnlyList<PartReport> parts)
    {
        if (_terminal is null)
        {
            await _output.WriteLineAsync(PartLine.Header);
            foreach (var part in parts)
                await _output.WriteLineAsync(PartLine.Of(part));
            return;
        }

        foreach (var line in StatusScreen.Lines(head, parts, _terminal.Profile.Width))
            WriteScreenLine(_terminal, line, "\n");
    }

    /// <summary>How wide a line may be for a person; more than enough for a program.</summary>
    public int Width => _terminal?.Profile.Width ?? int.MaxValue;

    /// <summary>A line of a screen, its mark coloured where the terminal can.</summary>
    public Task WriteScreenLineAsync(ScreenLine line)
    {
        if (_terminal is null)
            return _output.WriteLineAsync(line.ToString());
        WriteScreenLine(_terminal, line, "\n");
        return Task.CompletedTask;
    }

    /// <summary>A line of a screen, its mark in the colour of its level.</summary>
    internal static void WriteScreenLine(IAnsiConsole terminal, ScreenLine line, string end)
    {
        var text = line.ToString();
        if (line.Mark.Trim().Length > 0 && line.Level is { } level)
        {
            terminal.Write(new Spectre.Console.Text(line.Mark, Style(level)));
            text = text[line.Mark.Length..];
        }

        terminal.Write(text + end);
    }

    /// <summary>Rows under a header. Programs get the header too, as the first line.</summary>
    public async Task WriteTableAsync(string title, IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows)
    {
        if (_terminal is null)
        {
            await _output.WriteLineAsync(string.Join('\t', columns.Select(column => column.Name)));
            foreach (var row in rows)
                await _output.WriteLineAsync(string.Join('\t', row.Select(Text.Line)));
            return;
        }

        if (title.Length > 0)
            _terminal.Write(new Markup($"\n[bold]{Markup.Escape(title)}[/]\n"));
        if (rows.Count == 0)
            _terminal.Write("none\n");
        var (header, lines) = TableScreen.Lines(columns, [.. rows.Select(row => row.Select(Text.Line).ToArray())], _terminal.Profile.Width);
        foreach (var (at, line) in rows.Count == 0 ? [] : lines.Index())
        {
            if (header && at == 0)
                _terminal.Write(new Spectre.Console.Text(line, new Style(decoration: Decoration.Bold)));
            else
                _terminal.Write(line);
            _terminal.Write("\n");
        }
    }

    /// <summary>True if a person at a terminal reads it.</summary>
    public bool AtTerminal => _terminal is not null;

    /// <summary>A line that may hold tabs, its parts without control characters.</summary>
    public Task WriteRawLineAsync(string line) => _output.WriteLineAsync(line);

    public Task WriteLineAsync(string line) => _output.WriteLineAsync(Text.Line(line));

    private static Style Style(Level level) => new(
        level switch
        {
            Level.Green => Color.Green,
            Level.Yellow => Color.Yellow,
            Level.Red => Color.Red,
            _ => Color.Default,
        },
        decoration: level == Level.Green ? Decoration.None : Decoration.Bold);

    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";

    private static bool IsColourless => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    // Spectre looks at NO_COLOR, TERM and the terminal's width by itself; a dumb terminal gets no escape sequences at all.
    private static IAnsiConsole Terminal(TextWriter output)
    {
        var plain = IsDumb || IsColourless;
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Interactive = InteractionSupport.No,
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
    }
}
