using System.Text;

namespace TaximeterAgent.Driver.Devices;

/// <summary>The byte stream of the kernel's character LCD device.</summary>
internal sealed class LcdPainter(int columns, int rows, GlyphSet glyphs) : IPainter
{
    public byte[] SetUp()
    {
        // The line feed ends an escape sequence that somebody broke off. Then the controller is begun anew, because after a brown-out it reads eight bits
        // where the driver sends four, and because the driver sends no command that, as far as it remembers, changes nothing; this one makes it forget.
        // It turns the cursor and its blinking on and the light off, so: light on, clear, draw the letters, display on, cursor and blinking off.
        var commands = new StringBuilder("\n\e[LI\e[L+\e[2J");
        for (var number = 0; number < glyphs.Letters.Count; number++)
            commands.Append("\e[LG").Append(number).Append(Convert.ToHexString(glyphs.Dots(number))).Append(';');
        return Encoding.ASCII.GetBytes(commands.Append("\e[LD\e[Lc\e[Lb").ToString());
    }

    public byte[] Draw(IReadOnlyList<string>? from, IReadOnlyList<string> to)
    {
        var bytes = new List<byte>(rows * (columns + 8));
        for (var row = 0; row < rows; row++)
        {
            bytes.AddRange(Encoding.ASCII.GetBytes($"\e[Lx0y{row};"));
            var line = row < to.Count ? to[row] : "";
            for (var column = 0; column < columns; column++)
                bytes.Add(column < line.Length ? glyphs.Byte(line[column]) : (byte)' ');
        }

        return [.. bytes];
    }
}
