using System.Globalization;
using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

/// <summary>What stands within the frame on a terminal: text, carriage return, line feed, and the cursor going up.</summary>
internal sealed class FramePicture(int columns, int rows) : IDisplayPicture
{
    private const int Height = 500;

    private readonly char[][] _screen = [.. Enumerable.Range(0, Height).Select(_ => new string(' ', columns + 2).ToCharArray())];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<string> _faults = [];
    private string _escape = "";
    private int _x;
    private int _y;
    private int _bottom;

    public event Action? Leaving
    {
        add { }
        remove { }
    }

    public IReadOnlyList<string> Faults => _faults;

    public string[] Lines() =>
        [.. Enumerable.Range(0, rows).Select(row => _bottom - 1 - rows + row is var y and >= 0 && _screen[y][0] == '│' ? new string(_screen[y], 1, columns) : new string(' ', columns))];

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        foreach (var letter in text.AsSpan(0, _decoder.GetChars(bytes, text, flush: false)))
            Put(letter);
    }

    private void Put(char letter)
    {
        if (_escape.Length > 0 || letter == '\e')
        {
            _escape += letter;
            if (!char.IsAsciiLetter(letter))
                return;
            if (_escape is ['\e', '[', .. var number, 'A'] && int.TryParse(number, CultureInfo.InvariantCulture, out var up))
                _y = Math.Max(0, _y - up);
            else
                _faults.Add($"sequence {_escape[1..]}");
            _escape = "";
        }
        else if (letter == '\r')
        {
            _x = 0;
        }
        else if (letter == '\n')
        {
            _y = Math.Min(_y + 1, Height - 1);
            _bottom = Math.Max(_bottom, _y);
        }
        else if (_x < columns + 2)
        {
            _screen[_y][_x++] = letter;
        }
        else
        {
            _faults.Add($"'{letter}' outside of the frame");
        }
    }
}
