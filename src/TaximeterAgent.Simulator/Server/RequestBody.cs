using System.Text.Json;

namespace TaximeterAgent.Simulator.Server;

/// <summary>Takes a request's body for JSON, or says in the API's own way what is wrong with it.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body with <paramref name="read"/>; what that finds wrong is refused and noted.</summary>
    /// <returns>The answer if it is refused, else null and the result.</returns>
    public static ServerAnswer? Read<T>(Call call, ViolationLog violations, Func<JsonElement, JsonFields, T?> read, out T? result)
        where T : class
    {
        result = null;
        var type = call.Request.Header(HeaderNames.ContentType);
        if (type is null || !type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            violations.Add(call, Rules.ContentType, $"Content-Type is '{type}'.");
            return call.Operation == Operation.PostReceipt
                ? Answers.OrderManagement(call, 415, "Unsupported Media Type", "UnsupportedMediaType")
                : Answers.Problem(call, 415, "Unsupported Media Type", "The body must be application/json.");
        }

        var fields = new JsonFields();
        try
        {
            using var body = JsonDocument.Parse(call.Request.Body, JsonFields.Parsing);
            result = read(body.RootElement, fields);
        }
        catch (JsonException)
        {
            fields.Fault("body", "Not JSON, or a name is given twice.", Rules.BadJson);
        }

        if (fields.Faults.Count == 0 && result is not null)
            return null;
        foreach (var fault in fields.Faults)
            violations.Add(call, fault.Rule, $"{fault.Name}: {fault.Reason}");
        return Answers.Fields(call, fields.Faults);
    }

    /// <summary>The refusal of a body where there must be none; null if there is none.</summary>
    public static ServerAnswer? MustBeEmpty(Call call, ViolationLog violations)
    {
        if (call.Request.Body.IsEmpty)
            return null;
        violations.Add(call, Rules.BodyNotEmpty, $"{call.Operation} takes no body.");
        return Answers.Fields(call, [new FieldFault("body", "Must be empty.")]);
    }
}
