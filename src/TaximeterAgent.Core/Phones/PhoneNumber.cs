using System.Diagnostics.CodeAnalysis;

namespace TaximeterAgent.Core.Phones;

/// <summary>
/// A subscriber's number in international form without prefix (MSISDN): country code and number, 10 to 15 digits.
/// <see cref="ToString"/> masks it, so that it cannot slip into a log; <see cref="Msisdn"/> is for the payment service and the store only.
/// </summary>
public readonly record struct PhoneNumber
{
    private readonly string? _msisdn;

    private PhoneNumber(string msisdn) => _msisdn = msisdn;

    /// <summary>False for a value that was never given, or was wiped.</summary>
    public bool IsGiven => _msisdn is not null;

    /// <summary>All digits, such as <c>4791234567</c>.</summary>
    /// <exception cref="InvalidOperationException">The value was never given.</exception>
    public string Msisdn => _msisdn ?? throw new InvalidOperationException("A phone number that was never given has no digits.");

    /// <summary>
    /// Reads a number as people give it: national in the home country, or with <c>+</c> or <c>00</c> and the country's code; spaces and hyphens are passed over.
    /// </summary>
    /// <param name="text">What was keyed or sent.</param>
    /// <param name="home">The country whose national form needs no code.</param>
    /// <param name="number">The number, if the answer is <see cref="PhoneNumberFault.None"/>.</param>
    public static PhoneNumberFault Parse(string? text, Country home, out PhoneNumber number)
    {
        number = default;
        var fault = Digits(text, out var digits, out var international);
        if (fault != PhoneNumberFault.None)
            return fault;
        var plan = NumberPlan.Of(home);
        if (!international)
        {
            fault = plan.CheckNational(digits, out var significant);
            if (fault == PhoneNumberFault.None)
                number = new PhoneNumber(plan.Code + significant);
            return fault;
        }

        if (NumberPlan.ByCode(digits) is { } known)
        {
            fault = known.CheckSignificant(digits[known.Code.Length..]);
            if (fault != PhoneNumberFault.None)
                return fault;
        }
        else if (digits[0] == '0')
        {
            return PhoneNumberFault.Impossible;
        }

        if (digits.Length < 10)
            return PhoneNumberFault.TooShort;
        if (digits.Length > 15)
            return PhoneNumberFault.TooLong;
        number = new PhoneNumber(digits);
        return PhoneNumberFault.None;
    }

    /// <summary>Reads digits that are already an MSISDN, as the store and the meter write them.</summary>
    public static bool TryFromMsisdn([NotNullWhen(true)] string? digits, out PhoneNumber number)
    {
        number = default;
        if (digits is null || digits.Length is < 10 or > 15 || digits[0] == '0' || !digits.All(char.IsAsciiDigit))
            return false;
        number = new PhoneNumber(digits);
        return true;
    }

    /// <summary>
    /// For people, after the number was confirmed: country code and the last two digits, such as <c>+47 •••• ••67</c>.
    /// </summary>
    public string Masked
    {
        get
        {
            if (_msisdn is null)
                return "";
            var code = NumberPlan.ByCode(_msisdn)?.Code ?? "";
            return $"{(code.Length > 0 ? "+" + code : "+••")} •••• ••{_msisdn[^2..]}";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Masked;

    private static PhoneNumberFault Digits(string? text, out string digits, out bool international)
    {
        digits = "";
        international = false;
        if (string.IsNullOrWhiteSpace(text))
            return PhoneNumberFault.Empty;
        var trimmed = text.Trim();
        if (trimmed.Length > 40)
            return PhoneNumberFault.TooLong;
        if (trimmed[0] == '+')
        {
            international = true;
            trimmed = trimmed[1..];
        }

        if (trimmed.Any(c => !char.IsAsciiDigit(c) && c is not (' ' or '-')))
            return PhoneNumberFault.NotDigits;
        digits = string.Concat(trimmed.Where(char.IsAsciiDigit));
        if (!international && digits.StartsWith("00", StringComparison.Ordinal))
        {
            international = true;
            digits = digits[2..];
        }

        return digits.Length == 0 ? PhoneNumberFault.TooShort : PhoneNumberFault.None;
    }
}
