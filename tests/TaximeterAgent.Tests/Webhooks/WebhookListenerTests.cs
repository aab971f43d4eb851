using System.Net;
using System.Text;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.EPayment;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Tests.Webhooks;

public sealed class WebhookListenerTests : IAsyncLifetime
{
    private const string Secret = "A0+AeKBRG2KRGvnNwJpQlb6I";
    private const string Path = "/webhooks/car-7";

    private readonly WebhookCounters _counters = new(TimeProvider.System);
    private readonly LogCollector _log = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };
    private EngineRig _rig = null!;
    private WebhookListener _listener = null!;

    public async Task InitializeAsync()
    {
        _rig = new EngineRig((Examples.Open(1), []));
        (await _rig.StartAsync()).Dispose();
        _listener = Listener(new Uri("http://127.0.0.1:0"));
        await _listener.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _listener.StopAsync(CancellationToken.None);
        await _listener.DisposeAsync();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task A_signed_delivery_polls_the_payment_at_once()
    {
        await Eventually(() => Queries() >= 1);
        var before = Queries();

        Assert.Equal(HttpStatusCode.OK, await SendAsync(Body(Examples.Reference(1))));

        await Eventually(() => Queries() > before);
        Assert.Equal((1, 1, 0), (_counters.Report().Received, _counters.Report().Accepted, _counters.Report().UnknownPayment));
        Assert.NotNull(_counters.Report().LastAccepted);
    }

    [Fact]
    public async Task A_delivery_for_no_open_trip_is_counted_and_accepted()
    {
        Assert.Equal(HttpStatusCode.OK, await SendAsync(Body(Examples.Reference(99))));
        await Eventually(() => _counters.Report().UnknownPayment == 1);

        Assert.Equal(HttpStatusCode.OK, await SendAsync("{\"hello\": 1}"));
        Assert.Equal(2, _counters.Report().UnknownPayment);
    }

    [Fact]
    public async Task A_delivery_signed_with_another_secret_is_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(Body(Examples.Reference(1)), secret: "another"));
        AssertRefused(forged: 1);
    }

    [Fact]
    public async Task A_delivery_without_a_signature_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_listener.Address!, Path)) { Content = new StringContent(Body(Examples.Reference(1))) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.SendAsync(request)).StatusCode);
        AssertRefused(forged: 1);
    }

    [Fact]
    public async Task An_altered_body_is_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(Body(Examples.Reference(1)), sent: Body(Examples.Reference(2))));
        AssertRefused(forged: 1);
    }

    [Fact]
    public async Task An_altered_query_is_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(Body(Examples.Reference(1)), target: Path + "?a=1", signedTarget: Path));
        AssertRefused(forged: 1);
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(600)]
    public async Task A_delivery_of_another_time_is_refused_as_stale(int seconds)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(Body(Examples.Reference(1)), date: DateTimeOffset.UtcNow.AddSeconds(seconds)));
        AssertRefused(stale: 1);
    }

    [Fact]
    public async Task A_delivery_that_is_too_large_is_refused()
    {
        var body = Body(Examples.Reference(1)) + new string(' ', WebhookListener.BodyMaximum);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(body));
        AssertRefused(malformed: 1);
    }

    [Fact]
    public async Task A_delivery_that_is_too_large_and_does_not_say_so_is_refused()
    {
        var body = Body(Examples.Reference(1)) + new string(' ', WebhookListener.BodyMaximum);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(body, chunked: true));
        AssertRefused(malformed: 1);
    }

    [Fact]
    public async Task Another_method_or_path_is_refused()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.GetAsync(new Uri(_listener.Address!, Path))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(Body(Examples.Reference(1)), target: "/webhooks", signedTarget: "/webhooks"));
        AssertRefused(malformed: 2);
    }

    /// <summary>Found by the fuzzer: the signature says POST, and a method in other letters is another method.</summary>
    [Fact]
    public async Task A_method_in_small_letters_is_refused()
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, _listener.Address!.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"post {Path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var answer = new StreamReader(connection.GetStream());

        Assert.StartsWith("HTTP/1.1 405 ", await answer.ReadToEndAsync(), StringComparison.Ordinal);
        AssertRefused(malformed: 1);
    }

    // Found by the fuzz, webhooks/listener run 3230.
    [Fact]
    public async Task A_chunk_whose_size_is_beyond_counting_is_the_senders_mistake()
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, _listener.Address!.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {Path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1474836480\r\n"));
        using var answer = new StreamReader(connection.GetStream());

        Assert.StartsWith("HTTP/1.1 400 ", await answer.ReadToEndAsync(), StringComparison.Ordinal);
        AssertRefused(malformed: 1);
    }

    [Fact]
    public async Task A_delivery_repeated_at_once_is_accepted_and_does_not_poll_again()
    {
        var date = DateTimeOffset.UtcNow;
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, await SendAsync(Body(Examples.Reference(99)), date: date));

        await Eventually(() => _counters.Report().UnknownPayment + _counters.Report().Throttled == 20);
        Assert.Equal(20, _counters.Report().Accepted);
        Assert.True(_counters.Report().Throttled > 0);
    }

    [Fact]
    public async Task Hints_within_the_pause_are_taken_together_at_its_end()
    {
        var time = new Meter.ManualTime();
        var desk = new HintDesk(() => _rig.Engine, _counters, time);
        // Of another car, so that each is counted as unknown.
        var reference = Reference.OfTrip("tx", "EL99999", Examples.Trip(99), 1);
        desk.Take(reference);
        await Eventually(() => _counters.Report().UnknownPayment == 1);

        for (var i = 0; i < 3; i++)
            desk.Take(reference);
        Assert.Equal(2, _counters.Report().Throttled);
        Assert.Equal(1, _counters.Report().UnknownPayment);
        time.Advance(HintDesk.Pause);
        await Eventually(() => _counters.Report().UnknownPayment == 2);

        // The one at the end of the pause begins another.
        desk.Take(reference);
        time.Advance(HintDesk.Pause);
        await Eventually(() => _counters.Report().UnknownPayment == 3);
        Assert.Equal(2, _counters.Report().Throttled);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_and_polling_goes_on()
    {
        await using var second = Listener(_listener.Address!);
        await second.StartAsync(CancellationToken.None);

        Assert.Null(second.Address);
        Assert.Contains("Error: No webhooks are taken at", _log.Text, StringComparison.Ordinal);
    }

    private WebhookListener Listener(Uri listen) =>
        new(listen, Path, new WebhookVerifier([Secret], TimeProvider.System), new HintDesk(() => _rig.Engine, _counters, TimeProvider.System), _counters, _log);

    private int Queries() => _rig.Service.Calls.Count(call => call.Kind == OperationKind.Query);

    private static string Body(Reference reference) =>
        $$"""{"msn":"123456","reference":"{{reference}}","pspReference":"p-1","name":"AUTHORIZED","amount":{"currency":"NOK","value":34500},"timestamp":"2026-11-03T12:00:00Z","success":true}""";

    private async Task<HttpStatusCode> SendAsync(
        string body, string? sent = null, string secret = Secret, string target = Path, string? signedTarget = null, DateTimeOffset? date = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_listener.Address!, target));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sent ?? body));
        var signed = WebhookSigner.Sign(secret, signedTarget ?? target, _listener.Address!.Authority, date ?? DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(body));
        request.Headers.Add("x-ms-date", signed.Date);
        request.Headers.Add("x-ms-content-sha256", signed.ContentSha256);
        request.Headers.TryAddWithoutValidation("Authorization", signed.Authorization);
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _http.SendAsync(request);
        Assert.Empty(await response.Content.ReadAsStringAsync());
        return response.StatusCode;
    }

    private void AssertRefused(long forged = 0, long stale = 0, long malformed = 0)
    {
        var report = _counters.Report();
        Assert.Equal((0, forged, stale, malformed), (report.Accepted, report.Forged, report.Stale, report.Malformed));
    }

    private static async Task Eventually(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
            await Task.Delay(20, patience.Token);
    }
}
