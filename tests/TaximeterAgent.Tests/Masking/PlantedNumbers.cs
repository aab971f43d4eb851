namespace TaximeterAgent.Tests.Masking;

/// <summary>One phone number as people and programs write it.</summary>
internal static class PlantedNumbers
{
    /// <summary>Every form of a Norwegian number.</summary>
    /// <param name="national">Eight digits.</param>
    public static IReadOnlyList<string> Of(string national) =>
    [
        $"47{national}", $"+47{national}", $"0047{national}", national, $"+47 {national}", $"+47-{national}", $"(+47) {national}", $"+47.{national}",
        $"{national[..3]} {national[3..5]} {national[5..]}", $"{national[..2]} {national[2..4]} {national[4..6]} {national[6..]}", $"{national[..4]}-{national[4..]}",
        $"{national[..3]}-{national[3..5]}-{national[5..]}", $"+47 {national[..3]} {national[3..5]} {national[5..]}", $"0047 {national[..4]} {national[4..]}",
        $"%2B47{national}", $"\\u002B47{national}", $"tel:+47{national}", $"{national[..3]}\u00a0{national[3..5]}\u00a0{national[5..]}", $"{national[..3]}.{national[3..5]}.{national[5..]}",
    ];

    /// <summary>The digits alone, that no form hides: what must be nowhere in what is kept.</summary>
    public static string Squeezed(string text) => string.Concat(text.Where(letter => letter is not (' ' or '-' or '.' or '(' or ')' or '/' or '\u00a0')));
}
