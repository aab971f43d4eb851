using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Fuzz;

/// <summary>A fare as the meter would write it, and what the protocol says of a payload; none of the agent's own code.</summary>
internal static partial class FareText
{
    public static string Write(Fare fare)
    {
        var text = new StringBuilder("FARE|5");
        Add("meter", fare.Trip.Meter);
        Add("trip", fare.Trip.Trip);
        Add("start", fare.Trip.Start);
        Add("finish", fare.Finish);
        Add("total", Number(fare.Total.MinorUnits));
        Add("fare", Number(fare.FareAmount.MinorUnits));
        Add("suppl", Number(fare.Supplements.MinorUnits));
        Add("tip", Number(fare.Tip.MinorUnits));
        Add("cur", fare.Total.Currency.ToString());
        Add("vat", Number(fare.Vat));
        Add("supplvat", Number(fare.SupplementsVat));
        Add("dist", Number(fare.Distance));
        Add("tariff", fare.Tariff);
        if (fare.Driver is { } driver)
            Add("driver", driver);
        if (fare.Phone is { } phone)
            Add("phone", "+" + phone.Msisdn);
        if (fare.Booking is { } booking)
            Add("booking", booking);
        return text.ToString();

        void Add(string key, string value)
        {
            text.Append('|').Append(key).Append('=');
            foreach (var octet in Encoding.UTF8.GetBytes(value))
                text.Append(octet is >= 0x20 and <= 0x7E and not (byte)'%' and not (byte)'|' ? ((char)octet).ToString() : $"%{octet:X2}");
        }
    }

    /// <summary>The values of a payload as they are on the wire; null if a key is there twice.</summary>
    public static Dictionary<string, string>? Values(string payload)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in payload.Split('|').Skip(2))
        {
            var parts = field.Split('=', 2);
            if (!values.TryAdd(parts[0], parts.Length == 2 ? parts[1] : ""))
                return null;
        }

        return values;
    }

    /// <summary>TYPE and SEQ of a payload that can be answered at all; null for one that cannot.</summary>
    public static (string Type, int Sequence)? Head(string payload) =>
        HeadForm().Match(payload) is { Success: true } head && int.Parse(head.Groups[2].Value, CultureInfo.InvariantCulture) is var sequence and <= ushort.MaxValue ? (head.Groups[1].Value, sequence) : null;

    /// <summary>An amount as the protocol has it; −1 if it is none.</summary>
    public static long Amount(string text) => AmountForm().IsMatch(text) ? long.Parse(text, CultureInfo.InvariantCulture) : -1;

    public static bool IsTime(string text) => TimeForm().IsMatch(text);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A([^|]*)\|([0-9]{1,5})(?:\||\z)", RegexOptions.CultureInvariant)]
    private static partial Regex HeadForm();

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,8})\z", RegexOptions.CultureInvariant)]
    private static partial Regex AmountForm();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeForm();
}
