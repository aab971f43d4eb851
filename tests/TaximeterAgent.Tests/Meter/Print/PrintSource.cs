using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Tests.Meter.Print;

/// <summary>
/// Makes the bytes of a sample from its readable source: text as it is printed, commands in angle brackets. <c>&lt;raster …&gt;</c>, <c>&lt;barcode …&gt;</c> and <c>&lt;qr …&gt;</c>
/// carry text that is none.
/// </summary>
internal static partial class PrintSource
{
    private static readonly Dictionary<string, byte> s_names = new() { ["ESC"] = 0x1B, ["GS"] = 0x1D, ["FS"] = 0x1C, ["DLE"] = 0x10 };

    // The one set that a sample uses, by what each place shows.
    private static readonly Dictionary<int, string> s_national = new() { [10] = "@É[Æ\\Ø]Å^Ü`é{æ|ø}å~ü" };

    public static byte[] Bytes(string source)
    {
        var bytes = new List<byte>();
        var (page, national) = (437, "");
        foreach (var line in source.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
                continue;
            if (line.StartsWith("#page ", StringComparison.Ordinal))
                page = int.Parse(line[6..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("#national ", StringComparison.Ordinal))
                national = s_national[int.Parse(line[10..], CultureInfo.InvariantCulture)];
            else
                Line(line, CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!, national, bytes);
        }

        return [.. bytes];
    }

    private static void Line(string line, Encoding encoding, string national, List<byte> bytes)
    {
        var text = false;
        foreach (var part in Parts().Split(line).Where(part => part.Length > 0))
        {
            if (part[0] == '<')
            {
                bytes.AddRange(Command(part[1..^1]));
                text |= part is "<0x09>" or "<0x00>";
                continue;
            }

            text = true;
            foreach (var letter in part)
            {
                var at = national.IndexOf(letter, StringComparison.Ordinal);
                bytes.AddRange(at < 0 ? encoding.GetBytes([letter]) : at % 2 == 1 ? [(byte)national[at - 1]] : throw new FormatException($"{letter} is not in the set."));
            }
        }

        if (text)
            bytes.Add((byte)'\n');
    }

    private static byte[] Command(string text)
    {
        var (name, rest) = text.Split(' ', 2) is [var word, var more] ? (word, Encoding.ASCII.GetBytes(more)) : (text, []);
        switch (name)
        {
            case "raster":
                var dots = (int)Math.Ceiling((rest.Length + 1) / 4.0);
                var image = new byte[4 * dots];
                rest.CopyTo(image, 0);
                image[rest.Length] = (byte)'\n';
                return [0x1D, (byte)'v', (byte)'0', 0, 4, 0, (byte)dots, (byte)(dots >> 8), .. image];
            case "barcode":
                return [0x1D, (byte)'k', 4, .. rest, 0];
            case "qr":
                return [0x1D, (byte)'(', (byte)'k', (byte)(rest.Length + 3), (byte)((rest.Length + 3) >> 8), .. "1P0"u8, .. rest];
            default:
                return [.. text.Split(' ').Select(Value)];
        }
    }

    private static byte Value(string word) =>
        s_names.TryGetValue(word, out var named) ? named
        : word.StartsWith("0x", StringComparison.Ordinal) ? byte.Parse(word[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : byte.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number
        : word is [var letter and < (char)0x80] ? (byte)letter
        : throw new FormatException($"{word} is no byte.");

    [GeneratedRegex("(<[^>]+>)")]
    private static partial Regex Parts();
}
