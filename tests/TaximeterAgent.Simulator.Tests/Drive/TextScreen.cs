using System.Globalization;

namespace TaximeterAgent.Simulator.Tests.Drive;

/// <summary>As much of a terminal as the simulator uses, in a test: what stands on it, and which modes are on.</summary>
internal sealed class TextScreen
{
    private readonly Lock _gate = new();
    private char[][] _rows = [];
    private string _sequence = "";
    private int _row;
    private int _column;

    public TextScreen(int columns, int rows) => Clear(columns, rows);

    /// <summary>The alternate screen is shown.</summary>
    public bool Alternate { get; private set; }

    public bool CursorHidden { get; private set; }

    public bool Wraps { get; private set; } = true;

    /// <summary>Other colours than the terminal's own are on.</summary>
    public bool Coloured { get; private set; }

    /// <summary>A character was put past the right or lower edge.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Arrows or the number block send other than their usual sequences.</summary>
    public bool ApplicationKeys { get; private set; }

    /// <summary>What was written to the shell's screen.</summary>
    public string Shell { get; private set; } = "";

    public string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _rows.Select(row => new string(row)));
        }
    }

    public void Write(string text)
    {
        lock (_gate)
        {
            foreach (char unit in text)
                Put(unit);
        }
    }

    public void Resize(int columns, int rows)
    {
        lock (_gate)
            Clear(columns, rows);
    }

    private void Put(char unit)
    {
        if (_sequence.Length > 0 || unit == '\u001B')
        {
            _sequence += unit;
            if (_sequence.Length == 2 && unit is '=' or '>')
            {
                ApplicationKeys = unit == '=';
                _sequence = "";
            }
            else if (_sequence.Length > 2 && unit is >= '@' and <= '~')
            {
                Obey(_sequence[2..^1], unit);
                _sequence = "";
            }
        }
        else if (!Alternate)
        {
            Shell += unit;
        }
        else if (_row >= _rows.Length || _column >= _rows[_row].Length || char.IsControl(unit))
        {
            Overflowed = true;
        }
        else
        {
            _rows[_row][_column++] = unit;
        }
    }

    private void Obey(string parameters, char command)
    {
        switch (command, parameters)
        {
            case ('H', _):
                string[] at = parameters.Split(';');
                (_row, _column) = (int.Parse(at[0], CultureInfo.InvariantCulture) - 1, int.Parse(at[1], CultureInfo.InvariantCulture) - 1);
                break;
            case ('J', "2"):
                Clear(_rows[0].Length, _rows.Length);
                break;
            case ('m', _):
                Coloured = parameters is not ("0" or "");
                break;
            case ('h' or 'l', "?1049"):
                Alternate = command == 'h';
                break;
            case ('h' or 'l', "?25"):
                CursorHidden = command == 'l';
                break;
            case ('h' or 'l', "?1"):
                ApplicationKeys = command == 'h';
                break;
            case ('h' or 'l', "?7"):
                Wraps = command == 'h';
                break;
            default:
                Assert.Fail($"the terminal was sent ESC [{parameters}{command}, which this test does not know");
                break;
        }
    }

    private void Clear(int columns, int rows) => _rows = [.. Enumerable.Range(0, rows).Select(_ => new string(' ', columns).ToCharArray())];
}
