using System.Globalization;
using System.Text.Json;

namespace TaximeterAgent.EPayment;

/// <summary>Reads a problem in whichever shape it comes, or none: a refusal is a refusal even if its body is HTML.</summary>
internal static class ProblemReader
{
    private const int MostFields = 10;
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 16 };

    internal static Problem Read(RawResult.Answer answer)
    {
        var problem = new Problem(answer.Status) { RetryAfter = answer.RetryAfter };
        try
        {
            using var document = JsonDocument.Parse(answer.Body, Limits);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(problem, document.RootElement) : problem;
        }
        // Decoding a string of broken UTF-8 or lone surrogates says InvalidOperationException.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return problem;
        }
    }

    private static Problem Read(Problem problem, JsonElement root)
    {
        int? code = null;
        var fields = new List<InvalidField>();
        foreach (var (name, reason) in Details(root, "extraDetails"))
        {
            if (name == "ErrorCode") code ??= int.TryParse(reason, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            else Add(name, reason);
        }

        // The Order Management API's name for the same.
        foreach (var (name, reason) in Details(root, "invalidParams")) Add(name, reason);
        return problem with
        {
            IsStructured = true,
            ErrorCode = code,
            Title = SafeText.Prose(Text(root, "title")),
            Detail = SafeText.Prose(Text(root, "detail")),
            // Order Management puts it in "instance"; ePayment's "instance" is a path, which is no identifier.
            TraceId = SafeText.Identifier(Text(root, "traceId")) ?? SafeText.Identifier(Text(root, "instance")),
            InvalidFields = fields,
        };

        void Add(string name, string? reason)
        {
            if (fields.Count < MostFields) fields.Add(new InvalidField(SafeText.Prose(name, 100) ?? "?", SafeText.Prose(reason)));
        }
    }

    private static IEnumerable<(string Name, string? Reason)> Details(JsonElement root, string property)
    {
        if (!root.TryGetProperty(property, out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && Text(item, "name") is { } name) yield return (name, Text(item, "reason"));
        }
    }

    private static string? Text(JsonElement element, string property) => element.TryGetProperty(property, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
