using System.Collections.Frozen;

namespace TaximeterAgent.Driver.Devices;

/// <summary>Which byte shows which letter on a display that has its letters built in. Only what the screens and a customer's language need is here.</summary>
internal sealed class CodePage
{
    private static readonly FrozenDictionary<int, FrozenDictionary<char, byte>> s_pages = new Dictionary<int, FrozenDictionary<char, byte>>
    {
        [437] = Page("åäöæÅÄÖÆéÉüÜ", [0x86, 0x84, 0x94, 0x91, 0x8F, 0x8E, 0x99, 0x92, 0x82, 0x90, 0x81, 0x9A]),
        [850] = Page("åäöæøÅÄÖÆØéÉüÜ", [0x86, 0x84, 0x94, 0x91, 0x9B, 0x8F, 0x8E, 0x99, 0x92, 0x9D, 0x82, 0x90, 0x81, 0x9A]),
        [858] = Page("åäöæøÅÄÖÆØéÉüÜ€", [0x86, 0x84, 0x94, 0x91, 0x9B, 0x8F, 0x8E, 0x99, 0x92, 0x9D, 0x82, 0x90, 0x81, 0x9A, 0xD5]),
        [865] = Page("åäöæøÅÄÖÆØéÉüÜ", [0x86, 0x84, 0x94, 0x91, 0x9B, 0x8F, 0x8E, 0x99, 0x92, 0x9D, 0x82, 0x90, 0x81, 0x9A]),
        [1252] = Page("åäöæøÅÄÖÆØéÉüÜ€", [0xE5, 0xE4, 0xF6, 0xE6, 0xF8, 0xC5, 0xC4, 0xD6, 0xC6, 0xD8, 0xE9, 0xC9, 0xFC, 0xDC, 0x80]),
    }.ToFrozenDictionary();

    // The number of each page in ESC t, as Epson's displays and those made after them have it.
    private static readonly FrozenDictionary<int, byte> s_tables = new Dictionary<int, byte> { [437] = 0, [850] = 2, [865] = 5, [1252] = 16, [858] = 19 }.ToFrozenDictionary();

    private readonly FrozenDictionary<char, byte> _letters;

    /// <param name="number">437, 850, 858, 865 or 1252.</param>
    public CodePage(int number)
    {
        if (!s_pages.TryGetValue(number, out var letters))
            throw new ArgumentOutOfRangeException(nameof(number), number, "The code pages are 437, 850, 858, 865 and 1252.");
        _letters = letters;
        Table = s_tables[number];
    }

    /// <summary>What chooses this page on the display.</summary>
    public byte Table { get; }

    /// <summary>The byte that shows this character, or the nearest there is.</summary>
    public byte Byte(char character) => _letters.TryGetValue(character, out var code) ? code : GlyphSet.None.Byte(character);

    private static FrozenDictionary<char, byte> Page(string letters, byte[] codes) => letters.Zip(codes).ToFrozenDictionary(pair => pair.First, pair => pair.Second);
}
