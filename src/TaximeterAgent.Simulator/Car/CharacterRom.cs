namespace TaximeterAgent.Simulator.Car;

/// <summary>How a controller's character codes look to somebody who reads.</summary>
internal static class CharacterRom
{
    /// <summary>A shape that stands for no letter.</summary>
    public const char Unreadable = '◊';

    /// <summary>A code that the controller shows as something else than a letter, or that was never drawn.</summary>
    public const char Unknown = '▯';

    /// <summary>More dots than this apart from every letter, and a drawing is none.</summary>
    private const int DotsAmiss = 5;

    // As Hitachi's European ROM (A02) and common fonts of five by eight dots have them.
    private static readonly (char Letter, string Dots)[] Letters =
    [
        (' ', "..... ..... ..... ..... ..... ..... ..... ....."),
        ('å', "..#.. ..... .###. ....# .#### #...# .#### ....."),
        ('ä', ".#.#. ..... .###. ....# .#### #...# .#### ....."),
        ('ö', ".#.#. ..... .###. #...# #...# #...# .###. ....."),
        ('æ', "..... ..... ##.#. ..#.# .###. #.#.. .#.## ....."),
        ('ø', "..... ..... .###. #..## #.#.# ##..# .###. ....."),
        ('Å', "..#.. ..... .###. #...# ##### #...# #...# ....."),
        ('Ä', ".#.#. ..... .###. #...# ##### #...# #...# ....."),
        ('Ö', ".#.#. .###. #...# #...# #...# #...# .###. ....."),
        ('Æ', "..### .#.#. #..#. #.### ####. #..#. #..## ....."),
        ('Æ', ".#### #.#.. #.#.. ####. #.#.. #.#.. #.### ....."),
        ('Ø', ".###. #..## #.#.# #.#.# #.#.# ##..# .###. ....."),
    ];

    private static readonly (char Letter, byte[] Rows)[] Shapes = [.. Letters.Select(one => (one.Letter, one.Dots.Split(' ').Select(Row).ToArray()))];

    /// <summary>The common ROM (A00): ASCII but for three codes, and a few letters of Europe's.</summary>
    public static char A00(byte code) => code switch
    {
        0x5C => '¥',
        0x7E => '→',
        0x7F => '←',
        >= 0x20 and <= 0x7D => (char)code,
        0xDF => '°',
        0xE1 => 'ä',
        0xE2 => 'ß',
        0xE4 => 'µ',
        0xEE => 'ñ',
        0xEF => 'ö',
        0xF5 => 'ü',
        0xFF => '█',
        _ => Unknown,
    };

    /// <summary>The letter that eight rows of dots look like, as a person reads them: the nearest, if it is near and no other is as near.</summary>
    public static char Read(ReadOnlySpan<byte> rows)
    {
        (char best, int distance, int next) = (Unreadable, int.MaxValue, int.MaxValue);
        foreach ((char letter, byte[] shape) in Shapes)
        {
            int apart = 0;
            for (int row = 0; row < shape.Length; row++)
                apart += System.Numerics.BitOperations.PopCount((uint)((shape[row] ^ rows[row]) & 0x1F));
            if (letter == best)
                distance = Math.Min(distance, apart);
            else if (apart < distance)
                (best, distance, next) = (letter, apart, distance);
            else
                next = Math.Min(next, apart);
        }

        // Nothing but a blank is a blank: one dot is dirt.
        bool letterly = best == ' ' ? distance == 0 : distance <= DotsAmiss && distance < next;
        return letterly ? best : Unreadable;
    }

    private static byte Row(string dots) => (byte)dots.Aggregate(0, (bits, dot) => (bits << 1) | (dot == '#' ? 1 : 0));
}
