using System.Net;

namespace TaximeterAgent.EPayment;

/// <summary>Makes one exchange: headers, exact bytes, bounded answer. Never throws but for the caller's own cancellation.</summary>
internal sealed class Sender(HttpMessageHandler handler, EPaymentOptions options, TimeProvider time)
{
    // An invoker, not an HttpClient: no timeout, buffering or default headers of its own.
    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);
    private readonly bool _isSockets = SendFailure.EndsInSockets(handler);
    private readonly string _subscriptionKey = options.SubscriptionKey;
    private readonly (string Name, string Value)[] _system =
    [
        ("Vipps-System-Name", options.SystemName),
        ("Vipps-System-Version", options.SystemVersion),
        ("Vipps-System-Plugin-Name", options.PluginName),
        ("Vipps-System-Plugin-Version", options.PluginVersion),
    ];

    /// <param name="request">The call.</param>
    /// <param name="headers">Those that only this call has: the token, or the token endpoint's keys.</param>
    /// <param name="tryToken">Ends the try: the caller's cancellation, or its time is up.</param>
    /// <param name="callerToken">The caller's own.</param>
    internal async Task<RawResult> ExchangeAsync(
        ApiRequest request, ReadOnlyMemory<(string Name, string Value)> headers, CancellationToken tryToken, CancellationToken callerToken)
    {
        var body = request.Body is { } bytes ? new ExactBody(bytes) : null;
        using var message = Compose(request, headers.Span, body);
        HttpResponseMessage response;
        try
        {
            response = await _invoker.SendAsync(message, tryToken).ConfigureAwait(false);
        }
        // Everything: whatever a transport throws here, a modifying call may have been carried out, and an exception would lose that.
        catch (Exception error)
        {
            callerToken.ThrowIfCancellationRequested();
            return SendFailure.Classify(error, body, _isSockets, tryToken.IsCancellationRequested);
        }

        using (response)
        {
            var status = (int)response.StatusCode;
            try
            {
                return await BoundedBody.ReadAsync(response.Content, tryToken).ConfigureAwait(false) is { } answer
                    ? new RawResult.Answer(status, status < 400 ? answer : EchoedSecrets.Remove(answer, headers.Span, _subscriptionKey), RetryAfter.Read(response, time), response.Headers.Date)
                    : new RawResult.Unknown(UnknownKind.UnreadableAnswer, $"the answer is larger than {BoundedBody.Most} bytes", status);
            }
            // A status without its whole body is no answer to build on, not even a 4xx: its code is missing.
            catch (Exception error)
            {
                callerToken.ThrowIfCancellationRequested();
                var timedOut = tryToken.IsCancellationRequested;
                return new RawResult.Unknown(timedOut ? UnknownKind.Timeout : UnknownKind.Broken, SendFailure.Describe(error, timedOut), status);
            }
        }
    }

    private HttpRequestMessage Compose(ApiRequest request, ReadOnlySpan<(string Name, string Value)> headers, ExactBody? body)
    {
        var message = new HttpRequestMessage(request.Method, request.Unit.Resolve(request.Path))
        {
            // Exactly: what is provable about a failed try (ExactBody) holds for HTTP/1.1.
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        message.Headers.TryAddWithoutValidation("Ocp-Apim-Subscription-Key", _subscriptionKey);
        message.Headers.TryAddWithoutValidation("Merchant-Serial-Number", request.Unit.MerchantSerialNumber);
        foreach (var (name, value) in _system) message.Headers.TryAddWithoutValidation(name, value);
        if (request.IdempotencyKey is { } key) message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return message;
    }
}
