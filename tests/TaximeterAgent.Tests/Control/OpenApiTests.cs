using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Control;

/// <summary>docs/openapi.json says what the control socket does, all of it and nothing else.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonElement s_document = JsonDocument.Parse(OpenApiDocument.Write()).RootElement;

    public static TheoryData<string, string> Endpoints
    {
        get
        {
            var endpoints = new TheoryData<string, string>();
            foreach (var endpoint in EndpointTable.All)
                endpoints.Add(endpoint.Method, endpoint.Path);
            return endpoints;
        }
    }

    [Fact]
    public void The_document_in_docs_is_the_one_that_the_code_writes() =>
        Assert.True(
            OpenApiDocument.Write() == File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json")),
            "docs/openapi.json is not what the code writes: dotnet run --project src/TaximeterAgent -- schema openapi > openapi.json, then put it there");

    [Fact]
    public async Task Every_path_that_is_mapped_is_described_and_the_other_way_round()
    {
        Assert.Equal(Described(EndpointTable.All), await MappedAsync());
        // An endpoint without its line, and a line without its endpoint, are seen.
        Assert.NotEqual(Described(EndpointTable.All.Skip(1)), await MappedAsync());
        Assert.NotEqual(Described([.. EndpointTable.All, new Endpoint("POST", "/v1/status", "", null)]), await MappedAsync());

        var inDocument = s_document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(Described(EndpointTable.All), inDocument.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_real_answer_is_as_it_is_described(string method, string path)
    {
        await using var rig = await StartAsync();
        var endpoint = Assert.Single(EndpointTable.All, endpoint => endpoint.Method == method && endpoint.Path == path);
        Assert.Empty(Faults(Responses(method, path).GetProperty($"{endpoint.Status}"), await AskAsync(rig, endpoint)));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_refusal_is_as_it_is_described(string method, string path)
    {
        await using var rig = await StartAsync();
        using var client = new SocketClient(rig.Socket);
        // A method that no path takes; where a trip is named, one that is not there.
        var wrong = path.Contains("{id}", StringComparison.Ordinal) ? (method, path.Replace("{id}", "none", StringComparison.Ordinal)) : ("DELETE", path);
        var (status, body) = await client.SendAsync(new HttpMethod(wrong.Item1), wrong.Item2, method == "POST" ? Assert.Single(EndpointTable.All, one => one.Method == method && one.Path == path).Example : null);

        Assert.InRange(status, 400, 499);
        Assert.Empty(Faults(Responses(method, path).GetProperty("default"), body));
    }

    [Fact]
    public async Task An_answer_that_lost_or_renamed_a_name_or_changed_a_type_is_caught()
    {
        await using var rig = await StartAsync();
        var status = EndpointTable.All.Single(endpoint => endpoint.Path == "/v1/status");
        var answer = JsonNode.Parse((await AskAsync(rig, status)).GetRawText())!;
        Assert.Empty(FaultsOf(answer));

        Assert.Equal(["$.version is missing"], FaultsOf(answer, whole => whole.Remove("version")));
        Assert.Equal(["$.version is missing", "$.edition is not described"], FaultsOf(answer, whole => Rename(whole, "version", "edition")));
        Assert.Equal(["$.keypad.note is not described"], FaultsOf(answer, whole => Rename(whole["keypad"]!.AsObject(), "message", "note")));
        Assert.Equal(["$.online is no boolean: \"yes\""], FaultsOf(answer, whole => whole["online"] = "yes"));
        Assert.Equal(["$.clock.now is no time: soon"], FaultsOf(answer, whole => whole["clock"]!["now"] = "soon"));
        Assert.Equal(["$.trips.open is no integer: 1.5"], FaultsOf(answer, whole => whole["trips"]!["open"] = 1.5));
        Assert.Equal(["$.alarms[0].kind is missing"], FaultsOf(answer, whole => whole["alarms"]![0]!.AsObject().Remove("kind")));
    }

    [Fact]
    public async Task The_conditions_are_those_that_the_socket_takes()
    {
        await using var rig = await StartAsync();
        using var client = new SocketClient(rig.Socket);
        foreach (var endpoint in EndpointTable.All.Where(endpoint => endpoint.Query.Count > 0))
        {
            var (status, refusal) = await client.GetAsync($"{endpoint.Path.Replace("{id}", "1", StringComparison.Ordinal)}?no-such-condition=1");
            Assert.Equal(400, status);
            Assert.EndsWith($"there are {string.Join(", ", endpoint.Query.Select(query => query.Name))}.", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    // With everything that makes an answer long: an open trip and a closed one, history, an alarm, a display, a printer, a meter that is not there.
    private static async Task<EngineRig> StartAsync()
    {
        var rig = new EngineRig((Examples.Closed(1), [Examples.Line(1)]), (Examples.Open(2), [Examples.Line(2)]))
        {
            Display = new DeviceStatus(DeviceState.Open, "open"),
            Printer = { Fitted = true, Device = new DeviceStatus(DeviceState.Open, "open") },
        };
        (await rig.StartAsync()).Dispose();
        return rig;
    }

    private static async Task<JsonElement> AskAsync(EngineRig rig, Endpoint endpoint)
    {
        var query = string.Join('&', endpoint.Query.Select(query => $"{query.Name}={Uri.EscapeDataString(query.Example)}"));
        // What is paid can be refunded; what is open can be steered.
        var trip = endpoint.Method == "GET" || endpoint.Path.EndsWith("/refund", StringComparison.Ordinal) ? "1" : "2";
        var path = endpoint.Path.Replace("{id}", trip, StringComparison.Ordinal) + (query.Length > 0 ? "?" + query : "");
        if (endpoint.Lines)
        {
            using var stream = await LineStream.OpenAsync(rig.Socket, path);
            return await stream.NextAsync();
        }

        using var client = new SocketClient(rig.Socket);
        if (endpoint.Text)
        {
            var (code, type, text) = await client.TextAsync(path);
            Assert.Equal((endpoint.Status, "text/plain"), (code, type.Split(';')[0]));
            return JsonSerializer.SerializeToElement(text);
        }

        var (status, body) = await client.SendAsync(new HttpMethod(endpoint.Method), path, endpoint.Example);
        Assert.True(status == endpoint.Status, $"{endpoint.Method} {path}: {status} {body}");
        return body;
    }

    private static JsonElement Responses(string method, string path) =>
        s_document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant()).GetProperty("responses");

    private static IReadOnlyList<string> Faults(JsonElement response, JsonElement body) =>
        new SchemaCheck(s_document).Faults(response.GetProperty("content").EnumerateObject().Single().Value.GetProperty("schema"), body);

    private static IReadOnlyList<string> FaultsOf(JsonNode status, Action<JsonObject>? change = null)
    {
        var changed = status.DeepClone();
        change?.Invoke(changed.AsObject());
        return Faults(Responses("GET", "/v1/status").GetProperty("200"), JsonDocument.Parse(changed.ToJsonString()).RootElement);
    }

    private static void Rename(JsonObject whole, string from, string to)
    {
        whole[to] = whole[from]!.DeepClone();
        whole.Remove(from);
    }

    private static IEnumerable<string> Described(IEnumerable<Endpoint> endpoints) => endpoints.Select(endpoint => $"{endpoint.Method} {endpoint.Path}").Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> MappedAsync()
    {
        await using var web = WebApplication.CreateSlimBuilder().Build();
        ControlEndpoints.Map(web, new FakeTarget(), NullLogger.Instance);
        return ((IEndpointRouteBuilder)web).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal).ToList();
    }
}
