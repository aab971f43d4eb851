using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TaximeterAgent.EPayment.Json;

/// <summary>Reads answers that may be anything: huge, deep, of the wrong types, not JSON. Never throws.</summary>
internal static class BodyReader
{
    public static bool TryRead<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        try
        {
            value = JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // Strings that are not Unicode.
            return false;
        }

        return value is not null;
    }
}
