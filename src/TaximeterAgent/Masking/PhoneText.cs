using System.Text.RegularExpressions;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Masking;

/// <summary>
/// Phone numbers within a text, in whatever form people and programs write them. A number that is known is found wherever it stands; of one that is not, what could be one is
/// taken for one: what is taken away too much is a trip's number, what is taken away too little is somebody's number.
/// </summary>
internal sealed partial class PhoneText
{
    private const int ShownDigits = 2;

    private const int ShortestNational = 7;

    private const int LongestUnixSeconds = 10;

    private static readonly Country[] s_countries = [Country.NO, Country.SE, Country.FI];

    /// <summary>For a text of which nothing is known: no number, and of which car it is.</summary>
    public static PhoneText Any { get; } = new([], Country.NO);

    private readonly HashSet<string> _known;
    private readonly Country _home;

    /// <param name="known">Numbers that are known, all digits with the country's code.</param>
    /// <param name="home">The country whose national form needs no code.</param>
    public PhoneText(IEnumerable<string> known, Country home)
    {
        _home = home;
        _known = [.. known.SelectMany(NationalForms)];
    }

    public string Mask(string text) => Candidate().Replace(text, match => IsNumber(match, text) ? Masked(match) : match.Value);

    /// <summary>True if a number that is known is in there still.</summary>
    public bool FindsKnown(string text) => Candidate().Matches(text).Any(match => IsKnown(Digits(match)));

    private bool IsNumber(Match match, string text)
    {
        var digits = Digits(match);
        if (IsKnown(digits))
            return true;
        if (match.Groups["prefix"].Length > 0)
            return digits.Length is >= 8 and <= 17;
        var (before, after) = (At(text, match.Index - 1), At(text, match.Index + match.Length));
        if (IsWord(before) || before is '.' or '-' || IsWord(after) || after is '-' || (after is '.' && char.IsAsciiDigit(At(text, match.Index + match.Length + 1))))
            return false;
        var oneRun = digits.Length == match.Length;
        if (!oneRun)
            return !DateLike().IsMatch(match.Value) && IsPlausible(match.Value, digits);
        // A colon comes before a time as well, as a number of seconds or milliseconds.
        return before is ':' or '=' or '[' or ','
            ? digits.Length <= LongestUnixSeconds + 2 && IsPlausible(match.Value, digits)
            : digits.Length is >= 8 and <= 15;
    }

    private bool IsPlausible(string written, string digits)
    {
        var text = string.Concat(written.Where(letter => char.IsAsciiDigit(letter)));
        return s_countries.Append(_home).Any(country => PhoneNumber.Parse(text, country, out _) == PhoneNumberFault.None)
            || PhoneNumber.Parse("+" + digits, _home, out _) == PhoneNumberFault.None && digits[..2] is "45" or "46" or "47" or "35";
    }

    // Other digits may stand right beside it: a number of a list, a time.
    private bool IsKnown(string digits)
    {
        for (var from = 0; from + ShortestNational <= digits.Length; from++)
        {
            for (var length = ShortestNational; from + length <= digits.Length; length++)
            {
                if (_known.Contains(digits.Substring(from, length)))
                    return true;
            }
        }

        return false;
    }

    // With and without the country's code: the same digits end both.
    private static IEnumerable<string> NationalForms(string msisdn)
    {
        yield return msisdn;
        foreach (var code in (string[])["47", "46", "45", "358"])
        {
            if (msisdn.StartsWith(code, StringComparison.Ordinal) && msisdn.Length - code.Length >= ShortestNational)
                yield return msisdn[code.Length..];
        }
    }

    private static string Digits(Match match) => string.Concat(match.Groups["number"].Value.Where(char.IsAsciiDigit));

    private static string Masked(Match match) => $"•••• ••{Digits(match)[^ShownDigits..]}";

    private static char At(string text, int index) => index >= 0 && index < text.Length ? text[index] : ' ';

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

    // + as itself, in an address or in JSON; digits with at most two of what people write between them.
    [GeneratedRegex(@"(?<!\d)(?<prefix>(?:\+|%2B|\\u002B|\(\+|00(?=[1-9]))?)(?<number>\d(?:[ \u00a0\-./()]{0,2}\d){6,16})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Candidate();

    [GeneratedRegex(@"^(?:19|20)\d\d[-./ ](?:0[1-9]|1[0-2])[-./ ][0-3]\d|^[0-3]\d\.(?:0[1-9]|1[0-2])\.(?:19|20)\d\d|^\d{1,3}(?:\.\d{1,3}){3}$", RegexOptions.CultureInvariant)]
    private static partial Regex DateLike();
}
