using System.Text.Json.Serialization.Metadata;

namespace TaximeterAgent.Control.Server;

/// <summary>One method at one path of the control socket, as docs/openapi.json describes it.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="Path">As it is mapped; <c>{id}</c> is a trip.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Answer">What is answered when all is well; null for a JSON object of any shape.</param>
internal sealed record Endpoint(string Method, string Path, string Summary, JsonTypeInfo? Answer)
{
    /// <summary>The status of that answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>True if it is a stream of lines, each such an object.</summary>
    public bool Lines { get; init; }

    /// <summary>True if it is text and no JSON.</summary>
    public bool Text { get; init; }

    /// <summary>What the request's body is; null if it has none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>A body to learn from, as JSON; without it no body has to be sent.</summary>
    public string? Example { get; init; }

    /// <summary>What may stand behind the <c>?</c>.</summary>
    public IReadOnlyList<EndpointQuery> Query { get; init; } = [];
}

/// <summary>A condition behind the <c>?</c> of a path.</summary>
/// <param name="Type">As in JSON Schema: <c>boolean</c>, <c>integer</c>, <c>string</c>.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Example">A value to learn from, not encoded.</param>
internal sealed record EndpointQuery(string Name, string Type, string Meaning, string Example);
