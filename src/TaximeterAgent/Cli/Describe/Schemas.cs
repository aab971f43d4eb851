using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace TaximeterAgent.Cli.Describe;

/// <summary>
/// Writes JSON Schemas from the source-generated contexts, a definition for each of our types. What has no value is left out of an answer, so a property that may be
/// null is one that may be missing; all others are required.
/// </summary>
/// <param name="comments">For the descriptions.</param>
/// <param name="place">Where the definitions stand in the document, as a reference begins: <c>#/$defs/</c>.</param>
internal sealed class Schemas(DocComments comments, string place)
{
    private readonly SortedDictionary<string, (Type Type, JsonObject Schema)> _made = new(StringComparer.Ordinal);

    private bool _asked;

    /// <summary>A reference to the schema of an answer, which is among the definitions afterwards.</summary>
    public JsonNode Of(JsonTypeInfo type) => Of(type, asked: false);

    /// <summary>The same for what is sent to us: there, only what has to be given is required.</summary>
    public JsonNode OfRequest(JsonTypeInfo type) => Of(type, asked: true);

    /// <summary>All definitions so far, by name.</summary>
    public JsonObject Definitions() => new(_made.Select(made => KeyValuePair.Create(made.Key, (JsonNode?)made.Value.Schema.DeepClone())));

    private JsonNode Of(JsonTypeInfo type, bool asked)
    {
        _asked = asked;
        return type.Options.GetJsonSchemaAsNode(type.Type, new JsonSchemaExporterOptions { TransformSchemaNode = Transform, TreatNullObliviousAsNonNullable = true });
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var description = context.PropertyInfo is { DeclaringType: var declaring, Name: var name } ? comments.OfProperty(declaring, char.ToUpperInvariant(name[0]) + name[1..]) : null;
        JsonObject described = description is null ? [] : new() { ["description"] = description };
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            described["$ref"] = place + Define(context.TypeInfo, schema.AsObject());
            return described;
        }

        foreach (var (keyword, value) in schema.AsObject())
        {
            // What is left out is not there; that the program then thinks of nothing is its own affair.
            if (keyword != "default")
                described[keyword] = keyword == "type" ? WithoutNull(value!) : value?.DeepClone();
        }

        return described;
    }

    private string Define(JsonTypeInfo type, JsonObject schema)
    {
        var name = type.Type.Name;
        if (_made.TryGetValue(name, out var made))
            return made.Type == type.Type ? name : throw new InvalidOperationException($"Two types are named {name}: {made.Type} and {type.Type}.");
        var defined = new JsonObject { ["type"] = "object" };
        if (comments.OfType(type.Type) is { } description)
            defined["description"] = description;
        string[] required = [.. type.Properties.Where(property => !MayBeMissing(property)).Select(property => property.Name)];
        if (required.Length > 0)
            defined["required"] = new JsonArray([.. required.Select(property => JsonValue.Create(property))]);
        foreach (var (keyword, value) in schema)
        {
            if (keyword is not ("type" or "required"))
                defined[keyword] = value?.DeepClone();
        }

        _made[name] = (type.Type, defined);
        return name;
    }

    private bool MayBeMissing(JsonPropertyInfo property) => _asked
        ? !property.IsRequired
        : property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsGetNullable;

    private static JsonNode WithoutNull(JsonNode type) => type is JsonArray types ? types.First(one => one!.GetValue<string>() != "null")!.DeepClone() : type.DeepClone();
}
