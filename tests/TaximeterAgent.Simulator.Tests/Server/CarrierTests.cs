using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

/// <summary>Over real sockets, on the real clock. Nothing here depends on how fast anything is.</summary>
public sealed class CarrierTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<WireEntry> _wire = new();
    private readonly ConcurrentDictionary<string, bool> _noted = new();
    private readonly VippsServer _server;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
    private KestrelCarrier _carrier = null!;
    private string? _token;

    public CarrierTests() => _server = new VippsServer(
        TimeProvider.System, customers: new ScriptedCustomers { Otherwise = CustomerPlan.Approves(TimeSpan.Zero) })
    {
        Wire = _wire.Enqueue,
    };

    public async Task InitializeAsync()
    {
        _carrier = await KestrelCarrier.StartAsync(_server, TimeProvider.System);
        _client.BaseAddress = _carrier.BaseAddress;
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _carrier.DisposeAsync();
    }

    [Fact]
    public async Task A_fare_is_paid_over_the_wire()
    {
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("/epayment/v1/payments", Bench.CreateBody(), "create-1")).StatusCode);
        var shown = await JsonAsync(await GetAsync($"/epayment/v1/payments/{Bench.Reference}"));
        Assert.Equal("AUTHORIZED", shown["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Created, (await PostAsync($"/order-management/v2/ECOM/receipts/{Bench.Reference}", Bench.ReceiptBody())).StatusCode);
        var captured = await JsonAsync(await PostAsync($"/epayment/v1/payments/{Bench.Reference}/capture", Bench.Amount(34_500), "capture-1"));
        Assert.Equal(34_500, captured["aggregate"]!["capturedAmount"]!["value"]!.GetValue<long>());
        Assert.Empty(_server.Violations);
        Assert.Empty(_server.AuditAtEnd());
    }

    [Fact]
    public async Task A_withheld_answer_is_a_broken_connection_and_the_server_has_acted()
    {
        _server.Faults.Add(Operation.Create, new FaultAction.Withhold());
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("/epayment/v1/payments", Bench.CreateBody(), "create-1"));
        Assert.Single(_server.Payments());
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("/epayment/v1/payments", Bench.CreateBody(), "create-1")).StatusCode);
        Assert.Empty(_server.Violations);
    }

    [Fact]
    public async Task A_delayed_answer_arrives_later_whole()
    {
        await TokenAsync();
        _server.Faults.Add(Operation.Create, new FaultAction.DelayAnswer(TimeSpan.FromMilliseconds(200)));
        var before = Stopwatch.GetTimestamp();
        var answer = await PostAsync("/epayment/v1/payments", Bench.CreateBody(), "create-1");
        Assert.True(Stopwatch.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(150));
        Assert.Equal(Bench.Reference, (await JsonAsync(answer))["reference"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_client_that_does_not_wait_for_a_delayed_answer_is_known_to_have_none()
    {
        var lines = new List<WireEntry>();
        var server = new VippsServer(TimeProvider.System) { Wire = entry => { lock (lines) lines.Add(entry); } };
        await using var carrier = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        server.Faults.Add(Operation.Token, new FaultAction.DelayAnswer(TimeSpan.FromMinutes(5)));
        using (var impatient = new HttpClient { BaseAddress = carrier.BaseAddress, Timeout = TimeSpan.FromMilliseconds(300) })
        {
            using var request = TokenRequest();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.SendAsync(request));
        }

        await WaitAsync(() => { lock (lines) return lines.Any(l => l.Status == 0); });
    }

    [Fact]
    public async Task What_is_due_happens_without_a_request()
    {
        var server = new VippsServer(TimeProvider.System, customers: new ScriptedCustomers { Otherwise = CustomerPlan.Approves(TimeSpan.FromMilliseconds(50)) })
        {
            PaymentNoted = (_, entry) => _noted.TryAdd(entry.Name, true),
        };
        await using var carrier = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        using var client = new HttpClient { BaseAddress = carrier.BaseAddress };
        await PostAsync("/epayment/v1/payments", Bench.CreateBody(), "create-1", client);
        await WaitAsync(() => _noted.ContainsKey("AUTHORIZED"));
    }

    [Fact]
    public async Task A_target_reaches_the_server_as_it_was_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_carrier.BaseAddress, "/epayment/v1/payments/a%2Fb%20c?x=%2B"));
        await _client.SendAsync(request);
        Assert.Equal("a/b c", _server.Violations[0].Reference);
        Assert.True(_wire.TryPeek(out var line));
        Assert.Equal("/epayment/v1/payments/a%2Fb%20c?x=%2B", line.Request.Target);
    }

    [Fact]
    public async Task A_webhook_is_delivered_signed_and_again_when_it_was_refused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var registered = await JsonAsync(await PostAsync("/webhooks/v1/webhooks", new JsonObject
        {
            ["url"] = $"http://127.0.0.1:{port}/hook",
            ["events"] = new JsonArray("epayments.payment.created.v1"),
        }));
        await PostAsync("/epayment/v1/payments", Bench.CreateBody(), "create-1");

        using var patience = new CancellationTokenSource(Patience);
        var first = await ReceiveAsync(listener, "503 Service Unavailable", patience.Token);
        var second = await ReceiveAsync(listener, "200 OK", patience.Token);
        foreach (var (head, body) in new[] { first, second })
        {
            Assert.StartsWith("POST /hook HTTP/1.1\r\n", head, StringComparison.Ordinal);
            Assert.Equal("CREATED", JsonNode.Parse(body)!["name"]!.GetValue<string>());
            var hash = WebhookSignature.ContentHash(Encoding.UTF8.GetBytes(body));
            var signature = WebhookSignature.Sign(registered["secret"]!.GetValue<string>(), "/hook", Header(head, "x-ms-date"), Header(head, "Host"), hash);
            Assert.Equal(hash, Header(head, "x-ms-content-sha256"));
            Assert.EndsWith("&Signature=" + signature, Header(head, "Authorization"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_so()
    {
        using var errors = new StringWriter();
        Assert.Equal(ServeCommand.Failed, await ServeCommand.RunAsync(_carrier.EndPoint.Port, TextWriter.Null, errors));
        Assert.Contains(_carrier.EndPoint.Port.ToString(CultureInfo.InvariantCulture), errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_tells_a_client_like_curl_all_that_it_needs()
    {
        using var output = new LineWriter();
        using var stop = new CancellationTokenSource();
        var serving = ServeCommand.RunAsync(0, output, TextWriter.Null, cancellation: stop.Token);
        await WaitAsync(() => output.Text.Contains("is not known", StringComparison.Ordinal));
        var said = output.Text;
        var address = said.Split('\n')[0].Split(' ')[^1].Trim();
        var words = said.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var credentials = new[] { "Merchant-Serial-Number", "client_id", "client_secret", "Ocp-Apim-Subscription-Key" }
            .ToDictionary(name => name, name => words.First(w => w is [var first, ..] && first == name)[1].Trim());

        string[] system =
        [
            "-H", "Vipps-System-Name: curl", "-H", "Vipps-System-Version: 8", "-H", "Vipps-System-Plugin-Name: none",
            "-H", "Vipps-System-Plugin-Version: 1",
        ];
        var keys = credentials.SelectMany(c => (string[])["-H", $"{c.Key}: {c.Value}"]);
        var token = JsonNode.Parse(await CurlAsync(["-X", "POST", .. keys, .. system, address + "accesstoken/get"]))!;
        string[] headers =
        [
            "-H", "Authorization: Bearer " + token["access_token"]!.GetValue<string>(),
            "-H", "Ocp-Apim-Subscription-Key: " + credentials["Ocp-Apim-Subscription-Key"],
            "-H", "Merchant-Serial-Number: " + credentials["Merchant-Serial-Number"], .. system,
            "-H", "Content-Type: application/json", "-H", "Idempotency-Key: create-1",
        ];
        var created = await CurlAsync([.. headers, "--data-raw", Bench.CreateBody().ToJsonString(), address + "epayment/v1/payments"]);
        Assert.Equal(Bench.Reference, JsonNode.Parse(created)!["reference"]!.GetValue<string>());
        var refused = await CurlAsync([.. headers, "--data-raw", """{"surprise":1}""", address + "epayment/v1/payments"]);
        Assert.Equal(409, JsonNode.Parse(refused)!["status"]!.GetValue<int>());

        await stop.CancelAsync();
        Assert.Equal(ServeCommand.Fine, await serving.WaitAsync(Patience));
        Assert.Contains("POST /epayment/v1/payments 201", output.Text, StringComparison.Ordinal);
        Assert.Contains("VIOLATION key-of-another-call", output.Text, StringComparison.Ordinal);
        Assert.Contains($"{Bench.Reference}: CREATED 34500", output.Text, StringComparison.Ordinal);
    }

    private async Task<string> TokenAsync(HttpClient? client = null)
    {
        if (_token is not null)
            return _token;
        using var request = TokenRequest();
        return _token = (await JsonAsync(await (client ?? _client).SendAsync(request)))["access_token"]!.GetValue<string>();
    }

    private static HttpRequestMessage TokenRequest() => With(new HttpRequestMessage(HttpMethod.Post, "/accesstoken/get"), new Bench().TokenHeaders());

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = await AuthorizedAsync(HttpMethod.Get, path, _client);
        return await _client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, JsonNode body, string? key = null, HttpClient? client = null)
    {
        using var request = await AuthorizedAsync(HttpMethod.Post, path, client ?? _client);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await (client ?? _client).SendAsync(request);
    }

    private async Task<HttpRequestMessage> AuthorizedAsync(HttpMethod method, string path, HttpClient client)
    {
        var authorization = KeyValuePair.Create("Authorization", "Bearer " + await TokenAsync(client));
        return With(new HttpRequestMessage(method, path), new Bench().Headers().Where(h => h.Key != "Authorization").Append(authorization));
    }

    private static HttpRequestMessage With(HttpRequestMessage request, IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    private static async Task<(string Head, string Body)> ReceiveAsync(TcpListener listener, string status, CancellationToken cancellation)
    {
        using var socket = await listener.AcceptTcpClientAsync(cancellation);
        var stream = socket.GetStream();
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, cancellation);
            Assert.NotEqual(0, read);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            if (text.ToString().Split("\r\n\r\n", 2) is [var head, var body]
                && body.Length >= int.Parse(Header(head, "Content-Length"), CultureInfo.InvariantCulture))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellation);
                return (head, body);
            }
        }
    }

    private static string Header(string head, string name) =>
        head.Split("\r\n").Single(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();

    private static async Task<string> CurlAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("curl", ["-sS", "--noproxy", "*", "--max-time", "60", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var curl = Process.Start(start)!;
        var output = curl.StandardOutput.ReadToEndAsync();
        var errors = curl.StandardError.ReadToEndAsync();
        await curl.WaitForExitAsync();
        Assert.True(curl.ExitCode == 0, await errors);
        return await output;
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        var end = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(end) < Patience, "It did not come about.");
            await Task.Delay(10);
        }
    }

    /// <summary>Written by the server's thread, read by the test's.</summary>
    private sealed class LineWriter : StringWriter
    {
        private readonly Lock _gate = new();

        public string Text
        {
            get
            {
                lock (_gate)
                    return GetStringBuilder().ToString();
            }
        }

        public override void WriteLine(string? value)
        {
            lock (_gate)
                base.WriteLine(value);
        }

        public override void WriteLine()
        {
            lock (_gate)
                base.WriteLine();
        }
    }
}
