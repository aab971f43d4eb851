namespace TaximeterAgent.EPayment.Tests;

/// <summary>Access tokens: cached, shared, renewed, refused.</summary>
public sealed class TokenTests
{
    private static Func<SeenRequest, Reply> Payments => _ => Reply.Json(200, Rig.PaymentJson());

    [Fact]
    public async Task The_token_request_carries_the_keys_and_no_body()
    {
        await using var rig = new Rig(Payments);
        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        var request = Assert.Single(rig.Server.Tokens);
        Assert.Equal(
            ("POST", "0", "the-client-id", "the-client-secret", "the-subscription-key", "123456", "sys", null),
            (request.Method, request.Header("Content-Length"), request.Header("client_id"), request.Header("client_secret"), request.Header("Ocp-Apim-Subscription-Key"),
                request.Header("Merchant-Serial-Number"), request.Header("Vipps-System-Name"), request.Header("Authorization")));
    }

    [Fact]
    public async Task One_token_serves_many_calls_until_it_is_nearly_over()
    {
        var time = new ManualTime();
        var fetched = 0;
        await using var rig = new Rig(Payments, _ => Reply.Token($"token-{++fetched}"), time);
        for (var i = 0; i < 5; i++) await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        time.Advance(TimeSpan.FromSeconds(3600 - 301));
        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        Assert.Equal(1, fetched);
        time.Advance(TimeSpan.FromSeconds(2));
        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        Assert.Equal(2, fetched);
        Assert.Equal("Bearer token-2", rig.Server.Calls[^1].Header("Authorization"));
    }

    [Fact]
    public async Task A_renewal_that_fails_early_does_no_harm_while_the_old_token_lives()
    {
        var time = new ManualTime();
        var fetched = 0;
        await using var rig = new Rig(Payments, _ => ++fetched == 1 ? Reply.Token() : Reply.Empty(503), time);
        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        time.Advance(TimeSpan.FromSeconds(3500));
        Assert.IsType<Answered<Payment>>(await rig.Client.GetAsync(rig.Unit, Rig.Reference));
        time.Advance(TimeSpan.FromSeconds(101));
        Assert.Equal(NotSentKind.TokenUnavailable, Assert.IsType<NotSent<Payment>>(await rig.Client.GetAsync(rig.Unit, Rig.Reference)).Kind);
        Assert.Equal(3, fetched);
    }

    [Fact]
    public async Task What_is_told_of_the_token_is_its_life_and_its_last_failure_and_never_the_token()
    {
        var time = new ManualTime();
        var fetched = 0;
        await using var rig = new Rig(Payments, _ => ++fetched == 1 ? Reply.Token("the-token") : Reply.Empty(401), time);
        Assert.Equal(new TokenState(null, null), rig.Connection.TokenOf(rig.Unit));

        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        Assert.Equal(new TokenState(TimeSpan.FromSeconds(3600), null), rig.Connection.TokenOf(rig.Unit));

        // Its renewal is refused: the old one lives on, then there is none.
        time.Advance(TimeSpan.FromSeconds(3500));
        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        time.Advance(TimeSpan.FromSeconds(60));
        var state = rig.Connection.TokenOf(rig.Unit);
        Assert.Equal(TimeSpan.FromSeconds(40), state.Left);
        Assert.Equal((NotSentKind.TokenRefused, 401, TimeSpan.FromSeconds(60)), (state.LastFailure!.Kind, state.LastFailure.Status, state.LastFailure.Ago));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(rig.Connection.TokenOf(rig.Unit).Left);
        Assert.DoesNotContain("the-token", state.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, fetched);
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_one_fetch()
    {
        using var gate = new ManualResetEventSlim();
        await using var rig = new Rig(Payments, _ =>
        {
            gate.Wait(TimeSpan.FromSeconds(60));
            return Reply.Token();
        });
        var calls = Enumerable.Range(0, 20).Select(_ => rig.Client.GetAsync(rig.Unit, Rig.Reference)).ToArray();
        gate.Set();
        Assert.All(await Task.WhenAll(calls), outcome => Assert.IsType<Answered<Payment>>(outcome));
        Assert.Single(rig.Server.Tokens);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_take_the_fetch_from_the_others()
    {
        using var gate = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        await using var rig = new Rig(Payments, _ =>
        {
            gate.Wait(TimeSpan.FromSeconds(60));
            return Reply.Token();
        });
        var first = rig.Client.GetAsync(rig.Unit, Rig.Reference, cancel.Token);
        var second = rig.Client.GetAsync(rig.Unit, Rig.Reference);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Set();
        Assert.IsType<Answered<Payment>>(await second);
        Assert.Single(rig.Server.Tokens);
    }

    [Fact]
    public async Task Each_sales_unit_has_a_token_of_its_own()
    {
        await using var rig = new Rig(Payments, request => Reply.Token("token-" + request.Header("Merchant-Serial-Number")));
        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        await rig.Client.GetAsync(new SalesUnit(rig.Server.Url, "654321"), Rig.Reference);
        await rig.Client.GetAsync(rig.Unit, Rig.Reference);
        Assert.Equal(["Bearer token-123456", "Bearer token-654321", "Bearer token-123456"], rig.Server.Calls.Select(c => c.Header("Authorization")));
        Assert.Equal(["123456", "654321", "123456"], rig.Server.Calls.Select(c => c.Header("Merchant-Serial-Number")));
        Assert.Equal(2, rig.Server.Tokens.Count);
    }

    [Fact]
    public async Task The_cache_forgets_the_longest_unused_beyond_its_bound()
    {
        await using var rig = new Rig(Payments);
        for (var i = 0; i <= TokenCache.MostUnits; i++) await rig.Client.GetAsync(new SalesUnit(rig.Server.Url, $"{1000 + i}"), Rig.Reference);
        Assert.Equal(TokenCache.MostUnits + 1, rig.Server.Tokens.Count);
        await rig.Client.GetAsync(new SalesUnit(rig.Server.Url, $"{1000 + TokenCache.MostUnits}"), Rig.Reference);
        Assert.Equal(TokenCache.MostUnits + 1, rig.Server.Tokens.Count);
        await rig.Client.GetAsync(new SalesUnit(rig.Server.Url, "1000"), Rig.Reference);
        Assert.Equal(TokenCache.MostUnits + 2, rig.Server.Tokens.Count);
    }

    [Fact]
    public async Task A_401_fetches_a_new_token_once_and_sends_the_same_request_once_more()
    {
        var fetched = 0;
        await using var rig = new Rig(
            request => request.Header("Authorization") == "Bearer token-1" ? Reply.Empty(401) : Reply.Json(200, Rig.PaymentJson(captured: 34500)),
            _ => Reply.Token($"token-{++fetched}"));
        Assert.IsType<Answered<Payment>>(await rig.Capture());
        Assert.Equal(2, fetched);
        Assert.Equal(2, rig.Server.Calls.Count);
        Assert.All(rig.Server.Calls, call => Assert.Equal((Rig.Key, Convert.ToHexString(Rig.Body)), (call.Header("Idempotency-Key"), Convert.ToHexString(call.Body))));
    }

    [Fact]
    public async Task A_second_401_is_refused_and_not_tried_further()
    {
        var fetched = 0;
        await using var rig = new Rig(_ => Reply.Text(401, "<html>", "text/html"), _ => Reply.Token($"token-{++fetched}"));
        var refused = Assert.IsType<Refused<Payment>>(await rig.Capture());
        Assert.Equal(ErrorAdvice.TokenRefused, refused.Advice);
        Assert.Equal((2, 2), (fetched, rig.Server.Calls.Count));
    }

    [Fact]
    public async Task A_401_after_which_no_token_can_be_had_was_not_carried_out()
    {
        var fetched = 0;
        await using var rig = new Rig(_ => Reply.Empty(401), _ => ++fetched == 1 ? Reply.Token() : Reply.Empty(500));
        Assert.Equal(NotSentKind.TokenUnavailable, Assert.IsType<NotSent<Payment>>(await rig.Capture()).Kind);
    }

    [Theory]
    [InlineData(400, NotSentKind.TokenRefused)]
    [InlineData(401, NotSentKind.TokenRefused)]
    [InlineData(403, NotSentKind.TokenRefused)]
    [InlineData(404, NotSentKind.TokenUnavailable)]
    [InlineData(429, NotSentKind.TokenUnavailable)]
    [InlineData(500, NotSentKind.TokenUnavailable)]
    [InlineData(302, NotSentKind.TokenUnavailable)]
    public async Task A_refused_token_sends_nothing_and_is_told_apart_from_one_that_was_not_to_be_had(int status, NotSentKind kind)
    {
        await using var rig = new Rig(Payments, _ => Reply.Empty(status, "Retry-After: 9\r\n"));
        var notSent = Assert.IsType<NotSent<Payment>>(await rig.Capture());
        Assert.Equal(kind, notSent.Kind);
        Assert.Equal(status >= 400 ? TimeSpan.FromSeconds(9) : null, notSent.TokenProblem?.RetryAfter);
        Assert.Empty(rig.Server.Calls);
        Assert.Single(rig.Server.Tokens);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"access_token":"a b","expires_in":"3600"}""")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1","expires_in":"3600"}""")]
    [InlineData("""{"access_token":"abc","expires_in":"soon"}""")]
    [InlineData("""{"access_token":"abc","expires_in":"0"}""")]
    [InlineData("""{"access_token":"abc","expires_in":"-5"}""")]
    [InlineData("""{"access_token":"abc","expires_in":"99999999999999999999"}""")]
    [InlineData("""{"access_token":7,"expires_in":"3600"}""")]
    public async Task A_token_that_cannot_be_read_is_none(string body)
    {
        await using var rig = new Rig(Payments, _ => Reply.Json(200, body));
        Assert.Equal(NotSentKind.TokenUnavailable, Assert.IsType<NotSent<Payment>>(await rig.Capture()).Kind);
        Assert.Empty(rig.Server.Calls);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("\"3600\"")]
    [InlineData("9223372036854775807")]
    public async Task A_life_may_be_a_string_or_a_number(string expiresIn)
    {
        await using var rig = new Rig(Payments, _ => Reply.Token(expiresIn: expiresIn));
        Assert.IsType<Answered<Payment>>(await rig.Capture());
    }

    [Fact]
    public async Task Time_that_runs_out_while_waiting_for_the_token_means_not_sent()
    {
        var time = new ManualTime();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rig = new Rig(
            Payments,
            _ =>
            {
                arrived.TrySetResult();
                return new Reply.Silence();
            },
            time);
        var capture = rig.Capture();
        await arrived.Task;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(NotSentKind.TokenUnavailable, Assert.IsType<NotSent<Payment>>(await capture).Kind);
    }
}
