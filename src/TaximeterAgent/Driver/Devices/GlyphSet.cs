namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// Which bytes show which characters. The controller's own letters beyond ASCII depend on the ROM that was soldered in (A00 has ä and ö, not å, æ, ø), so
/// all of a language's letters are drawn: at most eight, dots from the top, bit 4 leftmost.
/// </summary>
internal sealed class GlyphSet
{
    private const int GlyphsMaximum = 8;

    private static readonly Dictionary<char, byte[]> s_dots = new()
    {
        ['æ'] = [0x00, 0x00, 0x1A, 0x05, 0x0F, 0x14, 0x0F, 0x00],
        ['ø'] = [0x00, 0x00, 0x0F, 0x13, 0x15, 0x19, 0x1E, 0x00],
        ['å'] = [0x04, 0x00, 0x0E, 0x01, 0x0F, 0x11, 0x0F, 0x00],
        ['ä'] = [0x0A, 0x00, 0x0E, 0x01, 0x0F, 0x11, 0x0F, 0x00],
        ['ö'] = [0x0A, 0x00, 0x0E, 0x11, 0x11, 0x11, 0x0E, 0x00],
        ['Æ'] = [0x0F, 0x14, 0x14, 0x1E, 0x14, 0x14, 0x17, 0x00],
        ['Ø'] = [0x0E, 0x13, 0x15, 0x15, 0x15, 0x19, 0x0E, 0x00],
        ['Å'] = [0x04, 0x00, 0x0E, 0x11, 0x1F, 0x11, 0x11, 0x00],
        ['Ä'] = [0x0A, 0x00, 0x0E, 0x11, 0x1F, 0x11, 0x11, 0x00],
        ['Ö'] = [0x0A, 0x0E, 0x11, 0x11, 0x11, 0x11, 0x0E, 0x00],
    };

    // For what the display cannot draw. ASCII's backslash and tilde are in no common ROM.
    private const string From = "éèêëáàâãúùûüóòôõíìîïñçðýžšćčđłßäöåøæÄÖÅØÉÜ\\~•…–—’‘“”«»×€\u00A0";
    private const string To = "eeeeaaaauuuuooooiiiincdyzsccdlsaoaoaAOAOEU/-*.--''\"\"\"\"xE ";

    private readonly List<char> _glyphs;

    private GlyphSet(string letters) => _glyphs = [.. letters.Take(GlyphsMaximum)];

    /// <summary>Nothing drawn: every letter beyond ASCII is replaced.</summary>
    public static GlyphSet None { get; } = new("");

    /// <summary>The letters of a language: <c>nb</c>, <c>da</c>, <c>sv</c>, <c>fi</c>; any other has none of its own.</summary>
    public static GlyphSet Of(string language) => new(language switch
    {
        "nb" or "nn" or "da" => "æøåÆØÅäö",
        "sv" or "fi" => "äöåÄÖÅæø",
        _ => "",
    });

    /// <summary>The letters that are drawn, at most eight; each is shown by its index as a byte.</summary>
    public IReadOnlyList<char> Letters => _glyphs;

    /// <summary>The eight rows of a letter's dots, from the top, bit 4 leftmost.</summary>
    public ReadOnlySpan<byte> Dots(int number) => s_dots[_glyphs[number]];

    /// <summary>The byte that shows this character, or the nearest there is.</summary>
    public byte Byte(char character)
    {
        var glyph = _glyphs.IndexOf(character);
        if (glyph >= 0)
            return (byte)glyph;
        var index = From.IndexOf(character, StringComparison.Ordinal);
        if (index >= 0)
            return (byte)To[index];
        return character is >= ' ' and <= '}' ? (byte)character : (byte)'?';
    }
}
