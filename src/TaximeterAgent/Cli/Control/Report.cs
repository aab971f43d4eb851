using Spectre.Console;

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
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            var made = new TableColumn(Markup.Escape(column.Name));
            made.Alignment = column.Right ? Justify.Right : Justify.Left;
            made.NoWrap = column.Right;
            table.AddColumn(made);
        }

        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Spectre.Console.Text(Text.Line(cell))));
        _terminal.Write(table);
    }

    public Task WriteLineAsync(string line) => _output.WriteLineAsync(Text.Line(line));

    // Spectre looks at NO_COLOR, TERM and the terminal's width by itself; a dumb terminal gets no escape sequences at all.
    private static IAnsiConsole Terminal(TextWriter output)
    {
        var plain = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Interactive = InteractionSupport.No,
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
    }
}

/// <summary>A table's column; numbers stand to the right and are never broken.</summary>
internal readonly record struct Column(string Name, bool Right = false);
