using System.Text;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>What a line that fits says.</summary>
internal enum PatternKind
{
    /// <summary>A receipt begins: one that has begun already is mixed with another.</summary>
    Begin,

    /// <summary>A line of the receipt.</summary>
    Line,

    /// <summary>The last line: without it the receipt is torn.</summary>
    End,

    /// <summary>This is a copy of an earlier receipt.</summary>
    Copy,

    /// <summary>This is a report and no receipt.</summary>
    Report,

    /// <summary>A line that is another one on every print, as its own time is: it is no part of what a receipt is known again by.</summary>
    Ignore,
}

/// <summary>
/// One line of a receipt with holes in it, or several below one another. It fits whole lines only, so that what is before or after an amount is never passed over.
/// </summary>
internal sealed class LinePattern
{
    private readonly Regex[] _lines;
    private readonly string[] _starts;

    private LinePattern(PatternKind kind, int number, string text, Regex[] lines, IReadOnlyList<ReceiptField> fields)
    {
        Kind = kind;
        Number = number;
        Text = text;
        _lines = lines;
        _starts = [.. text.Split(Below).Select(line => StartOf(line.Trim(' ')))];
        Fields = fields;
    }

    public PatternKind Kind { get; }

    /// <summary>Its line in the template's file, counted from 1.</summary>
    public int Number { get; }

    /// <summary>As the template has it.</summary>
    public string Text { get; }

    /// <summary>Its holes.</summary>
    public IReadOnlyList<ReceiptField> Fields { get; }

    /// <summary>Lines of the receipt that it takes.</summary>
    public int Height => _lines.Length;

    /// <summary>Between lines that are below one another.</summary>
    public const string Below = "//";

    private const string Fill = "...";

    /// <summary>Makes a pattern of a template's line.</summary>
    /// <param name="fault">What is wrong with it and what to do; null if nothing is.</param>
    public static LinePattern? TryCreate(PatternKind kind, int number, string text, ValueFormats formats, out string? fault)
    {
        var fields = new List<ReceiptField>();
        var lines = new List<Regex>();
        foreach (var line in text.Split(Below))
        {
            if (Expression(line.Trim(' '), formats, fields, out fault) is not { } expression)
                return null;
            lines.Add(new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }

        fault = null;
        return new LinePattern(kind, number, text, [.. lines], fields);
    }

    /// <summary>Reads the lines from <paramref name="at"/> on.</summary>
    /// <returns>What is in the holes, in their order; null if the lines do not fit.</returns>
    public IReadOnlyList<string>? Match(IReadOnlyList<string> lines, int at)
    {
        if (at + Height > lines.Count)
            return null;
        var values = new List<string>(Fields.Count);
        for (var i = 0; i < Height; i++)
        {
            // Nearly every line fails at its first letters, which costs nothing to see.
            if (!lines[at + i].StartsWith(_starts[i], StringComparison.Ordinal) || _lines[i].Match(lines[at + i]) is not { Success: true } match)
                return null;
            for (var group = 1; group < match.Groups.Count; group++)
                values.Add(match.Groups[group].Value);
        }

        return values;
    }

    // The letters before the first blank, hole or row of dots: what a line that fits begins with.
    private static string StartOf(string line)
    {
        var end = line.IndexOfAny([' ', '{']);
        var start = end < 0 ? line : line[..end];
        var fill = start.IndexOf(Fill, StringComparison.Ordinal);
        return fill < 0 ? start : start[..fill];
    }

    private static string? Expression(string line, ValueFormats formats, List<ReceiptField> fields, out string? fault)
    {
        var expression = new StringBuilder("^");
        var loose = false; // what comes next stands right after {*}, with blanks at most between
        var joined = false; // what comes next stands right after a hole
        ReceiptField? before = null;
        fault = line.Length == 0 ? "is empty: write what the receipt has there" : null;
        for (var at = 0; at < line.Length && fault is null;)
        {
            if (line[at] == '{')
            {
                var end = line.IndexOf('}', at);
                if (end < 0)
                {
                    fault = "has a { without a }: close it";
                    break;
                }

                var name = line[(at + 1)..end];
                fault = Hole(name, formats, joined, ref loose, before, expression, fields);
                before = ReceiptFields.ByName.TryGetValue(name, out var field) ? field : null;
                joined = true;
                at = end + 1;
            }
            else if (line.AsSpan(at).StartsWith(Fill) && joined)
            {
                fault = "has ... right behind a hole, which could go on into it: put a blank between them";
            }
            else if (line.AsSpan(at).StartsWith(Fill))
            {
                expression.Append("[ ._*]*");
                joined = false;
                at += Fill.Length;
            }
            else if (line[at] == ' ')
            {
                // A run of blanks is one or more, however wide the paper. Beside a row of dots there may be none, unless a hole would go on into it.
                if (joined || (!line.AsSpan(at).TrimStart(' ').StartsWith(Fill) && !line.AsSpan(0, at).EndsWith(Fill)))
                    expression.Append(" +");
                while (at < line.Length && line[at] == ' ')
                    at++;
                joined = false;
            }
            else
            {
                expression.Append(Regex.Escape(line[at].ToString()));
                (loose, joined, before) = (false, false, null);
                at++;
            }
        }

        return fault is null ? expression.Append('$').ToString() : null;
    }

    private static string? Hole(string name, ValueFormats formats, bool joined, ref bool loose, ReceiptField? before, StringBuilder expression, List<ReceiptField> fields)
    {
        if (joined)
            return $"has {{{name}}} right behind another hole: put what the receipt has between them";
        switch (name)
        {
            case "*" when before is { } field && field.IsAmount():
                return "has {*} behind an amount, which could be the rest of it: write what the receipt has there, or {word}";
            case "*":
                loose = true;
                expression.Append(".*");
                return null;
            case "word":
                expression.Append("[^ ]+");
                return null;
        }

        if (!ReceiptFields.ByName.TryGetValue(name, out var known))
        {
            var near = Configuration.Nearest.To(name, ReceiptFields.ByName.Keys);
            return $"has {{{Configuration.Shown.Plain(name)}}}, which is not known: {(near is null ? $"known are {{*}}, {{word}}, {string.Join(", ", ReceiptFields.ByName.Keys.Select(key => $"{{{key}}}"))}" : $"{{{near}}} is")}";
        }

        if (loose)
            return $"has {{{name}}} behind {{*}}, which could take the beginning of it: write what the receipt has there, or {{word}}";
        if (known is ReceiptField.Start or ReceiptField.StartDate or ReceiptField.Finish or ReceiptField.FinishDate or ReceiptField.Date && formats.Date is null)
            return $"has {{{name}}}, and the template does not say how a date is written: add a line such as: date dd.MM.yyyy";
        if (known is ReceiptField.Start or ReceiptField.StartTime or ReceiptField.Finish or ReceiptField.FinishTime && formats.Time is null)
            return $"has {{{name}}}, and the template does not say how a time is written: add a line such as: time HH:mm";
        if (fields.Contains(known))
            return $"has {{{name}}} twice: one line says a thing once";
        fields.Add(known);
        expression.Append('(').Append(formats.Expression(known)).Append(')');
        return null;
    }
}
