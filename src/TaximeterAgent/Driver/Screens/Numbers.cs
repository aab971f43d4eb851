using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Driver.Screens;

/// <summary>Phone numbers as the display shows them.</summary>
internal static class Numbers
{
    /// <summary>
    /// As people say them in the country: NO <c>912 34 567</c>, DK <c>12 34 56 78</c>, SE <c>070-123 45 67</c>, FI <c>040 123 4567</c>. One with a country's code begins
    /// with <c>+</c>, so that the longest there is fits sixteen characters.
    /// </summary>
    public static string Grouped(string digits, Country country)
    {
        if (digits.StartsWith("00", StringComparison.Ordinal))
            return "+" + digits[2..];
        ReadOnlySpan<int> groups = country switch
        {
            Country.DK => [2, 2, 2, 2],
            Country.SE => [3, 3, 2, 2],
            Country.FI => [3, 3, 8],
            _ => [3, 2, 3],
        };
        var text = new System.Text.StringBuilder();
        var at = 0;
        foreach (var group in groups)
        {
            if (at >= digits.Length)
                break;
            if (at > 0)
                text.Append(country == Country.SE && at == groups[0] ? '-' : ' ');
            text.Append(digits, at, Math.Min(group, digits.Length - at));
            at += group;
        }

        // More than any number has: as it was keyed.
        return at < digits.Length ? digits : text.ToString();
    }

    /// <summary>Whom the request that is out asks: <c>**67</c>.</summary>
    public static string LastDigits(TripState trip) => trip.Attempts.LastOrDefault(a => !a.Over)?.Phone is { } phone ? $"**{phone.Msisdn[^2..]}" : "";

    /// <summary>Whom it asks, for a line of its own: <c>+47 **** **67</c>, of signs that every display has.</summary>
    public static string Masked(string masked) => masked.Replace('•', '*');
}
