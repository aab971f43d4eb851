using System.Globalization;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>Reads a payload's values by key and remembers the first that cannot be used. After a fault the answers mean nothing.</summary>
internal sealed class FieldReader(Payload payload)
{
    private const int AmountDigits = 9;

    /// <summary>The first fault; null while all is well.</summary>
    public NakReason? Fault { get; private set; }

    public bool Has(string key) => payload.TryGet(key, out _);

    public void Refuse(string key) => Fault ??= NakReason.Field(key);

    /// <summary>Text that must be there; it may be empty.</summary>
    public string Text(string key)
    {
        if (payload.TryGet(key, out var raw) && PercentCoding.TryDecode(raw, out var value) && !value.Any(char.IsControl))
            return value;
        Refuse(key);
        return "";
    }

    /// <summary>Text that may be missing; empty is as good as missing.</summary>
    public string? OptionalText(string key) => Has(key) && Text(key) is { Length: > 0 } text ? text : null;

    /// <summary>A name: 1 to <paramref name="most"/> characters.</summary>
    public string Name(string key, int most)
    {
        var name = Text(key);
        if (name.Length < 1 || name.Length > most)
            Refuse(key);
        return name;
    }

    /// <summary>A time, RFC 3339 with offset.</summary>
    public string Time(string key, out DateTimeOffset utc)
    {
        var text = Name(key, TripId.PartMaximum);
        if (!Rfc3339.TryParse(text, out utc))
            Refuse(key);
        return text;
    }

    /// <summary><c>0|[1-9][0-9]{0,8}</c>: minor units or metres.</summary>
    public long Amount(string key, long most = Money.Maximum)
    {
        if (payload.TryGet(key, out var raw) && raw.Length is >= 1 and <= AmountDigits && raw.All(char.IsAsciiDigit) && (raw[0] != '0' || raw.Length == 1)
            && long.Parse(raw, NumberStyles.None, CultureInfo.InvariantCulture) is var amount && amount <= most)
            return amount;
        Refuse(key);
        return 0;
    }

    public long Amount(string key, long otherwise, long most) => Has(key) ? Amount(key, most) : otherwise;

    /// <summary>The sales unit's currency and no other.</summary>
    public void Currency(string key, Currency expected)
    {
        if (!Currencies.TryParse(Text(key), out var currency) || currency != expected)
            Refuse(key);
    }

    /// <summary>A customer's number: national in the home country, with <c>+</c> or <c>00</c>, or an MSISDN as it is.</summary>
    public PhoneNumber Phone(string key, Country home)
    {
        if (!TryPhone(Text(key), home, out var number))
            Refuse(key);
        return number;
    }

    internal static bool TryPhone(string text, Country home, out PhoneNumber number)
    {
        if (PhoneNumber.Parse(text, home, out number) == PhoneNumberFault.None)
            return true;

        // No national form of these countries looks like an MSISDN: with a trunk 0 it begins with 0, without one it has eight digits.
        return text.Length > 0 && text[0] != '0' && text.All(char.IsAsciiDigit) && PhoneNumber.Parse("+" + text, home, out number) == PhoneNumberFault.None;
    }
}
