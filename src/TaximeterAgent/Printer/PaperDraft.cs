using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Printer;

/// <summary>
/// A slip in the making: lines of text and codes, in the commands that nearly every receipt printer takes ("ESC/POS"). It begins with the modes that it needs and
/// ends with those that a printer has after being switched on, so that whoever prints next finds none of ours.
/// </summary>
internal sealed class PaperDraft
{
    private const byte Escape = 0x1B;
    private const byte Group = 0x1D;
    private const byte NextLine = 0x0A;
    private const byte Bold = 0x08;
    private const byte DoubleHeight = 0x10;
    private const int LinesToTheEdge = 4;

    private readonly PaperStyle _style;
    private readonly List<byte> _bytes = [];

    public PaperDraft(PaperStyle style)
    {
        _style = style;
        _bytes.AddRange([Escape, (byte)'!', 0, Escape, (byte)'t', style.CodePage.Table]);
        Align(centre: false);
    }

    /// <summary>A line at the left, broken between words where it is too long.</summary>
    public void Line(string text)
    {
        foreach (var line in Broken(text, _style.Columns))
            Write(line);
    }

    /// <summary>A line in the middle.</summary>
    public void Centred(string text)
    {
        foreach (var line in Broken(text, _style.Columns))
            Write(new string(' ', (_style.Columns - line.Length) / 2) + line);
    }

    /// <summary>Bold and twice as high.</summary>
    public void Large(string text) => Marked(text, DoubleHeight | Bold);

    public void Strong(string text) => Marked(text, Bold);

    /// <summary>Something at the left, its amount at the right end of the line, or of the next if there is no room.</summary>
    public void Pair(string left, string right) => Line(Paired(left, right));

    /// <inheritdoc cref="Pair"/>
    public void LargePair(string left, string right) => Large(Paired(left, right));

    public void Rule() => Write(new string('-', _style.Columns));

    public void Gap() => _bytes.Add(NextLine);

    /// <summary>A code of a link, in the middle.</summary>
    /// <param name="link">Printable ASCII, at most <see cref="QrSlip.LongestLink"/> characters.</param>
    /// <exception cref="ArgumentException">The link is empty, too long, or something else.</exception>
    public void Code(string link)
    {
        if (link.Length is 0 or > QrSlip.LongestLink || link.Any(character => character is <= ' ' or > '~'))
            throw new ArgumentException("What goes into a code is a link of printable ASCII.", nameof(link));
        Align(centre: true);
        _bytes.AddRange(_style.Qr == QrPrinting.Native ? NativeQr.Bytes(link, _style.Dots) : RasterQr.Bytes(link, _style.Dots));
        Align(centre: false);
    }

    /// <summary>The slip, with its end.</summary>
    public byte[] Finish()
    {
        _bytes.AddRange(_style.Cut switch
        {
            PaperCut.Partial => [Group, (byte)'V', 66, 0],
            PaperCut.Full => [Group, (byte)'V', 65, 0],
            _ => [Escape, (byte)'d', LinesToTheEdge],
        });
        return [.. _bytes];
    }

    private static IEnumerable<string> Broken(string text, int columns)
    {
        var rest = text.TrimEnd();
        while (rest.Length > columns)
        {
            var blank = rest.LastIndexOf(' ', columns);
            var end = blank > 0 ? blank : columns;
            yield return rest[..end].TrimEnd();
            rest = rest[end..].TrimStart();
        }

        yield return rest;
    }

    private string Paired(string left, string right)
    {
        var room = _style.Columns - left.Length - right.Length;
        return room > 0 ? left + new string(' ', room) + right : $"{left.PadRight((left.Length + _style.Columns - 1) / _style.Columns * _style.Columns)}{right.PadLeft(_style.Columns)}";
    }

    private void Marked(string text, int mode)
    {
        _bytes.AddRange([Escape, (byte)'!', (byte)mode]);
        Line(text);
        _bytes.AddRange([Escape, (byte)'!', 0]);
    }

    private void Align(bool centre) => _bytes.AddRange([Escape, (byte)'a', centre ? (byte)1 : (byte)0]);

    private void Write(string line)
    {
        foreach (var character in line)
            _bytes.Add(_style.CodePage.Byte(character));
        _bytes.Add(NextLine);
    }
}
