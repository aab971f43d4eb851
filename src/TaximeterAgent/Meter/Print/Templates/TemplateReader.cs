using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Print.EscPos;

namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>Reads a template's text: a setting or a pattern on each line. Finds all that is wrong, each with its line.</summary>
internal sealed class TemplateReader
{
    /// <summary>The longest template, in characters.</summary>
    public const int Longest = 64 * 1024;

    private const int LongestLine = 200;
    private const int LongestName = 60;

    private static readonly Dictionary<string, PatternKind> s_patterns = Enum.GetValues<PatternKind>().ToDictionary(Control.Kebab.Of, kind => kind);

    private static readonly string[] s_settings =
        ["name", "language", "currency", "decimal", "decimals", "thousands", "date", "time", "distance-unit", "order", "code-page", "national-set", "code-page-number", "padding", "command"];


    private readonly List<TemplateFault> _faults = [];
    private readonly Dictionary<string, (int Line, string Value)> _settings = [];
    private readonly Dictionary<int, int> _numbers = [];
    private readonly Dictionary<(byte First, byte Second), int> _commands = [];
    private readonly List<(PatternKind Kind, int Line, string Text)> _patterns = [];

    private TemplateReader()
    {
    }

    /// <summary>Reads a template.</summary>
    /// <param name="id">The file's name without its ending.</param>
    /// <param name="text">What is in the file.</param>
    public static TemplateReport Read(string id, string text) => new TemplateReader().Make(id, text);

    private TemplateReport Make(string id, string text)
    {
        if (text.Length > Longest)
            return new TemplateReport(null, [new TemplateFault(0, $"the template is longer than {Longest} characters: is it another file?")]);
        foreach (var (at, line) in text.Split('\n').Index())
            Take(at + 1, line.TrimEnd('\r', ' ', '\t'));
        var formats = new ValueFormats(
            One("decimal", ',', ("comma", ','), ("point", '.')),
            One("decimals", 2, ("2", 2), ("0", 0)),
            One<char?>("thousands", null, ("none", null), ("blank", ' '), ("point", '.'), ("comma", ','), ("apostrophe", '\'')),
            Format("date", "dMy", "dMy", "dd.MM.yyyy"),
            Format("time", "Hms", "Hm", "HH:mm"),
            One("distance-unit", 1000, ("km", 1000), ("m", 1)));
        if (formats.Thousands == formats.Decimal)
            Fault("thousands", "is the decimal sign too: choose another, or none");
        var patterns = Patterns(formats);
        var template = new ReceiptTemplate
        {
            Id = id,
            Name = Text("name", id),
            Language = One("language", "en", ("nb", "nb"), ("nn", "nn"), ("sv", "sv"), ("da", "da"), ("fi", "fi"), ("de", "de"), ("en", "en")),
            Currency = Money(),
            Printer = Printer(),
            Formats = formats,
            Patterns = patterns,
            AnyOrder = One("order", false, ("printed", false), ("any", true)),
        };
        Demand(template);
        return new TemplateReport(_faults.Count == 0 ? template : null, [.. _faults.OrderBy(fault => fault.Line)]);
    }

    private void Take(int number, string line)
    {
        var text = line.TrimStart(' ', '\t', '\uFEFF');
        if (text.Length == 0 || text[0] == '#')
            return;
        var end = text.IndexOfAny([' ', '\t']);
        var (word, rest) = end < 0 ? (text, "") : (text[..end], text[end..].Trim(' ', '\t'));
        if (rest.Length == 0)
            Add(number, $"has {Shown.Plain(word)} and nothing behind it: write its value there, or take the line out");
        else if (rest.Length > LongestLine || rest.Any(char.IsControl))
            Add(number, $"is longer than {LongestLine} characters or has a control character: a receipt has no such line");
        else if (s_patterns.TryGetValue(word, out var kind))
            _patterns.Add((kind, number, rest));
        else if (word == "code-page-number")
            CodePageNumber(number, rest);
        else if (word == "command")
            OwnCommand(number, rest);
        else if (!s_settings.Contains(word))
            Add(number, Unknown(word));
        else if (!_settings.TryAdd(word, (number, rest)))
            Add(number, $"says {word} again, which line {_settings[word].Line} has said: take one of them out");
    }

    private static string Unknown(string word)
    {
        var near = Nearest.To(word, [.. s_patterns.Keys, .. s_settings]);
        return $"begins with {Shown.Quoted(word)}, which is not known: {(near is null ? $"a line of a receipt begins with line, and the others are in {Page}" : $"is it {near}?")}";
    }

    private const string Page = "docs/hardware/receipt-templates.md";

    private List<LinePattern> Patterns(ValueFormats formats)
    {
        var patterns = new List<LinePattern>();
        foreach (var (kind, number, text) in _patterns)
        {
            if (LinePattern.TryCreate(kind, number, text, formats, out var fault) is { } pattern)
                patterns.Add(pattern);
            else
                Add(number, fault!);
        }

        return patterns;
    }

    private void Demand(ReceiptTemplate template)
    {
        // What is wrong with a line may be the reason why something is missing.
        if (_faults.Count > 0)
            return;
        Miss(!_settings.ContainsKey("currency"), "the template does not say its currency: add a line such as: currency NOK");
        Miss(!_settings.ContainsKey("decimal") && template.Formats.Decimals > 0, "the template does not say its decimal sign: add: decimal comma, or: decimal point");
        Miss(!template.Fields.Contains(ReceiptField.Total), "no line has {total}: write the receipt's line with it in the place of the amount that is due");
        Miss(!template.Fields.Contains(ReceiptField.Finish) && !template.Fields.Contains(ReceiptField.FinishTime), "no line has {finish} or {finish-time}: a receipt is known again by when the trip was over");
        Miss(
            template.Fields.Contains(ReceiptField.FinishTime) && !template.Fields.Contains(ReceiptField.FinishDate) && !template.Fields.Contains(ReceiptField.Date),
            "{finish-time} has no date: add a line with {finish-date} or {date}");
        Miss(
            template.Fields.Contains(ReceiptField.StartTime) && !template.Fields.Contains(ReceiptField.StartDate) && !template.Fields.Contains(ReceiptField.Date),
            "{start-time} has no date: add a line with {start-date} or {date}");
        Miss(template.Patterns.All(pattern => pattern.Kind != PatternKind.End), "the template does not say how a receipt ends, and without it a torn one is not known: add end and the receipt's last line");
    }

    private PrinterSettings Printer() => new()
    {
        CodePage = One("code-page", 437, [.. CodePages.Known.Select(page => (page.ToString(CultureInfo.InvariantCulture), page))]),
        National = One("national-set", 0, [.. Enumerable.Range(0, CodePages.NationalMaximum + 1).Select(set => (set.ToString(CultureInfo.InvariantCulture), set))]),
        CodePageNumbers = _numbers,
        ZerosArePadding = One("padding", false, ("zero", true), ("none", false)),
        Commands = _commands,
    };

    private void CodePageNumber(int number, string rest)
    {
        if (rest.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var code, var name]
            && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var key) && key <= 255
            && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && CodePages.Known.Contains(page))
        {
            _numbers[key] = page;
        }
        else
        {
            Add(number, $"needs the number of ESC t, 0 to 255, and a code page out of {string.Join(", ", CodePages.Known)}, as in: code-page-number 7 865");
        }
    }

    private void OwnCommand(int number, string rest)
    {
        if (rest.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [{ Length: 4 } name, var more] && name.All(char.IsAsciiHexDigit)
            && Convert.FromHexString(name) is [var first, var second] && CommandTable.Begins(first)
            && int.TryParse(more, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 255)
        {
            _commands[(first, second)] = count;
        }
        else
        {
            Add(number, "needs a command's first two bytes in hexadecimal, 10, 1B, 1C or 1D first, and how many follow, as in: command 1B7A 1");
        }
    }

    private Currency Money()
    {
        if (!_settings.TryGetValue("currency", out var said))
            return default;
        if (!Currencies.TryParse(said.Value, out var currency))
            Add(said.Line, $"has the currency {Shown.Plain(said.Value)}, expected NOK, DKK or EUR");
        return currency;
    }

    private string Text(string name, string standard)
    {
        if (!_settings.TryGetValue(name, out var said))
            return standard;
        if (said.Value.Length > LongestName)
            Add(said.Line, $"has a {name} of more than {LongestName} characters: shorten it");
        return said.Value;
    }

    private string? Format(string name, string letters, string needed, string example)
    {
        if (!_settings.TryGetValue(name, out var said))
            return null;
        if (ValueFormats.IsFormat(said.Value, letters, needed))
            return said.Value;
        Add(said.Line, $"has a {name} written {Shown.Plain(said.Value)}: each of the letters {string.Join(", ", needed.AsEnumerable())} belongs there once, as in: {name} {example}");
        return null;
    }

    private T One<T>(string name, T standard, params (string Word, T Value)[] words)
    {
        if (!_settings.TryGetValue(name, out var said))
            return standard;
        foreach (var (word, value) in words)
        {
            if (word == said.Value)
                return value;
        }

        Add(said.Line, $"has {name} {Shown.Plain(said.Value)}, expected {string.Join(", ", words.Select(word => word.Word))}");
        return standard;
    }

    private void Fault(string name, string message) => Add(_settings.TryGetValue(name, out var said) ? said.Line : 0, message);

    private void Miss(bool missing, string message)
    {
        if (missing)
            Add(0, message);
    }

    private void Add(int line, string message) => _faults.Add(new TemplateFault(line, message));
}
