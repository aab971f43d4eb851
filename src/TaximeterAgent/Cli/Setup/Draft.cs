using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Setup;

/// <summary>A configuration in the making: what the file has, and what was answered since. Keys that nobody asks about stay as they are.</summary>
internal sealed class Draft
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly JsonObject _root;
    private readonly JsonNode _before;
    private readonly byte[]? _bytes;
    private readonly Dictionary<ConfigurationKey, string> _secrets = [];

    private Draft(byte[]? bytes, JsonObject root)
    {
        _bytes = bytes;
        _root = root;
        _before = root.DeepClone();
    }

    /// <summary>The secrets as they will be.</summary>
    public IReadOnlyDictionary<ConfigurationKey, string> Secrets => _secrets;

    /// <summary>Begins with a file, or with nothing.</summary>
    /// <returns>False if the file is no JSON object, or has a name twice.</returns>
    public static bool TryRead(byte[]? bytes, [NotNullWhen(true)] out Draft? draft)
    {
        draft = null;
        try
        {
            ReadOnlySpan<byte> json = bytes ?? "{}"u8.ToArray();
            if (json.StartsWith(Encoding.UTF8.Preamble))
                json = json[Encoding.UTF8.Preamble.Length..];
            if (JsonNode.Parse(json, documentOptions: s_strict) is not JsonObject root)
                return false;
            draft = new Draft(bytes, root);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A key's value as text; null if the draft has none.</summary>
    public string? Get(ConfigurationKey key)
    {
        if (key.Secret)
            return _secrets.GetValueOrDefault(key);
        return Find(key) switch
        {
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            JsonValue value => value.ToJsonString(),
            _ => null,
        };
    }

    /// <summary>A key's value, or its default; empty where there is neither.</summary>
    public string Effective(ConfigurationKey key) => Get(key) ?? key.Default ?? "";

    /// <summary>Sets a key. An answer that is the default of a key that the file does not have is not written into it.</summary>
    public void Set(ConfigurationKey key, string text)
    {
        if (key.Secret)
        {
            _secrets[key] = text;
            return;
        }

        if (Get(key) is { } present ? present == text : text == key.Default)
            return;
        var (section, name) = Place(key);
        section[name] = key.Shape switch
        {
            ValueShape.Number when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            ValueShape.Boolean => JsonValue.Create(text == "true"),
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>Takes a key out of the file.</summary>
    public void Remove(ConfigurationKey key)
    {
        if (Find(key) is not null)
            ((JsonObject)Find(key)!.Parent!).Remove(key.Name[(key.Name.LastIndexOf(':') + 1)..]);
    }

    /// <summary>Takes all values of another file over these. Names that no key has are taken too, so that the check finds them.</summary>
    public void Take(Draft other)
    {
        Merge(_root, other._root);
        foreach (var (key, text) in other._secrets)
            _secrets[key] = text;

        static void Merge(JsonObject into, JsonObject from)
        {
            foreach (var (name, node) in from)
            {
                if (node is JsonObject section && into[name] is JsonObject present)
                    Merge(present, section);
                else if (!JsonNode.DeepEquals(into[name], node))
                    into[name] = node?.DeepClone();
            }
        }
    }

    /// <summary>Secrets have no place in the file: what stands there becomes a credential. Gives the names of those that did.</summary>
    public IReadOnlyList<string> MoveSecretsOut()
    {
        var moved = new List<string>();
        foreach (var key in Keys.All.Where(key => key.Secret))
        {
            // What is no text is left, for the check to tell of.
            if (Find(key) is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
                continue;
            _secrets[key] = value.GetValue<string>();
            Remove(key);
            moved.Add(key.Name);
        }

        return moved;
    }

    /// <summary>The file as it will be: the very bytes that it has, if nothing in it changes.</summary>
    public byte[] Write()
    {
        if (_bytes is not null && JsonNode.DeepEquals(_before, _root))
            return _bytes;
        using var stream = new MemoryStream();
        // Readable letters: a brand may have any.
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            _root.WriteTo(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private JsonNode? Find(ConfigurationKey key)
    {
        JsonNode? node = _root;
        foreach (var part in key.Name.Split(':'))
            node = (node as JsonObject)?[part];
        return node;
    }

    private (JsonObject Section, string Name) Place(ConfigurationKey key)
    {
        var parts = key.Name.Split(':');
        var section = _root;
        foreach (var part in parts[..^1])
        {
            if (section[part] is not JsonObject inner)
                section[part] = inner = [];
            section = inner;
        }

        return (section, parts[^1]);
    }
}
