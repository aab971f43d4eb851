using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Server;

namespace TaximeterAgent.Fuzz;

/// <summary>
/// Requests to the control socket, wrong in any way: the real socket, Kestrel, endpoints and engine over a real outbox. No request is answered with a mistake of the
/// program, none keeps the next from being answered, and a refund is ordered only by a request for one.
/// </summary>
internal sealed partial class ControlTarget : IFuzzTarget
{
    private static readonly string[] s_requests =
    [
        Get("/v1/status"), Get("/v1/trips"), Get("/v1/trips?open=true&limit=7"), Get("/v1/trips?failed&since=2026-11-03T12%3A00%3A00%2B01%3A00"), Get("/v1/trips/1"), Get("/v1/trips/4711"),
        Get("/v1/trips/meter-7%2F2%2F2026-11-03T11%3A31%3A00%2B01%3A00"), Get("/v1/trips/%00%ff%25%c3%28"), Get("/v1/trips/" + new string('9', 3000)), Get("/v1/trips?limit=99999999999&open=&open="), Get("//v1//status"),
        Get("/v1/outbox"), Get("/v1/trips/../status"), Get("*"), Get("http://x/v1/status"), Get("/v1/trips?since=0001-01-01T00:00:00%2B14:00"), Get("/v1/trips?since=9999-12-31T23:59:59-14:00"), Get("/v1/trips/%2e%2e%2f"),
        Post("/v1/trips/2/refund", "{\"amount\": 1}"), Post("/v1/trips/2/refund", ""), Post("/v1/trips/2/refund", "{}"), Post("/v1/trips/1/refund", "{\"amount\": 34500}"), Post("/v1/trips/2/refund", "{\"amount\": 99999999999999999999}"),
        Post("/v1/trips/1/hold", ""), Post("/v1/trips/1/release", "{}"), Post("/v1/trips/1/hold", "{\"x\": 1}"), Post("/v1/trips/1/retry", ""), Post("/v1/outbox/retry", ""), Post("/v1/outbox/retry", "[]"),
        Post("/v1/trips/1/resolve", "{\"as\": \"paid-otherwise\", \"note\": \"cash, 912 34 567\"}"), Post("/v1/trips/1/resolve", "{\"as\": \"paid-otherwise\", \"note\": \"x\", \"giveUp\": true}"),
        Post("/v1/trips/1/resolve", "{\"as\": \"x\"}"), Post("/v1/trips/2/refund", new string('[', 2000)), Post("/v1/trips/2/refund", new string(' ', ControlServer.BodyMaximum + 1)), Post("/v1/status", "x"),
        "DELETE /v1/trips/2 HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "HEAD /v1/status HTTP/1.1\r\nHost: x\r\n\r\n", "CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /v1/trips/2/refund HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "GET /v1/status HTTP/1.0\r\n\r\n", "GET /v1/status HTTP/1.1\r\n\r\n", "TRACE /v1/status HTTP/1.1\r\nHost: x\r\n\r\n",
        $"GET /v1/status HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 60))}\r\n", $"GET /v1/status HTTP/1.1\r\nHost: x\r\nA: {new string('b', 20_000)}\r\n\r\n", $"GET /{new string('a', 5_000)} HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/trips/2/refund HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", "GET /v1/status HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ];

    private static readonly byte[][] s_bytes = [.. s_requests.Select(Encoding.ASCII.GetBytes)];

    private readonly QuietLog _log = new();
    private readonly Func<IControlTarget, IControlTarget> _between;
    private ControlProbe? _agent;
    private ControlServer? _server;
    private EndPoint? _place;

    /// <param name="between">What stands between the socket and the agent, for a test that spoils it.</param>
    public ControlTarget(Func<IControlTarget, IControlTarget>? between = null)
    {
        _between = between ?? (agent => agent);
        Parts = [new FuzzPart("request", Budget.OfRuns(1_200), Budget.OfRuns(200_000), 0.1, Make, Judge)];
    }

    public string Name => "control";

    public IReadOnlyList<FuzzProof> Proofs { get; } = [];

    public IReadOnlyList<FuzzPart> Parts { get; }

    public async ValueTask StartAsync()
    {
        _agent = new ControlProbe();
        _server = new ControlServer(_agent.Socket, _between(_agent.Control), _log);
        await _server.StartAsync(CancellationToken.None);
        _place = new UnixDomainSocketEndPoint(_agent.Socket);
        Check.That(_log.Take() is [], "the control socket does not listen");
    }

    public IReadOnlyList<string> Conclude() => [];

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        _agent?.Dispose();
    }

    private static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n";

    private static string Post(string target, string body) => $"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static byte[] Make(Dice dice) => dice.Below(8) switch
    {
        0 => dice.Of(s_bytes),
        1 => [.. dice.Of(s_bytes), .. dice.Of(s_bytes), .. dice.Of(s_bytes)],
        2 => dice.Bytes(1 + dice.Below(600)),
        3 => Query(dice),
        _ => ByteMutator.Mutate(dice, dice.Of(s_bytes), 3, s_bytes, 30_000),
    };

    private static byte[] Query(Dice dice)
    {
        var query = string.Join('&', Enumerable.Range(0, 1 + dice.Below(4)).Select(_ => dice.Of<string>(["open", "failed", "since", "limit", "x", ""]) + "=" + dice.Of<string>(
            ["true", "false", "", "1", "0", "1000", "1001", "-1", "%00", "2026-11-03", "12:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999%2B14:00", "%C3%A5", "+", "%", "2026-11-03T12:00:00%2B99:00"])));
        return Encoding.ASCII.GetBytes(Get("/v1/trips?" + query));
    }

    private async ValueTask<bool> Judge(byte[] input)
    {
        var ordered = _agent!.Orders;
        var answer = await RawHttp.SendAsync(_place!, input);
        var statuses = RawHttp.Statuses(answer);
        Check.That(statuses.All(status => status is < 500 or 501 or 505), $"an answer that blames the agent: {string.Join(' ', statuses)}");
        Check.That(_log.Take() is [], "a mistake in the program was logged");
        foreach (Match body in BodyForm().Matches(Encoding.UTF8.GetString(answer)))
            JudgeBody(body.Groups[1].Value);
        Check.That(_agent.Orders == ordered || OrderForm().IsMatch(Encoding.Latin1.GetString(input)), "a refund was ordered by what is no order");
        // Whoever answers is alive; and now and then the engine behind the socket is asked all the same.
        if (statuses.Count == 0 || input.Length % 8 == 0)
            Check.That(await RawHttp.IsAliveAsync(_place!, "/v1/status", 200), "the agent does not answer any more");
        return statuses.Exists(status => status is >= 200 and < 300);
    }

    private static void JudgeBody(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            Check.That(json.RootElement.ValueKind == JsonValueKind.Object, "an answer that is no object");
        }
        catch (JsonException)
        {
            throw new CheckFailedException("an answer that says it is JSON and is not");
        }
    }

    [GeneratedRegex(@"Content-Type: application/json\r\n(?:[^\r\n]+\r\n)*\r\n(\{[^\r\n]*\})", RegexOptions.CultureInvariant)]
    private static partial Regex BodyForm();

    // What was captured is given back by a refund, and where a trip was paid otherwise.
    [GeneratedRegex(@"POST [^ ]*/(refund|resolve)", RegexOptions.CultureInvariant)]
    private static partial Regex OrderForm();
}
