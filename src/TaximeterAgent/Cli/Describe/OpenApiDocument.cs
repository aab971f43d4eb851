using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Describe;

/// <summary>Writes docs/openapi.json, OpenAPI 3.1, from <see cref="EndpointTable"/>.</summary>
internal static class OpenApiDocument
{
    private const string Json = "application/json";
    private const string PlainText = "text/plain";
    private const string Lines = "application/x-ndjson";

    public static string Write() => Write(EndpointTable.All);

    internal static string Write(IReadOnlyList<Endpoint> endpoints)
    {
        var schemas = new Schemas(DocComments.Load(), "#/components/schemas/");
        var problem = schemas.Of(AnswerJson.Context.ErrorReport);
        var paths = new JsonObject();
        foreach (var path in endpoints.GroupBy(endpoint => endpoint.Path).OrderBy(path => path.Key, StringComparer.Ordinal))
            paths[path.Key] = new JsonObject(path.OrderBy(endpoint => endpoint.Method, StringComparer.Ordinal).Select(endpoint => KeyValuePair.Create(endpoint.Method.ToLowerInvariant(), (JsonNode?)Operation(endpoint, schemas, problem))));
        return SchemaFile.Write(new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "The control socket of taximeter-agent",
                ["version"] = "1",
                ["description"] = "HTTP on a Unix socket: curl --unix-socket /run/taximeter-agent/control.sock http://agent/v1/status. Within /v1 names and meanings do not change; "
                    + "new names may be added, so pass over what you do not know. Amounts are minor units, times RFC 3339 by the car's clock. More is in docs/control.md.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "http://agent", ["description"] = "Any host name will do." }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.Definitions() },
        });
    }

    private static JsonObject Operation(Endpoint endpoint, Schemas schemas, JsonNode problem)
    {
        var operation = new JsonObject { ["summary"] = endpoint.Summary, ["operationId"] = Name(endpoint) };
        if (Parameters(endpoint) is { Count: > 0 } parameters)
            operation["parameters"] = new JsonArray([.. parameters]);
        if (endpoint.Body is { } body)
        {
            var content = Content(Json, schemas.OfRequest(body));
            if (endpoint.Example is { } example)
                content[Json]!["example"] = JsonNode.Parse(example);
            operation["requestBody"] = new JsonObject { ["content"] = content };
        }

        operation["responses"] = new JsonObject
        {
            [$"{endpoint.Status}"] = new JsonObject
            {
                ["description"] = endpoint.Lines ? "A line of JSON for each event, for as long as the connection lasts." : "Done.",
                ["content"] = Content(
                    endpoint.Lines ? Lines : endpoint.Text ? PlainText : Json,
                    endpoint.Answer is { } answer ? schemas.Of(answer) : new JsonObject { ["type"] = endpoint.Text ? "string" : "object" }),
            },
            ["default"] = new JsonObject { ["description"] = "Why not.", ["content"] = Content(Json, problem.DeepClone()) },
        };
        return operation;
    }

    private static List<JsonNode> Parameters(Endpoint endpoint)
    {
        var parameters = new List<JsonNode>();
        if (endpoint.Path.Contains("{id}", StringComparison.Ordinal))
            parameters.Add(Parameter("id", "path", "string", "A trip: the meter's number if it is unique, else meter/trip/start; or a booking's name. One segment: / is %2F, + is %2B.", "4711"));
        foreach (var query in endpoint.Query)
            parameters.Add(Parameter(query.Name, "query", query.Type, query.Meaning, query.Example));
        return parameters;
    }

    private static JsonObject Parameter(string name, string place, string type, string meaning, string example) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = place == "path",
        ["description"] = meaning,
        ["schema"] = new JsonObject { ["type"] = type },
        ["example"] = type == "string" ? JsonValue.Create(example) : JsonNode.Parse(example),
    };

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    // get /v1/trips/{id} is getTripsId.
    private static string Name(Endpoint endpoint) => endpoint.Method.ToLowerInvariant() + string.Concat(
        (endpoint.Path.StartsWith(ControlEndpoints.Prefix, StringComparison.Ordinal) ? endpoint.Path[ControlEndpoints.Prefix.Length..] : endpoint.Path).Split('/', '-', '.', '{', '}').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
