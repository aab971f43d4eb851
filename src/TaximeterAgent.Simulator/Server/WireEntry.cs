using System.Text;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Simulator.Server;

/// <summary>A request as the server saw it, and what it answered.</summary>
/// <param name="At">When the server acted on it.</param>
/// <param name="Request">The request.</param>
/// <param name="Status">The status that was sent; 0 if the answer was withheld.</param>
/// <param name="ResponseBody">The body that was sent; empty if none was.</param>
public sealed record WireEntry(DateTimeOffset At, ServerRequest Request, int Status, string ResponseBody)
{
    /// <summary>The line of the wire file.</summary>
    public JsonObject ToJson(string scenario)
    {
        var headers = new JsonObject();
        foreach (var name in Request.Headers.Select(h => h.Key).Distinct(StringComparer.OrdinalIgnoreCase))
            headers[name] = Request.Header(name);
        return new JsonObject
        {
            ["scenario"] = scenario,
            ["at"] = Timestamps.Text(At),
            ["method"] = Request.Method,
            ["path"] = Request.Target,
            ["headers"] = headers,
            ["body"] = Encoding.UTF8.GetString(Request.Body.Span),
            ["status"] = Status,
            ["responseBody"] = ResponseBody,
        };
    }
}
