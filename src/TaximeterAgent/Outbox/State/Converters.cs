using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Outbox.State;

/// <summary>All digits: the store needs them; nobody else is shown them.</summary>
internal sealed class PhoneNumberConverter : JsonConverter<PhoneNumber>
{
    // No digits in the message: it may be logged.
    public override PhoneNumber Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        PhoneNumber.TryFromMsisdn(reader.GetString(), out var number) ? number : throw new JsonException("This is not a phone number.");

    public override void Write(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) => writer.WriteStringValue(value.Msisdn);
}

/// <summary>Minor units and currency: <c>34500 NOK</c>.</summary>
internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        var space = text.IndexOf(' ');
        if (space > 0 && long.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var minor) && minor <= Money.Maximum
            && Currencies.TryParse(text[(space + 1)..], out var currency))
            return new Money(minor, currency);
        throw new JsonException($"'{text}' is not an amount.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.MinorUnits} {value.Currency}"));
}

internal sealed class ReferenceConverter : JsonConverter<Reference>
{
    public override Reference Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.GetString() is { } text && Reference.TryParse(text, out var reference)
            ? reference
            : throw new JsonException("This is not a payment's reference.");

    public override void Write(Utf8JsonWriter writer, Reference value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    Converters = [typeof(PhoneNumberConverter), typeof(MoneyConverter), typeof(ReferenceConverter)])]
[JsonSerializable(typeof(TripDocument))]
internal sealed partial class TripJsonContext : JsonSerializerContext;
