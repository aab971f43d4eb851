using System.Text;

namespace TaximeterAgent.Driver.Devices;

/// <summary>The byte stream of the kernel's character LCD device.</summary>
internal sealed class LcdPainter(int columns, int rows, GlyphSet glyphs) : IPainter
{
    public byte[] SetUp()
    {
        // The line feed ends an escape sequence that somebody broke off; then: clear, draw the letters, display on, cursor and blinking off.
        var commands = new StringBuilder("\n\e[2J");
        glyphs.Define(commands);
        return Encoding.ASCII.GetBytes(commands.Append("\e[LD\e[Lc\e[Lb").ToString());
    }

    public byte[] Draw(IReadOnlyList<string> lines)
    {
        var bytes = new List<byte>(rows * (columns + 8));
        for (var row = 0; row < rows; row++)
        {
            bytes.AddRange(Encoding.ASCII.GetBytes($"\e[Lx0y{row};"));
            var line = row < lines.Count ? lines[row] : "";
            for (var column = 0; column < columns; column++)
                bytes.Add(column < line.Length ? glyphs.Byte(line[column]) : (byte)' ');
        }

        return [.. bytes];
    }
}
