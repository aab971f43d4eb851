using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace TaximeterAgent.EPayment;

/// <summary>
/// The keys, the transport and the tokens that the clients share: <see cref="EPaymentClient"/>, <see cref="WebhookRegistrationClient"/>,
/// <see cref="ForceApproval"/>. Safe for concurrent use. It starts no tasks and reads time only through its <see cref="TimeProvider"/>: over a handler that
/// completes at once every call completes at once, on the caller's thread.
/// </summary>
public sealed class EPaymentConnection
{
    private readonly Sender _sender;
    private readonly TokenCache _tokens;
    private readonly TimeProvider _time;
    private readonly (string Name, string Value)[] _tokenHeaders;
    // With the first call: checking their options takes longer than anything else here.
    private readonly Lazy<ResiliencePipeline<RawResult>> _call;
    private readonly Lazy<ResiliencePipeline<RawResult>> _fetch;

    /// <summary>Takes the options as they are now; later changes to them have no effect.</summary>
    /// <param name="options">Keys and waiting times.</param>
    /// <param name="handler">
    /// The transport, usually <see cref="EPaymentHttpHandler.Create"/>; not disposed here. It must not follow redirects and must not send anything twice.
    /// </param>
    /// <param name="time">Measures timeouts and the life of tokens.</param>
    /// <exception cref="ArgumentException">The options have faults; one line each, no secret shown.</exception>
    public EPaymentConnection(EPaymentOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(time);
        options.ThrowIfInvalid();
        _time = time;
        _sender = new Sender(handler, options, time);
        _tokenHeaders = [("client_id", options.ClientId), ("client_secret", options.ClientSecret)];
        _tokens = new TokenCache(FetchTokenAsync, time);
        var limit = options.TryTimeout;
        _fetch = new(() => new ResiliencePipelineBuilder<RawResult> { TimeProvider = time }.AddTimeout(limit).Build());
        _call = new(() => new ResiliencePipelineBuilder<RawResult> { TimeProvider = time }
            .AddTimeout(limit)
            .AddRetry(new RetryStrategyOptions<RawResult>
            {
                // Only this: a request that was refused for its token was not carried out, and is sent once more as it was. All else is for the caller, who has
                // a durable store.
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is RawResult.Answer { Status: 401, Token: not null }),
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
            })
            .Build());
    }

    /// <summary>How it stands with a sales unit's token; asks nobody and fetches none. From any thread.</summary>
    public TokenState TokenOf(SalesUnit unit) => _tokens.StateOf(unit ?? throw new ArgumentNullException(nameof(unit)));

    internal async Task<CallOutcome<T>> CallAsync<T>(ApiRequest request, Func<byte[], T?> read, CancellationToken cancellationToken)
        where T : class
    {
        var outcome = await TryAsync(request, cancellationToken).ConfigureAwait(false);
        return outcome.ToOutcome(request.Operation, read);
    }

    internal async Task<CallOutcome<Done>> CallAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(request, cancellationToken).ConfigureAwait(false);
        return outcome.ToOutcome(request.Operation);
    }

    private async Task<TimedResult> TryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        RawResult result;
        try
        {
            result = await _call.Value.ExecuteAsync(
                static (state, tryToken) => state.Connection.ExchangeAsync(state.Tried, tryToken, state.CallerToken),
                (Connection: this, Tried: new Tried(request), CallerToken: cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        // Only before the first exchange began: each exchange turns its own timeout into a result.
        catch (TimeoutRejectedException)
        {
            result = new RawResult.NotSent(NotSentKind.Connect, "no time was left to send");
        }

        return new TimedResult(result, _time.GetElapsedTime(start));
    }

    private async ValueTask<RawResult> ExchangeAsync(Tried tried, CancellationToken tryToken, CancellationToken callerToken)
    {
        if (tried.RefusedToken is { } refused) _tokens.Reject(tried.Request.Unit, refused);
        TokenResult token;
        try
        {
            token = await _tokens.GetAsync(tried.Request.Unit, tryToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!callerToken.IsCancellationRequested)
        {
            return new RawResult.NotSent(NotSentKind.TokenUnavailable, "token: no answer in time");
        }

        if (token.Token is null) return token.Failure ?? new RawResult.NotSent(NotSentKind.TokenUnavailable, "token: none");
        (string, string)[] headers = [("Authorization", token.Token.Authorization)];
        var result = await _sender.ExchangeAsync(tried.Request, headers, tryToken, callerToken).ConfigureAwait(false);
        if (result is not RawResult.Answer answer) return result;
        if (answer.Status == 401) tried.RefusedToken = token.Token;
        return answer with { Token = token.Token };
    }

    private async Task<TokenResult> FetchTokenAsync(SalesUnit unit)
    {
        var askedAt = _time.GetTimestamp();
        var request = new ApiRequest(Operation.Token, unit, HttpMethod.Post, "accesstoken/get", Body: ReadOnlyMemory<byte>.Empty);
        var result = await _fetch.Value.ExecuteAsync(
            static (state, tryToken) =>
                new ValueTask<RawResult>(state._sender.ExchangeAsync(state.request, state._tokenHeaders, tryToken, CancellationToken.None)),
            (_sender, request, _tokenHeaders)).ConfigureAwait(false);
        return TokenReader.Read(result, askedAt);
    }

    /// <summary>One try with the token that was refused in it; the retry begins by forgetting that one.</summary>
    private sealed class Tried(ApiRequest request)
    {
        internal ApiRequest Request { get; } = request;

        internal AccessToken? RefusedToken { get; set; }
    }
}
