using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>How a meter writes amounts, dates and times.</summary>
/// <param name="Decimal">The decimal sign, a comma or a point.</param>
/// <param name="Decimals">How many decimals an amount has: 2, or 0 for whole units without a sign.</param>
/// <param name="Thousands">What stands between thousands; null for nothing.</param>
/// <param name="Date">A date, in the letters d, M and y; null where the receipt has none apart from a field that needs it.</param>
/// <param name="Time">A time, in the letters H, m and s; null as before.</param>
/// <param name="Metres">Metres to the unit of distances.</param>
internal sealed record ValueFormats(char Decimal, int Decimals, char? Thousands, string? Date, string? Time, int Metres)
{
    private const string Letters = "dMyHms";

    /// <summary>True if a format has nothing but the letters allowed, each at most once as a run of one or two (or four of y), with other signs between.</summary>
    public static bool IsFormat(string format, string letters, string needed)
    {
        var runs = Runs(format).Where(run => char.IsAsciiLetter(run[0])).ToList();
        return runs.All(run => letters.Contains(run[0]) && run.Length <= 2 || run == "yyyy")
            && runs.Select(run => run[0]).Distinct().Count() == runs.Count
            && needed.All(letter => runs.Any(run => run[0] == letter))
            && !runs.Contains("y")
            && format.All(c => c is >= ' ' and <= '~' and not '\'' and not '"' and not '%' and not '\\' and not (>= '0' and <= '9'));
    }

    /// <summary>What a field looks like, for <see cref="LinePattern"/>.</summary>
    public string Expression(ReceiptField field) => field switch
    {
        _ when field.IsAmount() => Amount(),
        ReceiptField.Vat or ReceiptField.SupplementsVat => $"[0-9]{{1,2}}(?:{Regex.Escape(Decimal.ToString())}[0-9]{{1,2}})?",
        ReceiptField.Trip => "[0-9A-Za-z](?:[0-9A-Za-z/.-]{0,31})",
        ReceiptField.Distance => $"[0-9]{{1,5}}(?:{Regex.Escape(Decimal.ToString())}[0-9]{{1,3}})?",
        ReceiptField.Tariff => "[^ ]{1,16}",
        ReceiptField.Start or ReceiptField.Finish => $"{Digits(Date!)} +{Digits(Time!)}",
        ReceiptField.StartDate or ReceiptField.FinishDate or ReceiptField.Date => Digits(Date!),
        _ => Digits(Time!),
    };

    /// <summary>An amount in minor units; null if no such amount can be.</summary>
    public long? Minor(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value * (Decimals == 0 ? 100 : 1) <= Money.Maximum
            ? value * (Decimals == 0 ? 100 : 1)
            : null;
    }

    /// <summary>A rate in hundredths of a percent, 0 to 9999.</summary>
    public int Rate(string text) => (int)Scaled(text, 2);

    /// <summary>A distance in metres.</summary>
    public long Distance(string text) => Scaled(text, 3) * Metres / 1000;

    public DateOnly? DateOf(string text) =>
        DateOnly.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public TimeOnly? TimeOf(string text) =>
        TimeOnly.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private long Scaled(string text, int decimals)
    {
        var parts = text.Split(Decimal);
        var fraction = (parts.Length > 1 ? parts[1] : "").PadRight(decimals, '0')[..decimals];
        return long.Parse(parts[0] + fraction, CultureInfo.InvariantCulture);
    }

    // At most 9999999 units: more is no fare.
    private string Amount()
    {
        var whole = Thousands is { } sign ? $"(?:[0-9]{{1,3}}(?:{Regex.Escape(sign.ToString())}[0-9]{{3}}){{1,2}}|[0-9]{{1,7}})" : "[0-9]{1,7}";
        return Decimals == 0 ? whole : $"{whole}{Regex.Escape(Decimal.ToString())}[0-9]{{{Decimals}}}";
    }

    // d: one digit or two; dd: two.
    private static string Digits(string format)
    {
        var expression = new StringBuilder();
        foreach (var run in Runs(format))
        {
            expression.Append(
                Letters.Contains(run[0])
                    ? run.Length == 1 ? "[0-9]{1,2}" : $"[0-9]{{{run.Length}}}"
                    : Regex.Escape(run));
        }

        return expression.ToString();
    }

    private static IEnumerable<string> Runs(string format)
    {
        for (var at = 0; at < format.Length;)
        {
            var end = at + 1;
            while (end < format.Length && format[end] == format[at])
                end++;
            yield return format[at..end];
            at = end;
        }
    }
}
