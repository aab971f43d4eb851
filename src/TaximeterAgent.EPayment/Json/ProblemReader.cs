using System.Globalization;
using System.Text.Json;

namespace TaximeterAgent.EPayment.Json;

/// <summary>
/// Reads a problem in either shape, ePayment's (<c>extraDetails</c>) or Order Management's (<c>invalidParams</c>); a gateway's HTML or an empty body gives a problem
/// with its status alone.
/// </summary>
internal static class ProblemReader
{
    private const int FieldsMaximum = 10;

    public static Problem Read(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        var plain = new Problem(status) { RetryAfter = retryAfter };
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(plain, document.RootElement) : plain;
        }
        catch (JsonException)
        {
            return plain;
        }
        catch (InvalidOperationException)
        {
            return plain;
        }
    }

    private static Problem Read(Problem plain, JsonElement root)
    {
        int? code = null;
        var fields = new List<InvalidField>();
        foreach (var list in new[] { "extraDetails", "invalidParams" })
        {
            if (!root.TryGetProperty(list, out var details) || details.ValueKind != JsonValueKind.Array)
                continue;
            foreach (var detail in details.EnumerateArray())
            {
                var name = Text(detail, "name");
                var reason = Text(detail, "reason");
                if (string.Equals(name, "ErrorCode", StringComparison.OrdinalIgnoreCase))
                    code ??= int.TryParse(reason, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
                else if (name is not null && fields.Count < FieldsMaximum)
                    fields.Add(new InvalidField(SafeText.Prose(name, 100) ?? "", SafeText.Prose(reason)));
            }
        }

        return plain with
        {
            ErrorCode = code,
            Title = SafeText.Prose(Text(root, "title")),
            Detail = SafeText.Prose(Text(root, "detail")),
            TraceId = SafeText.Identifier(Text(root, "traceId")),
            InvalidFields = fields,
            IsStructured = true,
        };
    }

    private static string? Text(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }
}
