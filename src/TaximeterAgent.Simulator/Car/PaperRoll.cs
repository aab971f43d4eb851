using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>What a receipt printer makes of the bytes that it is sent: the commands of Epson's TM series, as far as receipts need them.</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed class PaperRoll
{
    private const int FaultsMaximum = 100;
    private const int LongestPicture = 64 * 1024;
    private const byte Escape = 0x1B;
    private const byte Group = 0x1D;

    private readonly List<byte> _command = [];
    private readonly List<byte> _line = [];
    private readonly List<PaperItem> _items = [];
    private readonly List<PaperSlip> _slips = [];
    private readonly List<string> _faults = [];
    private byte _page;
    private byte _mode;
    private byte _codeDots = 3;
    private string? _codeData;

    /// <summary>Slips that were cut off, oldest first.</summary>
    public IReadOnlyList<PaperSlip> Slips => _slips;

    /// <summary>What hangs out of the printer.</summary>
    public PaperSlip Hanging => new([.. _items], false);

    /// <summary>What it was sent that it does not understand, or that does not fit the paper.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public int Columns { get; init; } = 32;

    public int Dots { get; init; } = 384;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte unit in bytes)
            Take(unit);
    }

    private void Take(byte unit)
    {
        if (_command.Count > 0 || unit is Escape or Group)
        {
            _command.Add(unit);
            if (TryCommand())
                _command.Clear();
            return;
        }

        switch (unit)
        {
            case 0x0A:
                EndLine();
                break;
            case 0x00 or 0x0D:
                break;
            case < 0x20:
                Fault($"control code 0x{unit:X2}");
                break;
            default:
                _line.Add(unit);
                if (_line.Count > Columns)
                    Fault($"a line of more than {Columns} characters");
                break;
        }
    }

    /// <summary>False while the command is not complete.</summary>
    private bool TryCommand()
    {
        switch (_command)
        {
            case [Escape]:
            case [Group]:
            case [Escape, (byte)'!' or (byte)'t' or (byte)'a' or (byte)'d']:
            case [Group, (byte)'V']:
            case [Group, (byte)'V', 65 or 66]:
            case [Group, (byte)'(' or (byte)'v', ..] when _command.Count < 5:
                return false;
            case [Escape, (byte)'@']:
                (_page, _mode) = (0, 0);
                return true;
            case [Escape, (byte)'!', var mode]:
                _mode = mode;
                return true;
            case [Escape, (byte)'t', var page]:
                if (EpsonLetters.Has(page))
                    _page = page;
                else
                    Fault($"code table {page}");
                return true;
            case [Escape, (byte)'a', <= 2]:
                return true;
            case [Escape, (byte)'d', _]:
                Cut();
                return true;
            case [Group, (byte)'V', 0 or 1 or (byte)'0' or (byte)'1']:
            case [Group, (byte)'V', 65 or 66, _]:
                Cut();
                return true;
            case [Group, (byte)'(', (byte)'k', var low, var high, ..]:
                return TrySymbol(low + (high << 8));
            case [Group, (byte)'v', (byte)'0', ..]:
                return TryPicture();
            default:
                Fault($"command {Convert.ToHexString([.. _command])}");
                return true;
        }
    }

    private bool TrySymbol(int length)
    {
        if (_command.Count < 5 + length)
            return false;
        byte[] body = [.. _command.Skip(5)];
        switch (body)
        {
            case [49, 65, 50, 0]:
            case [49, 69, >= 48 and <= 51]:
                break;
            case [49, 67, var dots and >= 1 and <= 16]:
                _codeDots = dots;
                break;
            case [49, 80, 48, .. var data]:
                _codeData = Encoding.ASCII.GetString(data);
                break;
            case [49, 81, 48] when _codeData is { } content:
                EndLineIfAny();
                _items.Add(new PaperItem.Code(content, _codeDots));
                break;
            default:
                Fault($"symbol command {Convert.ToHexString(body)}");
                break;
        }

        return true;
    }

    private bool TryPicture()
    {
        if (_command.Count < 8)
            return false;
        int width = _command[4] + (_command[5] << 8);
        int height = _command[6] + (_command[7] << 8);
        if (width * height > LongestPicture || width * 8 > Dots + 7 || width * height == 0)
        {
            Fault($"a picture of {width * 8} x {height} dots");
            return true;
        }

        if (_command.Count < 8 + (width * height))
            return false;
        var rows = _command.Skip(8).Chunk(width).Select(row => row.SelectMany(unit => Enumerable.Range(0, 8).Select(bit => (unit & (0x80 >> bit)) != 0)).ToArray());
        EndLineIfAny();
        // What follows without a line between is the same picture to whoever looks at it.
        if (_items is [.., PaperItem.Picture above] && above.Rows[0].Length == width * 8)
            _items[^1] = new PaperItem.Picture([.. above.Rows, .. rows]);
        else
            _items.Add(new PaperItem.Picture([.. rows]));
        return true;
    }

    private void EndLineIfAny()
    {
        if (_line.Count > 0)
            EndLine();
    }

    private void EndLine()
    {
        _items.Add(new PaperItem.Text(EpsonLetters.Read(_page, [.. _line]), (_mode & 0x08) != 0, (_mode & 0x10) != 0));
        _line.Clear();
    }

    private void Cut()
    {
        EndLineIfAny();
        _slips.Add(new PaperSlip([.. _items], true));
        _items.Clear();
    }

    private void Fault(string what)
    {
        if (_faults.Count < FaultsMaximum)
            _faults.Add(what);
    }
}
