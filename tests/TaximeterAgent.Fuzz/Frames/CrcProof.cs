namespace TaximeterAgent.Fuzz;

/// <summary>
/// What the CRC can be relied on for, gone through in full. The CRC is linear: how it changes depends on which bits of the payload change and on nothing else, so
/// one table stands for every payload there is. The eight digits are text, and a flipped bit in a digit may change more than one bit of what it says: so the
/// textbook's distance of four does not hold by itself where both payload and digits are hit, and is shown here.
/// </summary>
internal static class CrcProof
{
    private const int PayloadMaximum = 512;
    private const int Bits = PayloadMaximum * 8;
    private const int Digits = 8;
    private const string Hex = "0123456789ABCDEF";

    /// <summary>How the CRC changes if this bit changes; the bits of the payload's last byte come first.</summary>
    public static uint[] Changes()
    {
        var changes = new uint[Bits];
        var zero = new byte[PayloadMaximum];
        var still = ReferenceReader.Crc(zero);
        for (var bit = 0; bit < Bits; bit++)
        {
            var one = (byte[])zero.Clone();
            one[PayloadMaximum - 1 - (bit / 8)] = (byte)(1 << (bit % 8));
            changes[bit] = ReferenceReader.Crc(one) ^ still;
        }

        return changes;
    }

    /// <summary>No one, two or three flipped bits, in payload and digits in any mixture, leave a frame whose digits are its payload's.</summary>
    public static long UpToThreeFlips()
    {
        var changes = Changes();
        var oneDigitFlip = DigitChanges(1);
        var twoDigitFlips = DigitChanges(2);
        foreach (var first in oneDigitFlip)
            twoDigitFlips.UnionWith(oneDigitFlip.Select(second => first ^ second));
        var singles = changes.ToHashSet();
        Check.That(singles.Count == Bits, "two bits of a payload change the CRC in the same way");
        var cases = 0L;
        for (var one = 0; one < Bits; one++)
        {
            Check.That(changes[one] != 0 && !oneDigitFlip.Contains(changes[one]) && !twoDigitFlips.Contains(changes[one]), $"payload bit {one} and up to two bits of the digits go unseen");
            for (var two = 0; two < one; two++)
            {
                var both = changes[one] ^ changes[two];
                Check.That(!singles.Contains(both), $"payload bits {one}, {two} and a third go unseen");
                Check.That(!oneDigitFlip.Contains(both), $"payload bits {one}, {two} and one bit of the digits go unseen");
                cases++;
            }
        }

        return cases;
    }

    /// <summary>
    /// No burst of up to 32 bits over the end of the payload, ETX and the first digits leaves a frame whose digits are its payload's. Inside the payload a CRC of
    /// 32 bits sees every one; ETX has to stay what it is, so at most 24 bits are left for both sides of it.
    /// </summary>
    public static long BurstsOverTheEnd()
    {
        const int room = 24;
        var changes = Changes();
        var byByte = new uint[3, 256];
        for (var place = 0; place < 3; place++)
        {
            for (var value = 0; value < 256; value++)
            {
                for (var bit = 0; bit < 8; bit++)
                    byByte[place, value] ^= (value & (1 << bit)) != 0 ? changes[(place * 8) + bit] : 0;
            }
        }

        for (var error = 1; error < 1 << room; error++)
        {
            // Place 0 is the payload's last byte. The earlier the first bit that is hit, the fewer digits the burst still reaches; on the line the lowest bit
            // of a byte comes first, and to be safe the other order counts too: whichever leaves more.
            int last = error & 0xFF, middle = (error >> 8) & 0xFF, first = error >> 16;
            var (place, hit) = first != 0 ? (2, first) : middle != 0 ? (1, middle) : (0, last);
            var spent = (place * 8) + Math.Min(8 - System.Numerics.BitOperations.TrailingZeroCount(hit), 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)hit));
            var reached = (room - spent + 7) / 8;
            var change = byByte[0, last] ^ byByte[1, middle] ^ byByte[2, first];
            Check.That((change << (4 * reached)) != 0, $"a burst {error:X6} over the payload's end and {reached} digits goes unseen");
        }

        return (1 << room) - 1;
    }

    /// <summary>All ways in which so many flipped bits in one digit leave a digit that says something else.</summary>
    private static HashSet<uint> DigitChanges(int flips)
    {
        var changes = new HashSet<uint>();
        for (var from = 0; from < Hex.Length; from++)
        {
            for (var to = 0; to < Hex.Length; to++)
            {
                if (from == to || System.Numerics.BitOperations.PopCount((uint)(Hex[from] ^ Hex[to])) != flips)
                    continue;
                for (var digit = 0; digit < Digits; digit++)
                    changes.Add((uint)(from ^ to) << (4 * digit));
            }
        }

        return changes;
    }
}
