using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Outbox.State;

/// <summary>The values of a stored trip as text. What cannot be read is a <see cref="JsonException"/>.</summary>
internal static class StoredText
{
    // As System.Text.Json writes it.
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    public static string Of(Enum value) => value.ToString();

    /// <summary>Null, and so left out, for the first of its kind.</summary>
    public static string? UnlessFirst(Enum value) => Convert.ToInt32(value, CultureInfo.InvariantCulture) == 0 ? null : value.ToString();

    public static T ToEnum<T>(string? text)
        where T : struct, Enum => (T)(Word(typeof(T), text) ?? default(T));

    public static T? ToEnumOrNull<T>(string? text)
        where T : struct, Enum => (T?)Word(typeof(T), text);

    /// <summary>All digits: the store needs them; nobody else is shown them.</summary>
    public static string? Of(PhoneNumber? value) => value?.Msisdn;

    // No digits in the message: it may be logged.
    public static PhoneNumber? ToPhone(string? text) =>
        text is null ? null : PhoneNumber.TryFromMsisdn(text, out var number) ? number : throw new JsonException("This is not a phone number.");

    /// <summary>Minor units and currency: <c>34500 NOK</c>.</summary>
    public static string? Of(Money? value) => value is { } money ? string.Create(CultureInfo.InvariantCulture, $"{money.MinorUnits} {money.Currency}") : null;

    public static Money? ToMoney(string? text)
    {
        if (text is null)
            return null;
        var space = text.IndexOf(' ');
        if (space > 0 && long.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var minor) && minor <= Money.Maximum
            && Currencies.TryParse(text[(space + 1)..], out var currency))
            return new Money(minor, currency);
        throw new JsonException($"'{text}' is not an amount.");
    }

    public static string? Of(DateTimeOffset? value) => value?.ToString(Time, CultureInfo.InvariantCulture);

    public static DateTimeOffset? ToTime(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw new JsonException($"'{text}' is not a time.");

    public static Reference ToReference(string? text, string name) =>
        text is null ? throw new JsonException($"'{name}' is missing.")
        : Reference.TryParse(text, out var reference) ? reference : throw new JsonException("This is not a payment's reference.");

    private static object? Word(Type type, string? text) =>
        text is null ? null : Enum.IsDefined(type, text) ? Enum.Parse(type, text) : throw new JsonException($"The {type.Name} '{text}' is not known.");
}
