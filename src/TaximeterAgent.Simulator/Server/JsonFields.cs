using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulator.Server;

/// <summary>
/// Reads a body field by field and keeps all that is wrong with it, by the field's path. Written by hand rather than by a serializer: what is checked
/// here is what a serializer forgives, such as an unknown or doubled name, a number where a string belongs, or a fraction that is a whole number.
/// </summary>
internal sealed class JsonFields
{
    public static readonly JsonDocumentOptions Parsing = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 16,
    };

    private readonly List<FieldFault> _faults = [];

    public IReadOnlyList<FieldFault> Faults => _faults;

    public void Fault(string name, string reason, string rule = Rules.BadField) => _faults.Add(new FieldFault(name, reason, rule));

    /// <summary>True if the element is an object; names that are not known are faults.</summary>
    public bool IsObject(JsonElement element, string at, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(at.Length == 0 ? "body" : at, "Must be an object.");
            return false;
        }

        foreach (var property in element.EnumerateObject())
            if (!known.Contains(property.Name))
                Fault(Join(at, property.Name), "The field is not known.", Rules.UnknownField);
        return true;
    }

    /// <summary>The field, if it is there and not null; a required one that is not there is a fault.</summary>
    public bool Has(JsonElement parent, string at, string name, bool required, out JsonElement value)
    {
        if (parent.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
            return true;
        if (required)
            Fault(Join(at, name), "The field is required.");
        return false;
    }

    public string? Text(JsonElement parent, string at, string name, bool required, int least = 1, int most = int.MaxValue, Regex? pattern = null)
    {
        if (!Has(parent, at, name, required, out var value))
            return null;
        if (!TryText(value, out var text))
            return Wrong(at, name, "Must be a string.");
        if (text.Length < least || text.Length > most)
            return Wrong(at, name, $"Must have between {least} and {most} characters.");
        return pattern is null || pattern.IsMatch(text) ? text : Wrong(at, name, $"Must match {pattern}.");
    }

    public string? OneOf(JsonElement parent, string at, string name, bool required, params ReadOnlySpan<string> allowed)
    {
        var text = Text(parent, at, name, required);
        if (text is null || allowed.Contains(text))
            return text;
        return Wrong(at, name, "Must be one of " + string.Join(", ", allowed) + ".");
    }

    public long? Whole(JsonElement parent, string at, string name, bool required, long least = long.MinValue, long most = long.MaxValue)
    {
        if (!Has(parent, at, name, required, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            Fault(Join(at, name), "Must be an integer.");
            return null;
        }

        if (number >= least && number <= most)
            return number;
        Fault(Join(at, name), $"Must be between {least} and {most}.");
        return null;
    }

    public bool? Flag(JsonElement parent, string at, string name)
    {
        if (!Has(parent, at, name, required: false, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(Join(at, name), "Must be true or false.");
        return null;
    }

    /// <summary>An amount object: currency and value in minor units. The value's lower bound depends on the currency and is checked by who asks.</summary>
    public (string Currency, long Value)? Amount(JsonElement parent, string name)
    {
        if (!Has(parent, "", name, required: true, out var amount) || !IsObject(amount, name, "currency", "value"))
            return null;
        var currency = OneOf(amount, name, "currency", required: true, "NOK", "DKK", "EUR");
        var value = Whole(amount, name, "value", required: true, 0, 65_000_000);
        return currency is not null && value is { } whole ? (currency, whole) : null;
    }

    public static string Join(string at, string name) => at.Length == 0 ? name : at + "." + name;

    public static bool TryText(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = value.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            return false; // an escaped half of a surrogate pair is no text
        }
    }

    private string? Wrong(string at, string name, string reason)
    {
        Fault(Join(at, name), reason);
        return null;
    }
}
