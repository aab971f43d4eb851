using System.Globalization;
using System.Text.Json;

namespace TaximeterAgent.Tests.Support;

/// <summary>
/// Holds JSON against a schema of ours, more strictly than a reader has to: a property that the schema does not name is a fault too, since our documents shall name
/// all. Only the keywords that we write; any other is an error, so that nothing passes unchecked.
/// </summary>
/// <param name="document">Where references lead.</param>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>What is wrong, a line each; empty if all is as described.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value) => [.. Look(schema, value, "$")];

    private IEnumerable<string> Look(JsonElement schema, JsonElement value, string at)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (keyword.Name is not ("description" or "$ref" or "type" or "required" or "properties" or "items" or "additionalProperties" or "format" or "anyOf"))
                throw new NotSupportedException($"{keyword.Name} is not checked.");
        }

        if (schema.TryGetProperty("$ref", out var reference))
            return Look(Follow(reference.GetString()!), value, at);
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            var tried = choices.EnumerateArray().Select(choice => Look(choice, value, at).ToList()).ToList();
            return tried.MinBy(faults => faults.Count)!;
        }

        var type = schema.TryGetProperty("type", out var named) ? named.GetString()! : throw new NotSupportedException($"{at} has no type.");
        return type switch
        {
            "object" when value.ValueKind == JsonValueKind.Object => LookInside(schema, value, at),
            "array" when value.ValueKind == JsonValueKind.Array => value.EnumerateArray().SelectMany((item, number) => Look(schema.GetProperty("items"), item, $"{at}[{number}]")),
            "string" when value.ValueKind == JsonValueKind.String => Format(schema, value.GetString()!, at),
            "boolean" when value.ValueKind is JsonValueKind.True or JsonValueKind.False => [],
            "integer" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) => [],
            "number" when value.ValueKind == JsonValueKind.Number => [],
            "object" or "array" or "string" or "boolean" or "integer" or "number" => [$"{at} is no {type}: {value.GetRawText()}"],
            _ => throw new NotSupportedException($"{at}: the type {type} is not checked."),
        };
    }

    private IEnumerable<string> LookInside(JsonElement schema, JsonElement value, string at)
    {
        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!) : [])
        {
            if (!value.TryGetProperty(name, out _))
                yield return $"{at}.{name} is missing";
        }

        var others = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.Object ? additional : (JsonElement?)null;
        // An object that is not described at all may be any.
        var any = others is null && !schema.TryGetProperty("properties", out _);
        foreach (var property in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var known))
            {
                foreach (var fault in Look(known, property.Value, $"{at}.{property.Name}"))
                    yield return fault;
            }
            else if (others is { } other)
            {
                foreach (var fault in Look(other, property.Value, $"{at}.{property.Name}"))
                    yield return fault;
            }
            else if (!any)
            {
                yield return $"{at}.{property.Name} is not described";
            }
        }
    }

    private static IEnumerable<string> Format(JsonElement schema, string text, string at) => schema.TryGetProperty("format", out var format)
        ? format.GetString() switch
        {
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) && text.Contains('T', StringComparison.Ordinal) ? [] : [$"{at} is no time: {text}"],
            var other => throw new NotSupportedException($"{at}: the format {other} is not checked."),
        }
        : [];

    private JsonElement Follow(string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        return reference[2..].Split('/').Aggregate(document, (at, name) => at.GetProperty(name));
    }
}
