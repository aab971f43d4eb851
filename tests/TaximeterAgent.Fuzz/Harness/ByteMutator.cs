using System.Text;

namespace TaximeterAgent.Fuzz;

/// <summary>Damages bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    private static readonly byte[] s_edges = [0x00, 0x02, 0x03, 0x0A, 0x0D, 0x1F, 0x20, 0x22, 0x25, 0x2B, 0x2D, 0x30, 0x39, 0x3A, 0x5C, 0x7B, 0x7C, 0x7D, 0x7E, 0x7F, 0x80, 0xC0, 0xEF, 0xFE, 0xFF];

    private static readonly string[] s_numbers =
    [
        "0", "-0", "1", "-1", "00", "007", "127", "255", "256", "32767", "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967296", "999999999",
        "1000000000", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e3", "1E400", "1.0", "0.1",
        "34500.0", "3.45e4", "NaN", "Infinity", "99999999999999999999999999999999",
    ];

    /// <summary>One to <paramref name="most"/> damages; some of <paramref name="others"/> is spliced in now and then.</summary>
    public static byte[] Mutate(Dice dice, ReadOnlySpan<byte> original, int most, IReadOnlyList<byte[]> others, int longest)
    {
        List<byte> bytes = [.. original];
        for (var count = 1 + dice.Below(most); count > 0; count--)
            Once(dice, bytes, others);
        if (bytes.Count > longest)
            bytes.RemoveRange(longest, bytes.Count - longest);
        return [.. bytes];
    }

    private static void Once(Dice dice, List<byte> bytes, IReadOnlyList<byte[]> others)
    {
        var at = dice.Below(bytes.Count + 1);
        var inside = at < bytes.Count;
        switch (dice.Below(10))
        {
            case 0 or 1 when inside:
                bytes[at] ^= (byte)(1 << dice.Below(8));
                break;
            case 2 when inside:
                bytes[at] = dice.Byte();
                break;
            case 3 when inside:
                bytes[at] = dice.Of(s_edges);
                break;
            case 4:
                bytes.Insert(at, dice.OneIn(2) ? dice.Byte() : dice.Of(s_edges));
                break;
            case 5 when inside:
                bytes.RemoveRange(at, Math.Min(1 + dice.Below(dice.OneIn(4) ? 40 : 4), bytes.Count - at));
                break;
            case 6 when inside:
                bytes.InsertRange(dice.Below(bytes.Count + 1), bytes.GetRange(at, Math.Min(1 + dice.Below(30), bytes.Count - at)));
                break;
            case 7 when others.Count > 0:
                var other = dice.Of(others);
                var from = dice.Below(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, dice.Below(other.Length - from + 1)).ToArray());
                break;
            case 8:
                Number(dice, bytes, at);
                break;
            case 9 when inside && dice.OneIn(4):
                // The rest is missing: a line that was cut.
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                if (inside)
                    bytes[at] ^= (byte)(1 << dice.Below(8));
                break;
        }
    }

    /// <summary>The number at or after this place becomes one at an edge.</summary>
    private static void Number(Dice dice, List<byte> bytes, int at)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at]))
            at++;
        var end = at;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end]))
            end++;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, Encoding.ASCII.GetBytes(dice.Of(s_numbers)));
    }
}
