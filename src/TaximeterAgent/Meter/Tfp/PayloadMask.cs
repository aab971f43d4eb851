using System.Text;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>
/// A payload as people may read it months later. Phone numbers are masked; what a meter's maker put in beyond the protocol is left out, because nobody
/// knows what it holds; free text loses every run of digits that is long enough for a phone number.
/// </summary>
internal static class PayloadMask
{
    private const string LeftOut = "…";
    private const int DigitRunMaximum = 6;

    private static readonly HashSet<string> s_types = ["HELLO", "POS", "FARE", "BOOK", "VOID", "PING", "PAID", "UNPAID", "REFUNDED", "ACK", "NAK"];

    // Names, times and amounts. A trip's or booking's name is what the history is searched by and stays whole.
    private static readonly HashSet<string> s_plain =
    [
        "proto", "meter", "model", "fw", "agent", "ver", "pos", "time", "trip", "start", "finish",
        "total", "fare", "suppl", "tip", "cur", "vat", "supplvat", "dist",
        "booking", "max", "of", "amount", "ref", "method", "paid", "due",
    ];

    private static readonly HashSet<string> s_freeText = ["tariff", "driver", "reason"];

    public static string TypeOf(string type) => s_types.Contains(type) ? type : "?";

    public static string Apply(string payload, Country home)
    {
        var fields = payload.Split('|');
        if (!s_types.Contains(fields[0]))
            return "?|" + LeftOut;
        var text = new StringBuilder(payload.Length).Append(fields[0]);
        for (var index = 1; index < fields.Length; index++)
            text.Append('|').Append(index == 1 ? Runs(fields[index]) : Field(fields[index], home));
        return text.ToString();
    }

    private static string Field(string field, Country home)
    {
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            return LeftOut;
        var (key, value) = (field[..equals], field[(equals + 1)..]);

        // A "=" in a name looks like a field that was glued to it by a lost separator.
        if (s_plain.Contains(key) && !value.Contains('=', StringComparison.Ordinal))
            return field;
        if (s_plain.Contains(key))
            return $"{key}={FreeText(value)}";
        if (s_freeText.Contains(key))
            return $"{key}={FreeText(value)}";
        if (key == "phone")
            return $"{key}={Phone(value, home)}";
        return key == "pickup" ? $"{key}={LeftOut}" : LeftOut;
    }

    private static string Phone(string value, Country home) =>
        PercentCoding.TryDecode(value, out var text) && FieldReader.TryPhone(text, home, out var number) ? number.Masked : LeftOut;

    // Stays percent-coded, so that no control character reaches a reader's terminal; but digits do not hide behind the coding.
    private static string FreeText(string value)
    {
        if (!value.Contains('%', StringComparison.Ordinal))
            return Runs(value);
        return PercentCoding.TryDecode(value, out var text) && Runs(text) == text ? value : LeftOut;
    }

    private static string Runs(string value)
    {
        // A SEQ, which every frame has: too short to hide a number.
        if (value.Length <= DigitRunMaximum)
            return value;
        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length;)
        {
            var end = index;
            var digits = 0;
            while (end < value.Length && (char.IsAsciiDigit(value[end]) || (digits > 0 && value[end] is ' ' or '-')))
                digits += char.IsAsciiDigit(value[end++]) ? 1 : 0;
            if (digits > DigitRunMaximum)
                text.Append(LeftOut);
            else
                text.Append(value, index, Math.Max(end - index, 1));
            index = Math.Max(end, index + 1);
        }

        return text.ToString();
    }
}
