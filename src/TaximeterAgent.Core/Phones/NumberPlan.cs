namespace TaximeterAgent.Core.Phones;

/// <summary>What is known of a country's mobile numbers: enough to catch a slip of the finger, not a list of operators.</summary>
internal sealed class NumberPlan
{
    private static readonly NumberPlan[] s_all =
    [
        // Norway: eight digits, mobile numbers begin with 4 or 9.
        new(Country.NO, "47", trunkPrefix: false, 8, 8, "49"),
        // Sweden: 07x xxx xx xx; without the trunk 0 nine digits that begin with 7.
        new(Country.SE, "46", trunkPrefix: true, 9, 9, "7"),
        // Denmark: eight digits, mobile numbers are spread over nearly all first digits.
        new(Country.DK, "45", trunkPrefix: false, 8, 8, "23456789"),
        // Finland: 04x or 050; without the trunk 0 six to ten digits that begin with 4 or 5. Shorter than eight cannot be an MSISDN of ten digits.
        new(Country.FI, "358", trunkPrefix: true, 7, 10, "45"),
    ];

    private readonly Country _country;
    private readonly bool _trunkPrefix;
    private readonly int _shortest;
    private readonly int _longest;
    private readonly string _first;

    private NumberPlan(Country country, string code, bool trunkPrefix, int shortest, int longest, string first)
    {
        _country = country;
        Code = code;
        _trunkPrefix = trunkPrefix;
        _shortest = shortest;
        _longest = longest;
        _first = first;
    }

    /// <summary>The country's code, without prefix.</summary>
    public string Code { get; }

    public static NumberPlan Of(Country country) => s_all.Single(plan => plan._country == country);

    /// <summary>The plan whose code these digits begin with, if it is one of ours.</summary>
    public static NumberPlan? ByCode(string digits) => s_all.FirstOrDefault(plan => digits.StartsWith(plan.Code, StringComparison.Ordinal));

    public PhoneNumberFault CheckNational(string digits, out string significant)
    {
        significant = digits;
        if (_trunkPrefix)
        {
            if (digits[0] != '0')
                return PhoneNumberFault.Impossible;
            significant = digits[1..];
        }

        return CheckSignificant(significant);
    }

    public PhoneNumberFault CheckSignificant(string significant)
    {
        if (significant.Length > 0 && !_first.Contains(significant[0]))
            return PhoneNumberFault.Impossible;
        if (significant.Length < _shortest)
            return PhoneNumberFault.TooShort;
        return significant.Length > _longest ? PhoneNumberFault.TooLong : PhoneNumberFault.None;
    }
}
