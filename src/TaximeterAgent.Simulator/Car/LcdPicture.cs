using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// What stands on an HD44780 display behind the Linux character LCD device: the bytes written to <c>/dev/lcd</c>, understood as drivers/auxdisplay/charlcd
/// does. Where the kernel is lenient (text past the edge, a sequence it does not know) the picture is too, and the writer's mistake is noted.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed class LcdPicture : IDisplayPicture
{
    /// <summary>A controller line has room for 40 characters, of which the display shows the first.</summary>
    private const int LineMemory = 40;
    private const int LongestEscape = 24;
    private const int MaximumFaults = 100;
    private const byte EscapeByte = 0x1B;

    private readonly int _columns;
    private readonly int _rows;
    private readonly byte[] _memory;
    private readonly byte[][] _glyphs = new byte[8][];
    private readonly StringBuilder _escape = new(LongestEscape);
    private readonly List<string> _faults = [];
    private bool _inEscape;
    private int _x;
    private int _y;
    private int _shift;

    public LcdPicture(int columns, int rows)
    {
        if (columns is < 8 or > LineMemory || rows is < 1 or > 4)
            throw new ArgumentOutOfRangeException(nameof(columns), "a display has 8-40 columns and 1-4 rows");
        _columns = columns;
        _rows = rows;
        _memory = new byte[LineMemory * rows];
        Clear();
    }

    /// <summary>Raised before the picture is wiped or begun anew at its top: what stands there was one whole picture.</summary>
    public event Action? Leaving;

    public bool DisplayOn { get; private set; } = true;

    public bool CursorOn { get; private set; } = true;

    public bool BlinkOn { get; private set; } = true;

    public bool Backlight { get; private set; }

    /// <summary>Where the next character goes, from 0; one past the last column after a full line.</summary>
    public (int Column, int Row) Cursor => (_x, _y);

    /// <summary>What the writer did that no careful writer does.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The lines as the driver sees them, each in the full width.</summary>
    public string[] Lines()
    {
        string[] lines = new string[_rows];
        for (int row = 0; row < _rows; row++)
        {
            lines[row] = DisplayOn
                ? string.Create(_columns, (Picture: this, row), (line, of) =>
                {
                    for (int column = 0; column < line.Length; column++)
                        line[column] = Shape(of.Picture._memory[(of.row * LineMemory) + ((column + of.Picture._shift) % LineMemory)]);
                })
                : new string(' ', _columns);
        }

        return lines;
    }

    /// <summary>The eight rows of dots of a character that was defined by <c>ESC [LG</c>, or null.</summary>
    public IReadOnlyList<byte>? Glyph(int code) => _glyphs[code];

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte unit in bytes)
            Write(unit);
    }

    private void Write(byte unit)
    {
        if (_inEscape && unit != '\n')
        {
            _escape.Append((char)unit);
            TryEscape();
            return;
        }

        if (_inEscape)
            Fault($"the escape sequence '{_escape}' was cut off by a line feed");
        _inEscape = false;
        switch (unit)
        {
            case EscapeByte:
                _escape.Clear();
                _inEscape = true;
                break;
            case (byte)'\b':
                if (_x > 0)
                    _x--;
                Put(_x, (byte)' ');
                break;
            case (byte)'\f':
                Leaving?.Invoke();
                Clear();
                break;
            case (byte)'\n':
                KillRest();
                _x = 0;
                _y = (_y + 1) % _rows;
                break;
            case (byte)'\r':
                _x = 0;
                break;
            case (byte)'\t':
                Print((byte)' ');
                break;
            default:
                Print(unit);
                break;
        }
    }

    private void TryEscape()
    {
        string sequence = _escape.ToString();
        if (sequence.Length < 2)
            return;
        bool done = sequence switch
        {
            "[2J" => Do(() =>
            {
                Leaving?.Invoke();
                Clear();
            }),
            "[H" => Do(() =>
            {
                Leaving?.Invoke();
                Home();
            }),
            ['[', 'L', _, ..] => TryCommand(sequence[2..]),
            _ => false,
        };
        if (!done && sequence.Length >= LongestEscape)
        {
            Fault($"the escape sequence '{sequence}' means nothing");
            done = true;
        }

        if (done)
            _inEscape = false;
    }

    /// <summary>The commands behind <c>ESC [L</c>; false while one is not complete.</summary>
    private bool TryCommand(string command) => command[0] switch
    {
        'D' => Do(() => DisplayOn = true),
        'd' => Do(() => DisplayOn = false),
        'C' => Do(() => CursorOn = true),
        'c' => Do(() => CursorOn = false),
        'B' => Do(() => BlinkOn = true),
        'b' => Do(() => BlinkOn = false),
        '+' => Do(() => Backlight = true),
        '-' => Do(() => Backlight = false),
        '*' or 'f' or 'F' or 'n' or 'N' => true,
        'l' => Do(() => _x = Math.Max(0, _x - 1)),
        'r' => Do(() => _x = Math.Min(_columns, _x + 1)),
        'L' => Do(() => _shift = (_shift + 1) % LineMemory),
        'R' => Do(() => _shift = (_shift + LineMemory - 1) % LineMemory),
        'k' => Do(KillRest),
        'I' => Do(Reinitialize),
        'G' => TryGlyph(command),
        'x' or 'y' => TryGoTo(command),
        _ => false,
    };

    private bool TryGlyph(string command)
    {
        if (!command.EndsWith(';'))
            return false;
        string digits = command[2..^1];
        if (command[1] is not (>= '0' and <= '7') || digits.Length != 16 || !digits.All(char.IsAsciiHexDigit))
        {
            Fault($"the glyph '{command}' is not a digit 0-7 and 16 hexadecimal digits");
            return true;
        }

        _glyphs[command[1] - '0'] = Convert.FromHexString(digits);
        return true;
    }

    private bool TryGoTo(string command)
    {
        if (!command.EndsWith(';'))
            return false;
        (int x, int y) = (_x, _y);
        int at = 0;
        while (command[at] != ';')
        {
            int digits = at + 1;
            while (char.IsAsciiDigit(command[digits]))
                digits++;
            if (command[at] is not ('x' or 'y') || digits == at + 1 || digits > at + 4)
            {
                Fault($"the position '{command}' is not understood");
                return true;
            }

            int value = int.Parse(command.AsSpan(at + 1, digits - at - 1), System.Globalization.CultureInfo.InvariantCulture);
            (x, y) = command[at] == 'x' ? (value, y) : (x, value);
            at = digits;
        }

        if (x >= _columns || y >= _rows)
            Fault($"the position '{command}' is outside of {_columns}x{_rows}");
        _x = Math.Min(x, _columns);
        _y = Math.Min(y, _rows - 1);
        return true;
    }

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    private void Print(byte unit)
    {
        if (_x >= _columns)
        {
            // The kernel keeps the cursor at the end of the line: nothing beyond it is ever seen.
            Fault($"byte 0x{unit:X2} past the right edge of line {_y}");
            return;
        }

        Put(_x, unit);
        _x++;
    }

    private void Put(int x, byte unit)
    {
        if (x < LineMemory)
            _memory[(_y * LineMemory) + x] = unit;
    }

    private void KillRest() => _memory.AsSpan((_y * LineMemory) + Math.Min(_x, LineMemory), LineMemory - Math.Min(_x, LineMemory)).Fill((byte)' ');

    private void Home() => (_x, _y) = (0, 0);

    private void Clear()
    {
        _memory.AsSpan().Fill((byte)' ');
        _shift = 0;
        Home();
    }

    private void Reinitialize()
    {
        // As a new start of the driver: it also turns off a light that nobody has asked for since.
        Leaving?.Invoke();
        Clear();
        (DisplayOn, CursorOn, BlinkOn, Backlight) = (true, true, true, false);
    }

    private void Fault(string what)
    {
        if (_faults.Count < MaximumFaults)
            _faults.Add(what);
    }

    /// <summary>A character that was drawn, or one of the common ROM's.</summary>
    private char Shape(byte code) => code >= 0x10 ? CharacterRom.A00(code) : _glyphs[code & 7] is { } dots ? CharacterRom.Read(dots) : CharacterRom.Unknown;
}
