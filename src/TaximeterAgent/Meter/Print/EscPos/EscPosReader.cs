using System.Text;

namespace TaximeterAgent.Meter.Print.EscPos;

/// <summary>Makes text of what a meter sends to its printer, byte by byte, until the paper is cut or the meter falls silent. Takes any bytes whatever.</summary>
internal sealed class EscPosReader(PrinterSettings settings)
{
    /// <summary>Lines of one print that are kept; a receipt has some thirty, a day's report some hundred.</summary>
    public const int LinesMaximum = 500;

    /// <summary>Characters of a line that are kept; the widest paper has some 64.</summary>
    public const int LineMaximum = 200;

    private const int TabWidth = 8;

    private readonly List<string> _lines = [];
    private readonly StringBuilder _line = new();
    private readonly byte[] _head = new byte[CommandTable.HeadMaximum];
    private char[] _table = CodePages.Table(settings.CodePage, settings.National);
    private int _page = settings.CodePage;
    private int _national = settings.National;
    private bool _toPrinter = true;
    private int _headLength;
    private long _skip;
    private bool _untilZero;
    private bool _return;
    private long _bytes;
    private int _damaged;
    private string? _unknown;
    private bool _tooLong;

    /// <summary>True while nothing has come since the last end.</summary>
    public bool IsEmpty => _bytes == 0;

    /// <summary>Takes a byte.</summary>
    /// <returns>True if the paper was cut: <see cref="End"/> gives what is on it.</returns>
    public bool Take(byte value)
    {
        _bytes++;
        if (_skip > 0)
        {
            _skip--;
            return _skip == 0 && Done();
        }

        if (_untilZero)
        {
            _untilZero = value != 0;
            return !_untilZero && Done();
        }

        if (_headLength > 0 || CommandTable.Begins(value))
            return Command(value);
        Plain(value);
        return false;
    }

    /// <summary>Something did not come: what is being printed has a hole that nobody sees.</summary>
    public void Lose()
    {
        _bytes++;
        _damaged++;
    }

    /// <summary>The print is over. The next begins with the printer as the template has it, whatever this one has chosen.</summary>
    public PrintedText End()
    {
        EndLine();
        var text = new PrintedText
        {
            Lines = [.. _lines],
            Bytes = _bytes,
            Damaged = _damaged,
            Unknown = _unknown,
            CutShort = _headLength > 0 || _skip > 0 || _untilZero,
            TooLong = _tooLong,
        };
        _lines.Clear();
        (_bytes, _damaged, _unknown, _tooLong, _toPrinter) = (0, 0, null, false, true);
        (_headLength, _skip, _untilZero, _return) = (0, 0, false, false);
        Choose(settings.CodePage, settings.National);
        return text;
    }

    /// <summary>All prints in a piece of bytes: one more than it has cuts, unless nothing comes after the last.</summary>
    public static IReadOnlyList<PrintedText> ReadAll(ReadOnlySpan<byte> bytes, PrinterSettings settings)
    {
        var reader = new EscPosReader(settings);
        var prints = new List<PrintedText>();
        foreach (var value in bytes)
        {
            if (reader.Take(value))
                prints.Add(reader.End());
        }

        if (!reader.IsEmpty)
            prints.Add(reader.End());
        return [.. prints.Where(print => print.Lines.Count > 0 || print.CutShort || print.Unknown is not null)];
    }

    private void Plain(byte value)
    {
        var afterReturn = _return;
        _return = value == '\r';
        switch (value)
        {
            case (byte)'\n' when afterReturn:
                break;
            case (byte)'\n' or (byte)'\r' or 0x0C:
                EndLine();
                break;
            case (byte)'\t':
                // Counted beforehand: what is not for the printer makes no line longer.
                for (var blanks = TabWidth - (_line.Length % TabWidth); blanks > 0; blanks--)
                    Add(' ');
                break;
            case 0 when settings.ZerosArePadding:
                break;
            default:
                Add(_table[value]);
                break;
        }
    }

    private void Add(char letter)
    {
        if (!_toPrinter)
            return;
        if (letter == CodePages.Damaged)
            _damaged++;
        if (_line.Length < LineMaximum)
            _line.Append(letter);
        else
            _tooLong = true;
    }

    private void EndLine()
    {
        var line = _line.ToString().Trim(' ');
        _line.Clear();
        if (line.Length == 0)
            return;
        if (_lines.Count < LinesMaximum)
            _lines.Add(line);
        else
            _tooLong = true;
    }

    private bool Command(byte value)
    {
        _return = false;
        _head[_headLength++] = value;
        var head = _head.AsSpan(0, _headLength);
        var size = _headLength >= 2 && settings.Commands.TryGetValue((_head[0], _head[1]), out var more) ? CommandSize.Of(2 + more) : CommandTable.Of(head);
        switch (size.Knowledge)
        {
            case CommandKnowledge.More when _headLength < _head.Length:
                return false;
            case CommandKnowledge.Known when size.Length <= _headLength:
                return Done();
            case CommandKnowledge.Known when size.Length <= _head.Length:
                // What a short command says is looked at when it is whole.
                return false;
            case CommandKnowledge.Known:
                _skip = size.Length - _headLength;
                return false;
            case CommandKnowledge.UntilZero:
                _untilZero = true;
                return false;
            default:
                _unknown ??= Convert.ToHexString(head);
                _damaged++;
                _headLength = 0;
                return false;
        }
    }

    // The whole command has come.
    private bool Done()
    {
        var (first, second, third) = (_head[0], (char)_head[1], _head[2]);
        var length = _headLength;
        _headLength = 0;
        switch (first, second)
        {
            case (CommandTable.Esc, '@'):
                _toPrinter = true;
                Choose(settings.CodePage, settings.National);
                break;
            case (CommandTable.Esc, 't'):
                ChoosePage(third);
                break;
            case (CommandTable.Esc, 'R'):
                ChooseNational(third);
                break;
            case (CommandTable.Esc, '='):
                _toPrinter = (third & 1) != 0;
                break;
            case (CommandTable.Esc, 'd' or 'J' or 'e' or 'K'):
                EndLine();
                break;
            case (CommandTable.Esc, '$' or '\\') or (CommandTable.Gs, '$' or '\\'):
                // What is moved apart is apart.
                if (_line.Length > 0)
                    Add(' ');
                break;
            case (CommandTable.Esc, 'i' or 'm') or (CommandTable.Gs, 'V'):
                EndLine();
                return length > 0;
        }

        return false;
    }

    private void ChoosePage(int number)
    {
        if (settings.CodePageNumbers.TryGetValue(number, out var page) || CodePages.ByNumber.TryGetValue(number, out page))
            Choose(page, _national);
        else
            _unknown ??= $"1B74{number:X2}";
    }

    private void ChooseNational(int number)
    {
        if (number <= CodePages.NationalMaximum)
            Choose(_page, number);
        else
            _unknown ??= $"1B52{number:X2}";
    }

    private void Choose(int page, int national)
    {
        if (page == _page && national == _national)
            return;
        (_page, _national) = (page, national);
        _table = CodePages.Table(page, national);
    }
}
