using System.Text.Json;

namespace TaximeterAgent.Control;

/// <summary>An enumeration's value as the socket writes it: lower case with hyphens.</summary>
internal static class Kebab
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
