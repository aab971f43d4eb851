using System.Globalization;
using System.Net;
using System.Text;
using TaximeterAgent.EPayment;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Fuzz;

/// <summary>Judges a delivery; the agent's own verifier, or one that a test has spoilt.</summary>
internal delegate WebhookVerdict DeliveryVerdict(WebhookRequest request, byte[] body);

/// <summary>Webhook deliveries, wrong in any way, to the verifier and to the real listener. Nothing is accepted that is not signed, byte for byte.</summary>
internal sealed class WebhooksTarget : IFuzzTarget
{
    private const string Payload = """{"msn":"123456","reference":"taxi-NO4711-1042-ab12cd34-1","pspReference":"psp-1","name":"AUTHORIZED","amount":{"currency":"NOK","value":34500},"timestamp":"2026-11-20T10:24:11Z","success":true}""";

    private static readonly string[] s_bodies = [Payload, "", "{}", "{\"hello\": 1}", new string('x', 16 * 1024), new string('x', (16 * 1024) + 1), "bl\u00e5"];

    private readonly DeliveryVerdict _verify;
    private readonly QuietLog _log = new();
    private readonly WebhookCounters _counters = new(TimeProvider.System);
    private readonly WebhookListener _listener;
    private readonly DateTimeOffset _now;
    private readonly byte[][] _deliveries;
    private EndPoint? _place;
    private long _accepted;
    private long _genuine;

    /// <param name="verify">What the part in memory asks.</param>
    /// <param name="listenerSecrets">Whose deliveries the listener takes.</param>
    /// <param name="now">Deliveries are signed around then: the inputs of a seed are the same only for the same moment.</param>
    public WebhooksTarget(DeliveryVerdict verify, IEnumerable<string> listenerSecrets, TimeProvider now)
    {
        _verify = verify;
        _now = now.GetUtcNow();
        _listener = new WebhookListener(new Uri("http://127.0.0.1:0"), SignedRequests.Path, new WebhookVerifier(listenerSecrets, now), new HintDesk(() => null, _counters, now), _counters, _log);
        _deliveries =
        [
            .. s_bodies.Select(body => SignedRequests.Make(SignedRequests.Secret, _now, body)),
            SignedRequests.Make(SignedRequests.Secret, _now, Payload, SignedRequests.Path + "?x=%41&y"),
            SignedRequests.Make(SignedRequests.Secret, _now, Payload, SignedRequests.Path + "/more"),
            SignedRequests.Make(SignedRequests.Secret, _now.AddMinutes(-30), Payload),
            SignedRequests.Make(SignedRequests.Secret, _now.AddMinutes(30), Payload),
            SignedRequests.Make(SignedRequests.OtherSecret, _now, Payload),
            Chunked(SignedRequests.Make(SignedRequests.Secret, _now, Payload), Payload),
        ];
        Parts =
        [
            new FuzzPart("verifier", Budget.OfRuns(20_000), Budget.OfRuns(5_000_000), 1, MakeForVerifier, JudgeVerifier),
            new FuzzPart("listener", Budget.OfRuns(1_200), Budget.OfRuns(200_000), 0.02, MakeForListener, JudgeListener),
        ];
    }

    public string Name => "webhooks";

    public IReadOnlyList<FuzzProof> Proofs { get; } = [];

    public IReadOnlyList<FuzzPart> Parts { get; }

    public async ValueTask StartAsync()
    {
        await _listener.StartAsync(CancellationToken.None);
        Check.That(_listener.Address is not null, "the listener does not listen");
        _place = new IPEndPoint(IPAddress.Loopback, _listener.Address!.Port);
    }

    public IReadOnlyList<string> Conclude()
    {
        var report = _counters.Report();
        // An answer may get lost with its connection; what was accepted without one is counted all the same.
        Check.That(report.Accepted >= _accepted && report.Accepted <= _genuine, $"the listener counts {report.Accepted} accepted; it said so to {_accepted}, and {_genuine} were signed");
        return [$"received={report.Received} accepted={report.Accepted} forged={report.Forged} stale={report.Stale} malformed={report.Malformed}"];
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync(CancellationToken.None);
        await _listener.DisposeAsync();
    }

    private static byte[] Chunked(byte[] request, string body)
    {
        var text = Encoding.UTF8.GetString(request).Replace($"Content-Length: {body.Length}", "Transfer-Encoding: chunked", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text[..^body.Length]}{body.Length:x}\r\n{body}\r\n0\r\n\r\n"));
    }

    private byte[] MakeForVerifier(Dice dice)
    {
        var delivery = dice.Of(_deliveries);
        return dice.OneIn(8) ? delivery : Damage(dice, delivery);
    }

    private byte[] MakeForListener(Dice dice)
    {
        var delivery = dice.Of(_deliveries);
        return dice.Below(8) switch
        {
            0 => delivery,
            1 => [.. delivery, .. dice.Of(_deliveries)],
            2 => Header(dice, delivery),
            _ => Damage(dice, delivery),
        };
    }

    // The head is small beside a large body, and it is the head that matters: half of the damage goes there.
    private byte[] Damage(Dice dice, byte[] delivery)
    {
        var head = delivery.AsSpan().IndexOf("\r\n\r\n"u8);
        return dice.OneIn(2) && head > 0
            ? [.. ByteMutator.Mutate(dice, delivery.AsSpan(0, head), 2, _deliveries, 30_000), .. delivery.AsSpan(head)]
            : ByteMutator.Mutate(dice, delivery, 2, _deliveries, 60_000);
    }

    private static byte[] Header(Dice dice, byte[] delivery)
    {
        var line = delivery.AsSpan().IndexOf("\r\n"u8) + 2;
        var more = dice.Of<string>(
        [
            "x-ms-date: Fri, 20 Nov 2026 10:00:00 GMT", "Authorization: Basic YTpi", "Host: evil.example", "Content-Length: 1", "Transfer-Encoding: chunked", "Transfer-Encoding: identity", "Expect: 100-continue",
            "Connection: upgrade\r\nUpgrade: websocket", "X-Long: " + new string('x', 20_000), "X: " + string.Concat(Enumerable.Repeat("y\r\nX: ", 60)), "Content-Encoding: gzip", "X-HTTP-Method-Override: GET", " folded", "Bad Header: x", ":",
        ]);
        return [.. delivery.AsSpan(0, line), .. Encoding.ASCII.GetBytes(more), 0x0D, 0x0A, .. delivery.AsSpan(line)];
    }

    private ValueTask<bool> JudgeVerifier(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return ValueTask.FromResult(false);
        var lines = text[..end].Split("\r\n");
        string? Value(string name) => lines.Skip(1).Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]).FirstOrDefault();
        var target = lines[0].Split(' ') is [_, var path, ..] ? path : "";
        var body = input[(end + 4)..];
        var verdict = _verify(new WebhookRequest(target, Value("Host") ?? "", Value("x-ms-date"), Value("x-ms-content-sha256"), Value("Authorization")), body);
        Check.That(Enum.IsDefined(verdict), "a verdict without a name");
        if (verdict != WebhookVerdict.Genuine)
            return ValueTask.FromResult(false);
        byte[] again = Encoding.Latin1.GetBytes($"POST {target} HTTP/1.1\r\nHost: {Value("Host")}\r\nx-ms-date: {Value("x-ms-date")}\r\nx-ms-content-sha256: {Value("x-ms-content-sha256")}\r\nAuthorization: {Value("Authorization")}\r\nContent-Length: {body.Length}\r\n\r\n");
        // The verifier judges any path that is signed; which one is the listener's is the listener's.
        Check.That(!target.StartsWith(SignedRequests.Path, StringComparison.Ordinal) || target.Split('?')[0] != SignedRequests.Path || SignedRequests.Genuine([.. again, .. body], _now) == 1, "accepted without a right signature");
        return ValueTask.FromResult(true);
    }

    private async ValueTask<bool> JudgeListener(byte[] input)
    {
        var statuses = RawHttp.Statuses(await RawHttp.SendAsync(_place!, input));
        // The two that say "this is no HTTP that is spoken here", and they are Kestrel's.
        Check.That(statuses.All(status => status is < 500 or 501 or 505), $"an answer that blames the agent: {string.Join(' ', statuses)}");
        Check.That(_log.Take() is [], "a mistake in the program was logged");
        var accepted = statuses.Count(status => status is >= 200 and < 300);
        var genuine = SignedRequests.Genuine(input, _now);
        Check.That(accepted <= genuine, $"accepted without a right signature: {accepted} accepted, {genuine} signed");
        (_accepted, _genuine) = (_accepted + accepted, _genuine + genuine);
        // Whoever answers is alive; and now and then it is asked all the same.
        if (statuses.Count == 0 || input.Length % 8 == 0)
            Check.That(await RawHttp.IsAliveAsync(_place!, "/", 404), "the listener does not answer any more");
        return accepted > 0;
    }
}
