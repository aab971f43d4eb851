using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Simulation;

/// <summary>A driver can choose another language; who reads the display here reads English.</summary>
internal static class Translation
{
    private static readonly Dictionary<string, string> s_english = InEnglish();

    /// <summary>The same screen, with its second line in English if that is one of the display's own texts.</summary>
    public static IReadOnlyList<string> ToEnglish(IReadOnlyList<string> lines) =>
        lines.Count < 2 || !s_english.TryGetValue(lines[1], out var english) ? lines : [lines[0], english, .. lines.Skip(2)];

    /// <summary>A text of the display in every language.</summary>
    public static IEnumerable<string> OfAll(Func<Words, string> text) => Enum.GetValues<Language>().Select(language => text(Words.Of(language)));

    private static Dictionary<string, string> InEnglish()
    {
        var english = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in typeof(Words).GetProperties().Where(property => property.PropertyType == typeof(string) && property.GetMethod is { IsStatic: false }))
        {
            foreach (var text in OfAll(words => (string)property.GetValue(words)!))
                english.TryAdd(text, (string)property.GetValue(Words.Of(Language.English))!);
        }

        return english;
    }
}
