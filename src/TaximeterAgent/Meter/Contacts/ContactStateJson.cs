using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaximeterAgent.Meter.Contacts;

/// <summary>The state as it is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContactState))]
internal sealed partial class ContactStateJson : JsonSerializerContext
{
    public static string Write(ContactState state) => JsonSerializer.Serialize(state, Default.ContactState);

    /// <exception cref="JsonException">It is not what <see cref="Write"/> has written.</exception>
    public static ContactState Read(string text) =>
        JsonSerializer.Deserialize(text, Default.ContactState) ?? throw new JsonException("The contacts' state is empty.");
}
