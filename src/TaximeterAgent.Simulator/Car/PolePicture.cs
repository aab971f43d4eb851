namespace TaximeterAgent.Simulator.Car;

/// <summary>What stands on a customer display on a serial line, as Epson's DM-D series understands the bytes.</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed class PolePicture : IDisplayPicture
{
    private const int MaximumFaults = 100;
    private const byte Escape = 0x1B;
    private const byte UnitSeparator = 0x1F;

    private readonly int _columns;
    private readonly int _rows;
    private readonly byte[] _cells;
    private readonly List<byte> _command = [];
    private readonly List<string> _faults = [];
    private byte _page;
    private bool _scrolls;
    private int _x;
    private int _y;

    public PolePicture(int columns, int rows)
    {
        (_columns, _rows) = (columns, rows);
        _cells = new byte[columns * rows];
        Clear();
    }

    public event Action? Leaving;

    public bool CursorOn { get; private set; } = true;

    public IReadOnlyList<string> Faults => _faults;

    public string[] Lines() => [.. _cells.Chunk(_columns).Select(row => EpsonLetters.Read(_page, row))];

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte unit in bytes)
            Take(unit);
    }

    private void Take(byte unit)
    {
        if (_command.Count > 0 || unit is Escape or UnitSeparator)
        {
            _command.Add(unit);
            if (TryCommand())
                _command.Clear();
            return;
        }

        switch (unit)
        {
            case 0x0C:
                Leaving?.Invoke();
                Clear();
                break;
            case 0x0B:
                (_x, _y) = (0, 0);
                break;
            case 0x0D:
                _x = 0;
                break;
            case 0x0A:
                _y = Math.Min(_y + 1, _rows - 1);
                break;
            case 0x08:
                _x = Math.Max(0, _x - 1);
                break;
            case < 0x20:
                Fault($"control code 0x{unit:X2}");
                break;
            default:
                Print(unit);
                break;
        }
    }

    /// <summary>False while the command is not complete.</summary>
    private bool TryCommand()
    {
        switch (_command)
        {
            case [Escape, (byte)'@']:
                (_page, _scrolls, CursorOn) = (0, false, true);
                return true;
            case [Escape, (byte)'t', var page]:
                if (EpsonLetters.Has(page))
                    _page = page;
                else
                    Fault($"code table {page}");
                return true;
            case [UnitSeparator, 0x01]:
                _scrolls = false;
                return true;
            case [UnitSeparator, 0x02 or 0x03]:
                _scrolls = true;
                return true;
            case [UnitSeparator, (byte)'C', var on]:
                CursorOn = (on & 1) != 0;
                return true;
            case [UnitSeparator, (byte)'$', var x, var y]:
                if (x >= 1 && x <= _columns && y >= 1 && y <= _rows)
                    (_x, _y) = (x - 1, y - 1);
                else if ((x, y) != (0x0D, 0x0D)) // what a careful writer ends a broken command with
                    Fault($"position {x}, {y} on {_columns}x{_rows}");
                return true;
            case [Escape or UnitSeparator] or [Escape, (byte)'t'] or [UnitSeparator, (byte)'C'] or [UnitSeparator, (byte)'$'] or [UnitSeparator, (byte)'$', _]:
                return false;
            default:
                if (_command[1] != 0x0D)
                    Fault($"command {Convert.ToHexString([.. _command])}");
                return true;
        }
    }

    private void Print(byte unit)
    {
        _cells[(_y * _columns) + _x] = unit;
        if (++_x < _columns)
            return;
        _x = 0;
        if (_scrolls && _y == _rows - 1)
        {
            _cells.AsSpan(_columns).CopyTo(_cells);
            _cells.AsSpan(_cells.Length - _columns).Fill((byte)' ');
            Fault("the display scrolled");
        }
        else
        {
            _y = (_y + 1) % _rows;
        }
    }

    private void Clear()
    {
        _cells.AsSpan().Fill((byte)' ');
        (_x, _y) = (0, 0);
    }

    private void Fault(string what)
    {
        if (_faults.Count < MaximumFaults)
            _faults.Add(what);
    }
}
