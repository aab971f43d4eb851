using TaximeterAgent.Configuration;

namespace TaximeterAgent.Driver.Screens;

/// <summary>A picture that shows whether a display works: every place of every line is filled, and all letters of the language are there.</summary>
internal static class TestPicture
{
    private const string Digits = "1234567890";

    public static IReadOnlyList<string> Of(int columns, int rows, Language language)
    {
        var letters = language switch
        {
            Language.Norwegian or Language.Danish => "æøåÆØÅ",
            Language.Swedish => "åäöÅÄÖ",
            Language.Finnish => "äöåÄÖÅ",
            _ => "abcABC",
        };
        return [.. Enumerable.Range(0, rows).Select(row => row == 1 ? Fill(letters + ",.?*#=_", columns) : Fill(Digits[(row % Digits.Length)..] + Digits, columns))];
    }

    private static string Fill(string pattern, int columns) => string.Concat(Enumerable.Repeat(pattern, columns / pattern.Length + 1))[..columns];
}
