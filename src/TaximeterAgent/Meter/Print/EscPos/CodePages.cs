using System.Text;

namespace TaximeterAgent.Meter.Print.EscPos;

/// <summary>What a byte looks like on paper: the code page, and the twelve places that a national set of characters changes.</summary>
internal static class CodePages
{
    /// <summary>What stands for a byte that is no character, or came damaged.</summary>
    public const char Damaged = '\uFFFD';

    /// <summary>Code pages by the number that <c>ESC t</c> gives them, as most printers have it. A template can say otherwise.</summary>
    public static readonly IReadOnlyDictionary<int, int> ByNumber = new Dictionary<int, int>
    {
        [0] = 437, [2] = 850, [3] = 860, [4] = 863, [5] = 865, [16] = 1252, [17] = 866, [18] = 852, [19] = 858, [40] = 28605, [45] = 1250, [46] = 1251,
    };

    /// <summary>Those that a template may name.</summary>
    public static readonly IReadOnlyList<int> Known = [.. ByNumber.Values, 28591];

    private const string Changed = "#$@[\\]^`{|}~";

    private static readonly string[] s_national =
    [
        Changed,
        "#$à°ç§^`éùè¨",
        "#$§ÄÖÜ^`äöüß",
        "£$@[\\]^`{|}~",
        "#$@ÆØÅ^`æøå~",
        "#¤ÉÄÖÅÜéäöåü",
        "#$@°\\é^ùàòèì",
        "₧$@¡Ñ¿^`¨ñ}~",
        "#$@[¥]^`{|}~",
        "#¤ÉÆØÅÜéæøåü",
        "#$ÉÆØÅÜéæøåü",
        "#$á¡Ñ¿é`íñóú",
        "#$áñÑ¿éü¡óú~",
    ];

    /// <summary>The national sets that <c>ESC R</c> can choose, 0 to here.</summary>
    public static int NationalMaximum => s_national.Length - 1;

    /// <summary>The 256 characters. A blank that must not break is a blank.</summary>
    /// <param name="page">One of <see cref="Known"/>.</param>
    /// <param name="national">0 to <see cref="NationalMaximum"/>.</param>
    public static char[] Table(int page, int national)
    {
        var bytes = new byte[256];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)i;
        var table = CodePagesEncodingProvider.Instance.GetEncoding(page) is { } encoding ? encoding.GetChars(bytes) : Encoding.Latin1.GetChars(bytes);
        for (var i = 0; i < table.Length; i++)
        {
            if (table[i] == '\u00A0')
                table[i] = ' ';
            else if (char.IsControl(table[i]))
                table[i] = Damaged;
        }

        for (var i = 0; i < Changed.Length; i++)
            table[Changed[i]] = s_national[national][i];
        return table;
    }
}
