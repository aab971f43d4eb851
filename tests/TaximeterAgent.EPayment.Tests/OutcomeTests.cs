using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>How a try ends, over real sockets.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public async Task A_capture_that_is_answered_has_the_amounts_even_as_problem_json()
    {
        await using var rig = new Rig(_ => Reply.Text(200, Rig.PaymentJson(captured: 34500), "application/problem+json"));
        var answered = Assert.IsType<Answered<Payment>>(await rig.Capture());
        Assert.Equal(new Aggregate(34500, 34500, 0, 0), answered.Value.Aggregate);
        Assert.Equal(PaymentState.Authorized, answered.Value.State);
        Assert.Equal(Operation.Capture, answered.Operation);
        Assert.True(answered.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_refused_connection_was_not_sent()
    {
        var (client, unit, handler) = Towards(new Uri($"http://127.0.0.1:{FreePort()}"));
        using (handler)
        {
            var notSent = Assert.IsType<NotSent<Payment>>(await client.CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body));
            Assert.Equal(NotSentKind.Connect, notSent.Kind);
            Assert.Contains("ConnectionRefused", notSent.Detail);
        }
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_was_not_sent()
    {
        var (client, unit, handler) = Towards(new Uri("https://nosuch.invalid"));
        using (handler) Assert.Equal(NotSentKind.NameResolution, Assert.IsType<NotSent<Payment>>(await client.CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body)).Kind);
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_was_not_sent_to()
    {
        using var garbage = new TcpListener(IPAddress.Loopback, 0);
        garbage.Start();
        var speaking = SpeakGarbageAsync(garbage);
        var (client, unit, handler) = Towards(new Uri($"https://127.0.0.1:{((IPEndPoint)garbage.LocalEndpoint).Port}"));
        using (handler) Assert.Equal(NotSentKind.Tls, Assert.IsType<NotSent<Payment>>(await client.CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body)).Kind);
        garbage.Stop();
        await speaking;
    }

    [Fact]
    public async Task A_handshake_that_never_ends_was_not_sent()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var (client, unit, handler) = Towards(new Uri($"https://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}"), options => options.ConnectTimeout = TimeSpan.FromMilliseconds(200));
        using (handler) Assert.Equal(NotSentKind.Connect, Assert.IsType<NotSent<Payment>>(await client.CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body)).Kind);
    }

    /// <summary>The token came, then the server vanished: this is about the call's own request, not the token's.</summary>
    [Fact]
    public async Task A_server_that_stops_listening_after_the_token_was_not_sent_to()
    {
        var server = new RawServer(_ => new Reply.Bytes(((Reply.Bytes)Reply.Token()).Raw, Close: true));
        var (client, unit, handler) = Towards(server.Url);
        using (handler)
        {
            // Spends the token's connection; the read ends without an answer.
            Assert.IsType<Unknown<Payment>>(await client.GetAsync(unit, Rig.Reference));
            await server.DisposeAsync();
            var notSent = Assert.IsType<NotSent<Payment>>(await client.CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body));
            Assert.Equal(NotSentKind.Connect, notSent.Kind);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_closed_before_the_answer_is_unknown_and_nothing_is_sent_twice(bool reset)
    {
        await using var rig = new Rig(_ => new Reply.Hangup(reset));
        Assert.Equal(UnknownKind.Broken, Assert.IsType<Unknown<Payment>>(await rig.Capture()).Kind);
        Assert.Single(rig.Server.Calls);
    }

    /// <summary>The platform would repeat a request without content by itself on a reused connection.</summary>
    [Fact]
    public async Task A_cancel_without_body_is_not_repeated_by_the_platform_when_a_reused_connection_closes()
    {
        await using var rig = new Rig(_ => new Reply.Hangup(false));
        var outcome = await rig.Client.CancelAsync(rig.Unit, Rig.Reference, Rig.Key, RequestBodies.Cancel(false));
        Assert.Equal(UnknownKind.Broken, Assert.IsType<Unknown<Payment>>(outcome).Kind);
        Assert.Single(rig.Server.Calls);
        Assert.Equal(1, rig.Server.Connections);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(409)]
    public async Task Half_an_answer_is_unknown(int status)
    {
        await using var rig = new Rig(_ => new Reply.Bytes(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"ref"), true));
        var unknown = Assert.IsType<Unknown<Payment>>(await rig.Capture());
        Assert.Equal(UnknownKind.Broken, unknown.Kind);
        Assert.Equal(status, unknown.Status);
    }

    [Fact]
    public async Task Half_a_header_is_unknown()
    {
        await using var rig = new Rig(_ => new Reply.Bytes("HTTP/1.1 200 O"u8.ToArray(), true));
        Assert.Equal(UnknownKind.Broken, Assert.IsType<Unknown<Payment>>(await rig.Capture()).Kind);
    }

    [Fact]
    public async Task A_slow_answer_is_unknown_after_the_try_s_time()
    {
        var time = new ManualTime();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rig = new Rig(
            _ =>
            {
                arrived.TrySetResult();
                return new Reply.Silence();
            },
            time: time);
        var capture = rig.Capture();
        await arrived.Task;
        time.Advance(TimeSpan.FromMinutes(1));
        var unknown = Assert.IsType<Unknown<Payment>>(await capture);
        Assert.Equal(UnknownKind.Timeout, unknown.Kind);
        Assert.Equal(TimeSpan.FromMinutes(1), unknown.Duration);
    }

    [Fact]
    public async Task The_caller_s_own_cancellation_is_an_exception()
    {
        using var cancel = new CancellationTokenSource();
        await using var rig = new Rig(_ =>
        {
            cancel.Cancel();
            return new Reply.Silence();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Client.CaptureAsync(rig.Unit, Rig.Reference, Rig.Key, Rig.Body, cancel.Token));
    }

    [Fact]
    public async Task A_gateway_s_HTML_403_is_refused_without_a_code()
    {
        await using var rig = new Rig(_ => Reply.Text(403, "<html><body>Forbidden</body></html>", "text/html"));
        var refused = Assert.IsType<Refused<Payment>>(await rig.Capture());
        Assert.Equal(new Problem(403) { InvalidFields = refused.Problem.InvalidFields }, refused.Problem);
        Assert.Equal(ErrorAdvice.Forbidden, refused.Advice);
    }

    [Fact]
    public async Task An_empty_422_is_refused()
    {
        await using var rig = new Rig(_ => Reply.Empty(422));
        Assert.Equal(ErrorAdvice.Stop, Assert.IsType<Refused<Payment>>(await rig.Capture()).Advice);
    }

    [Theory]
    [InlineData("Retry-After: 17\r\n", 17)]
    [InlineData("Date: Fri, 20 Nov 2026 10:00:00 GMT\r\nRetry-After: Fri, 20 Nov 2026 10:00:30 GMT\r\n", 30)]
    [InlineData("Retry-After: 999999\r\n", 3600)]
    [InlineData("Date: Fri, 20 Nov 2026 10:00:00 GMT\r\nRetry-After: Fri, 20 Nov 2026 09:00:00 GMT\r\n", 0)]
    [InlineData("Retry-After: soon\r\n", null)]
    [InlineData("", null)]
    public async Task A_429_says_how_long_to_wait(string headers, int? seconds)
    {
        await using var rig = new Rig(_ => Reply.Empty(429, headers));
        var refused = Assert.IsType<Refused<Payment>>(await rig.Capture());
        Assert.Equal(ErrorAdvice.TooFast, refused.Advice);
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, refused.Problem.RetryAfter);
    }

    [Fact]
    public async Task A_423_is_busy_and_may_say_how_long()
    {
        await using var rig = new Rig(_ => Reply.Empty(423, "Retry-After: 2\r\n"));
        var refused = Assert.IsType<Refused<Payment>>(await rig.Capture());
        Assert.Equal((ErrorAdvice.Busy, TimeSpan.FromSeconds(2)), (refused.Advice, refused.Problem.RetryAfter));
    }

    [Theory]
    [InlineData(500, UnknownKind.ServerError)]
    [InlineData(502, UnknownKind.ServerError)]
    [InlineData(503, UnknownKind.ServerError)]
    [InlineData(408, UnknownKind.Timeout)]
    public async Task A_5xx_or_a_gateway_s_timeout_is_unknown_and_keeps_code_and_trace_id(int status, UnknownKind kind)
    {
        await using var rig = new Rig(_ => Reply.Json(status, Rig.ProblemJson(status, 3010)));
        var unknown = Assert.IsType<Unknown<Payment>>(await rig.Capture());
        Assert.Equal((kind, 3010, "00-abc-def-01"), (unknown.Kind, unknown.Problem!.ErrorCode, unknown.TraceId));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_is_not_followed_and_is_unknown(int status)
    {
        await using var rig = new Rig(_ => Reply.Empty(status, "Location: /elsewhere\r\n"));
        Assert.Equal(UnknownKind.UnreadableAnswer, Assert.IsType<Unknown<Payment>>(await rig.Capture()).Kind);
        Assert.Single(rig.Server.Calls);
    }

    [Theory]
    [InlineData("4791234567")]
    [InlineData("47-912-34-567")]
    [InlineData("sub-key")]
    public void What_an_error_repeats_is_no_trace_id(string repeated)
    {
        var echo = EchoedSecrets.Remove(System.Text.Encoding.UTF8.GetBytes($$"""{"title":"no","traceId":"{{repeated}}","detail":"Bearer a.token, {{repeated}}"}"""), [("Authorization", "Bearer a.token")], "sub-key");
        var problem = ProblemReader.Read(new RawResult.Answer(400, echo, null, null));
        Assert.Null(problem.TraceId);
        Assert.DoesNotContain("a.token", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("sub-key", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_error_has_its_code_title_and_trace_id()
    {
        await using var rig = new Rig(_ => Reply.Json(400, Rig.ProblemJson(400, 6090), contentType: "application/problem+json"));
        var refused = Assert.IsType<Refused<Payment>>(await rig.Capture());
        Assert.Equal((400, 6090, "Not so", "00-abc-def-01", ErrorAdvice.CaptureTooHigh), (refused.Problem.Status, refused.Problem.ErrorCode, refused.Problem.Title, refused.TraceId, refused.Advice));
        Assert.Empty(refused.Problem.InvalidFields);
    }

    [Fact]
    public async Task A_malformed_body_s_problem_names_the_fields()
    {
        await using var rig = new Rig(_ => Reply.Json(400, Rig.ProblemJson(400, null)));
        var refused = Assert.IsType<Refused<Payment>>(await rig.Capture());
        Assert.Null(refused.Problem.ErrorCode);
        Assert.Equal([new InvalidField("amount.value", "too much")], refused.Problem.InvalidFields);
    }

    [Fact]
    public async Task A_receipt_s_409_has_its_instance_as_trace_id()
    {
        await using var rig = new Rig(_ => Reply.Json(409, """{"title":"Conflict","detail":"exists","instance":"00-616e-48b9-00","invalidParams":[{"name":"orderId","reason":"taken"}]}"""));
        var refused = Assert.IsType<Refused<Done>>(await rig.Client.PostReceiptAsync(rig.Unit, Rig.Reference, "{}"u8.ToArray()));
        Assert.Equal((ErrorAdvice.ReceiptExists, "00-616e-48b9-00"), (refused.Advice, refused.TraceId));
        Assert.Equal([new InvalidField("orderId", "taken")], refused.Problem.InvalidFields);
    }

    [Fact]
    public async Task A_problem_s_text_is_one_bounded_line_without_a_phone_number()
    {
        var title = "No user 4791234567\\r\\nHACKED \\u202e" + new string('x', 5000);
        await using var rig = new Rig(_ => Reply.Json(400, Rig.ProblemJson(400, 7010, title)));
        var problem = Assert.IsType<Refused<Payment>>(await rig.Capture()).Problem;
        Assert.StartsWith("No user ••••67  HACKED", problem.Title);
        Assert.True(problem.Title!.Length <= 200);
        Assert.DoesNotContain('\n', problem.Title);
        Assert.DoesNotContain('\u202e', problem.Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"reference\":5}")]
    [InlineData("{\"reference\":\"\\ud800\"}")]
    [InlineData("{}")]
    public async Task A_200_that_cannot_be_read_is_unknown(string body)
    {
        await using var rig = new Rig(_ => Reply.Json(200, body));
        Assert.Equal(UnknownKind.UnreadableAnswer, Assert.IsType<Unknown<Payment>>(await rig.Capture()).Kind);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task A_body_beyond_the_limit_is_unknown_with_or_without_a_length(int status)
    {
        var big = new string(' ', 300 * 1024) + Rig.PaymentJson();
        await using var declared = new Rig(_ => Reply.Json(status, big));
        Assert.Equal(UnknownKind.UnreadableAnswer, Assert.IsType<Unknown<Payment>>(await declared.Capture()).Kind);
        await using var undeclared = new Rig(_ => new Reply.Bytes(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nConnection: close\r\n\r\n{big}"), true));
        Assert.Equal(UnknownKind.UnreadableAnswer, Assert.IsType<Unknown<Payment>>(await undeclared.Capture()).Kind);
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        var json = Rig.PaymentJson();
        await using var rig = new Rig(_ => Reply.Json(200, json + new string(' ', (256 * 1024) - Encoding.UTF8.GetByteCount(json))));
        Assert.IsType<Answered<Payment>>(await rig.Capture());
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(400, false)]
    public async Task Deep_JSON_does_no_harm(int status, bool unknown)
    {
        var deep = "{\"metadata\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        await using var rig = new Rig(_ => Reply.Json(status, deep));
        var outcome = await rig.Capture();
        if (unknown) Assert.Equal(UnknownKind.UnreadableAnswer, Assert.IsType<Unknown<Payment>>(outcome).Kind);
        else Assert.Null(Assert.IsType<Refused<Payment>>(outcome).Problem.ErrorCode);
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Rig.PaymentJson()));
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), .. packed.ToArray()];
        await using var rig = new Rig(_ => new Reply.Bytes(answer, false));
        Assert.IsType<Answered<Payment>>(await rig.Capture());
    }

    private static (EPaymentClient Client, SalesUnit Unit, HttpMessageHandler Handler) Towards(Uri url, Action<EPaymentOptions>? change = null)
    {
        var options = Rig.Options(url);
        change?.Invoke(options);
        var handler = EPaymentHttpHandler.Create(options);
        return (new EPaymentClient(new EPaymentConnection(options, handler, TimeProvider.System)), options.SalesUnit, handler);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task SpeakGarbageAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // Stopped.
        }
    }
}
