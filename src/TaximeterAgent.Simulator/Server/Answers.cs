using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TaximeterAgent.Simulator.Server;

/// <summary>One thing wrong with a request, by the name of the field or header.</summary>
internal readonly record struct FieldFault(string Name, string Reason, string Rule = Rules.BadField);

/// <summary>The shapes in which the real service answers: its own problems, Order Management's, and the gateway's.</summary>
internal static class Answers
{
    private const string ProblemJson = "application/problem+json";
    private const string PlainJson = "application/json";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ServerAnswer Json(int status, Action<Utf8JsonWriter> write, string contentType = PlainJson)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Writing))
            write(json);
        return new ServerAnswer { Status = status, Headers = [new("Content-Type", contentType)], Body = buffer.WrittenMemory };
    }

    public static ServerAnswer Empty(int status) => new() { Status = status };

    /// <summary>A domain error: the code is in <c>extraDetails</c>, and nowhere else.</summary>
    public static ServerAnswer Domain(Call call, string code, string detail)
    {
        var (status, title) = ErrorCodes.Of(code);
        return Domain(call, status, code, title, detail);
    }

    public static ServerAnswer Domain(Call call, int status, string code, string title, string detail) =>
        Problem(call, status, title, detail, [new("ErrorCode", code)]) with { ErrorCode = code };

    /// <summary>A request that is malformed: names the fields, has no code.</summary>
    public static ServerAnswer Fields(Call call, IReadOnlyList<FieldFault> faults) => call.Route.Operation is Operation.PostReceipt or Operation.GetReceipt
        ? OrderManagement(call, 400, "One or more validation errors occurred.", "BadRequest", faults)
        : Problem(call, 400, "Bad Request", "One or more validation errors occurred.", faults);

    public static ServerAnswer Problem(Call call, int status, string title, string detail, IReadOnlyList<FieldFault>? extra = null) =>
        Json(status, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", $"https://developer.vippsmobilepay.com/docs/knowledge-base/errors#{status.ToString(CultureInfo.InvariantCulture)}");
            json.WriteString("title", title);
            json.WriteString("detail", detail);
            json.WriteNumber("status", status);
            json.WriteString("instance", call.Request.Path);
            json.WriteString("traceId", call.TraceId);
            WritePairs(json, "extraDetails", extra ?? []);
            json.WriteEndObject();
        }, ProblemJson);

    /// <summary>Order Management has a shape of its own.</summary>
    public static ServerAnswer OrderManagement(Call call, int status, string title, string detail, IReadOnlyList<FieldFault>? invalid = null) =>
        Json(status, json =>
        {
            json.WriteStartObject();
            json.WriteString("title", title);
            json.WriteString("detail", detail);
            json.WriteString("instance", call.TraceId);
            WritePairs(json, "invalidParams", invalid ?? []);
            json.WriteEndObject();
        });

    /// <summary>What the gateway in front of the service says by itself.</summary>
    public static ServerAnswer Gateway(int status, string message, TimeSpan? retryAfter = null)
    {
        var answer = Json(status, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode", status);
            json.WriteString("message", message);
            json.WriteEndObject();
        });
        return RetryAfter(answer, retryAfter);
    }

    public static ServerAnswer Html(int status) => new()
    {
        Status = status,
        Headers = [new("Content-Type", "text/html")],
        Body = System.Text.Encoding.ASCII.GetBytes($"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>\r\n"),
    };

    /// <summary>Retry-After counts whole seconds, so a shortened window is rounded up.</summary>
    public static ServerAnswer RetryAfter(ServerAnswer answer, TimeSpan? after) => after is not { } wait
        ? answer
        : answer with
        {
            Headers = [.. answer.Headers, new("Retry-After", Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture))],
        };

    private static void WritePairs(Utf8JsonWriter json, string name, IReadOnlyList<FieldFault> pairs)
    {
        json.WriteStartArray(name);
        foreach (var pair in pairs)
        {
            json.WriteStartObject();
            json.WriteString("name", pair.Name);
            json.WriteString("reason", pair.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
