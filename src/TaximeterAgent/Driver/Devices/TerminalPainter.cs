using System.Text;

namespace TaximeterAgent.Driver.Devices;

/// <summary>A framed picture on an ANSI terminal, each drawn over the one before.</summary>
internal sealed class TerminalPainter(int columns, int rows) : IPainter
{
    private readonly int _height = rows + 2;

    public byte[] SetUp() => Encoding.ASCII.GetBytes(new string('\n', _height));

    public byte[] Draw(IReadOnlyList<string>? from, IReadOnlyList<string> to)
    {
        var text = new StringBuilder().Append("\e[").Append(_height).Append("A\r┌").Append('─', columns).Append("┐\n");
        for (var row = 0; row < rows; row++)
        {
            var line = row < to.Count ? to[row] : "";
            text.Append("\r│");
            for (var column = 0; column < columns; column++)
                text.Append(column < line.Length && !char.IsControl(line[column]) ? line[column] : ' ');
            text.Append("│\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r└").Append('─', columns).Append("┘\n").ToString());
    }
}
