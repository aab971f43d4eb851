using System.Net;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>Over an in-memory handler and a manual clock everything completes inline on one thread, as the deterministic simulation needs.</summary>
public sealed class InlineTests
{
    // As in the simulation: where there is a synchronization context the platform never continues inline. xunit installs one before each test.
    private static void WithoutContext() => SynchronizationContext.SetSynchronizationContext(null);

    [Fact]
    public async Task A_call_over_a_handler_that_completes_at_once_completes_at_once()
    {
        var call = Client(new MemoryHandler(_ => Task.FromResult(Ok())), new ManualTime(), out var unit).CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body);
        Assert.True(call.IsCompletedSuccessfully);
        Assert.IsType<Answered<Payment>>(await call);
    }

    [Fact]
    public void All_calls_that_share_a_token_continue_on_the_thread_that_completes_it_and_then_their_answers()
    {
        WithoutContext();
        var waiting = new List<TaskCompletionSource<HttpResponseMessage>>();
        var token = new TaskCompletionSource<HttpResponseMessage>();
        var handler = new MemoryHandler(
            _ =>
            {
                waiting.Add(new TaskCompletionSource<HttpResponseMessage>());
                return waiting[^1].Task;
            },
            token.Task);
        var client = Client(handler, new ManualTime(), out var unit);
        Task<CallOutcome<Payment>>[] calls = [.. Enumerable.Range(0, 5).Select(_ => client.CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body))];
        Assert.Empty(waiting);
        token.SetResult(Token());
        Assert.Equal(5, waiting.Count);
        for (var i = 0; i < 5; i++)
        {
            Assert.False(calls[i].IsCompleted);
            waiting[i].SetResult(Ok());
            Assert.True(calls[i].IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task A_timeout_completes_on_the_thread_that_moves_the_clock()
    {
        WithoutContext();
        var time = new ManualTime();
        var client = Client(
            new MemoryHandler(async request =>
            {
                var never = new TaskCompletionSource<HttpResponseMessage>();
                await using var registration = request.Cancellation.Register(() => never.TrySetCanceled(request.Cancellation));
                return await never.Task;
            }),
            time,
            out var unit);
        var call = client.CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body);
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(call.IsCompletedSuccessfully);
        // The handler never asked for the body; but an unknown handler proves nothing by that.
        Assert.Equal(UnknownKind.Timeout, Assert.IsType<Unknown<Payment>>(await call).Kind);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, NotSentKind.NameResolution)]
    [InlineData(HttpRequestError.ConnectionError, NotSentKind.Connect)]
    [InlineData(HttpRequestError.SecureConnectionError, NotSentKind.Tls)]
    public async Task An_error_before_the_body_was_asked_for_was_not_sent(HttpRequestError error, NotSentKind kind)
    {
        var call = Client(new MemoryHandler(_ => throw new HttpRequestException(error)), new ManualTime(), out var unit).CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body);
        Assert.Equal(kind, Assert.IsType<NotSent<Payment>>(await call).Kind);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task The_same_error_after_the_body_was_asked_for_is_unknown(HttpRequestError error)
    {
        var handler = new MemoryHandler(async request =>
        {
            await request.Message.Content!.ReadAsByteArrayAsync();
            throw new HttpRequestException(error);
        });
        var outcome = await Client(handler, new ManualTime(), out var unit).CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body);
        Assert.Equal(UnknownKind.Broken, Assert.IsType<Unknown<Payment>>(outcome).Kind);
    }

    [Fact]
    public async Task Whatever_a_handler_throws_is_an_outcome_and_its_message_is_not_kept()
    {
        Exception[] errors =
        [
            new InvalidOperationException("the-client-secret"), new IOException("the-client-secret"), new HttpRequestException("the-client-secret"),
            new FormatException("The format of value 'the-client-secret' is invalid."), new TaskCanceledException("the-client-secret"), new ObjectDisposedException("the-client-secret"),
        ];
        foreach (var error in errors)
        {
            var outcome = await Client(new MemoryHandler(_ => throw error), new ManualTime(), out var unit).CaptureAsync(unit, Rig.Reference, Rig.Key, Rig.Body);
            Assert.DoesNotContain("the-client-secret", Assert.IsType<Unknown<Payment>>(outcome).ToString());
        }
    }

    [Fact]
    public async Task A_fetch_that_breaks_leaves_nobody_waiting_and_the_next_call_tries_again()
    {
        var fetches = 0;
        var cache = new TokenCache(_ => ++fetches == 1 ? throw new InvalidOperationException() : Task.FromResult(new TokenResult(new AccessToken("t", 0, TimeSpan.FromHours(1)), null)), new ManualTime(DateTimeOffset.MinValue));
        var unit = new SalesUnit(new Uri("https://apitest.vipps.no"), "123456");
        Assert.Equal(NotSentKind.TokenUnavailable, (await cache.GetAsync(unit, default)).Failure!.Kind);
        Assert.NotNull((await cache.GetAsync(unit, default)).Token);
    }

    [Fact]
    public async Task A_token_that_was_renewed_in_the_meantime_is_not_rejected_with_its_predecessor()
    {
        var fetches = 0;
        var cache = new TokenCache(_ => Task.FromResult(new TokenResult(new AccessToken($"t{++fetches}", 0, TimeSpan.FromHours(1)), null)), new ManualTime(DateTimeOffset.MinValue));
        var unit = new SalesUnit(new Uri("https://apitest.vipps.no"), "123456");
        var first = (await cache.GetAsync(unit, default)).Token!;
        cache.Reject(unit, first);
        var second = (await cache.GetAsync(unit, default)).Token!;
        cache.Reject(unit, first);
        Assert.Same(second, (await cache.GetAsync(unit, default)).Token);
        Assert.Equal(2, fetches);
    }

    private static HttpResponseMessage Ok() => new(HttpStatusCode.OK) { Content = new StringContent(Rig.PaymentJson()) };

    private static HttpResponseMessage Token() => new(HttpStatusCode.OK) { Content = new StringContent("""{"access_token":"t","expires_in":"3600"}""") };

    private static EPaymentClient Client(HttpMessageHandler handler, TimeProvider time, out SalesUnit unit)
    {
        var options = Rig.Options(new Uri("https://apitest.vipps.no"));
        unit = options.SalesUnit;
        return new EPaymentClient(new EPaymentConnection(options, handler, time));
    }

    private sealed record Incoming(HttpRequestMessage Message, CancellationToken Cancellation);

    private sealed class MemoryHandler(Func<Incoming, Task<HttpResponseMessage>> answer, Task<HttpResponseMessage>? token = null) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath == "/accesstoken/get" ? token ?? Task.FromResult(Token()) : answer(new Incoming(request, cancellationToken));
    }
}
