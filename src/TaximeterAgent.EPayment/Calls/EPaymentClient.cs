using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using TaximeterAgent.EPayment.Json;

namespace TaximeterAgent.EPayment;

/// <summary>
/// The ePayment, Order Management and Webhooks APIs. Each method makes one try: within it a time limit and, if the service refuses the token, one new token and the
/// same request again, bytes and key unchanged. What to do after a try is the caller's to decide; see <see cref="CallOutcome"/>. Safe for several threads.
/// </summary>
public sealed class EPaymentClient
{
    private const string Payments = "epayment/v1/payments";
    private const string Orders = "order-management/v2/ECOM";
    private const string Webhooks = "webhooks/v1/webhooks";

    private readonly Exchange _exchange;
    private readonly TokenSource _tokens;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _limit;
    private readonly ResiliencePipeline<RawAnswer> _newToken;

    /// <param name="options">Keys and waiting times.</param>
    /// <param name="http">Sends the requests; see <see cref="EPaymentHttp.CreateHandler"/>. Not disposed.</param>
    /// <param name="time">The clock for time limits and token lives.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names each.</exception>
    public EPaymentClient(EPaymentOptions options, HttpMessageHandler http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        options.ThrowIfInvalid();
        _time = time;
        _exchange = new Exchange(new HttpMessageInvoker(http, disposeHandler: false), options, time);
        _tokens = new TokenSource(_exchange, options, time);
        _limit = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(new TimeoutStrategyOptions { Timeout = options.TryTimeout }).Build();
        _newToken = new ResiliencePipelineBuilder<RawAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<RawAnswer>
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is RawAnswer.Whole { Status: 401 }),
            })
            .Build();
    }

    /// <summary>Creates a payment. <c>POST /payments</c>; 5 a minute for a reference.</summary>
    /// <param name="unit">Where.</param>
    /// <param name="key">At most 50 characters; the same for every try of this body.</param>
    /// <param name="body">From <see cref="CreatePayment.ToBody"/>.</param>
    /// <param name="stop">Gives up waiting; what became of the request is unknown then.</param>
    public Task<CallOutcome<Done>> CreateAsync(SalesUnit unit, string key, ReadOnlyMemory<byte> body, CancellationToken stop = default)
    {
        RequestRules.Key(key);
        // The reference in the answer is the one in the body; that it exists is all that matters.
        return CallAsync(Operation.Create, unit, HttpMethod.Post, Payments, body, key, static _ => new Done(), stop);
    }

    /// <summary>Reads a payment. <c>GET /payments/{reference}</c>; 120 a minute.</summary>
    public Task<CallOutcome<Payment>> GetAsync(SalesUnit unit, string reference, CancellationToken stop = default) =>
        CallAsync(Operation.Get, unit, HttpMethod.Get, PaymentPath(reference), null, null, whole => ReadPayment(whole, reference), stop);

    /// <summary>Reads a payment's event log. <c>GET /payments/{reference}/events</c>; 120 a minute.</summary>
    public Task<CallOutcome<IReadOnlyList<PaymentEvent>>> GetEventsAsync(SalesUnit unit, string reference, CancellationToken stop = default) =>
        CallAsync(Operation.Events, unit, HttpMethod.Get, PaymentPath(reference) + "/events", null, null, ReadEvents, stop);

    /// <summary>Captures a part or all of what is authorized. Never before the ride is over. 5 a minute.</summary>
    /// <param name="unit">The payment's own.</param>
    /// <param name="reference">The payment.</param>
    /// <param name="key">The same for every try; a new one only after a definite refusal with no try of unknown outcome behind it.</param>
    /// <param name="body">From <see cref="Adjustments.Modification"/>.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<CallOutcome<Payment>> CaptureAsync(SalesUnit unit, string reference, string key, ReadOnlyMemory<byte> body, CancellationToken stop = default) =>
        AdjustAsync(Operation.Capture, unit, reference, "capture", key, body, stop);

    /// <summary>Gives back a part or all of what was captured. 5 a minute.</summary>
    /// <inheritdoc cref="CaptureAsync"/>
    public Task<CallOutcome<Payment>> RefundAsync(SalesUnit unit, string reference, string key, ReadOnlyMemory<byte> body, CancellationToken stop = default) =>
        AdjustAsync(Operation.Refund, unit, reference, "refund", key, body, stop);

    /// <summary>Ends a payment, or releases what is authorized and not captured, irreversibly. 5 a minute.</summary>
    /// <param name="unit">The payment's own.</param>
    /// <param name="reference">The payment.</param>
    /// <param name="key">At most 50 characters.</param>
    /// <param name="body">From <see cref="Adjustments.CancelUnapproved"/>; empty to cancel whatever the state.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<CallOutcome<Payment>> CancelAsync(SalesUnit unit, string reference, string key, ReadOnlyMemory<byte> body, CancellationToken stop = default) =>
        AdjustAsync(Operation.Cancel, unit, reference, "cancel", key, body, stop);

    /// <summary>Posts a payment's receipt. Immutable: a second one is refused with 409, after which <see cref="HasReceiptAsync"/> tells whether it is the same.</summary>
    public Task<CallOutcome<Done>> PostReceiptAsync(SalesUnit unit, string reference, ReadOnlyMemory<byte> body, CancellationToken stop = default)
    {
        RequestRules.Reference(reference);
        return CallAsync(Operation.PostReceipt, unit, HttpMethod.Post, $"{Orders}/receipts/{reference}", body, null, static _ => new Done(), stop);
    }

    /// <summary>Reads a payment's receipt and compares it, line by line, with the body of ours.</summary>
    public Task<CallOutcome<ReceiptComparison>> HasReceiptAsync(SalesUnit unit, string reference, ReadOnlyMemory<byte> body, CancellationToken stop = default)
    {
        RequestRules.Reference(reference);
        return CallAsync(
            Operation.GetOrder, unit, HttpMethod.Get, $"{Orders}/{reference}", null, null,
            whole => BodyReader.TryRead(whole.Body.Span, ApiJson.Default.OrderAnswer, out var order) ? new ReceiptComparison(Receipt.Same(body.Span, order)) : null, stop);
    }

    /// <summary>Registers a webhook; the secret is shown this once.</summary>
    public Task<CallOutcome<WebhookRegistration>> RegisterWebhookAsync(SalesUnit unit, Uri url, IReadOnlyList<string> events, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(events);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new RegisterBody(url.AbsoluteUri, events), ApiJson.Default.RegisterBody);
        return CallAsync(
            Operation.RegisterWebhook, unit, HttpMethod.Post, Webhooks, body, null,
            whole => BodyReader.TryRead(whole.Body.Span, ApiJson.Default.RegisterAnswer, out var answer) && answer is { Id: { } id, Secret: { } secret } ? new WebhookRegistration(id, secret) : null,
            stop);
    }

    /// <summary>Lists the registered webhooks.</summary>
    public Task<CallOutcome<IReadOnlyList<RegisteredWebhook>>> ListWebhooksAsync(SalesUnit unit, CancellationToken stop = default) => CallAsync(
        Operation.ListWebhooks, unit, HttpMethod.Get, Webhooks, null, null,
        whole => BodyReader.TryRead(whole.Body.Span, ApiJson.Default.WebhookListAnswer, out var answer)
            ? (IReadOnlyList<RegisteredWebhook>)[.. (answer.Webhooks ?? []).Where(hook => hook is { Id: not null, Url: not null }).Select(hook => new RegisteredWebhook(hook.Id!, hook.Url!, hook.Events ?? []))]
            : null,
        stop);

    /// <summary>Deletes a registered webhook.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="id">Its id: letters, digits and hyphens.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<CallOutcome<Done>> DeleteWebhookAsync(SalesUnit unit, string id, CancellationToken stop = default)
    {
        if (id is not { Length: > 0 and <= 100 } || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException("a webhook's id has 1 to 100 letters, digits and hyphens.", nameof(id));
        return CallAsync(Operation.DeleteWebhook, unit, HttpMethod.Delete, $"{Webhooks}/{id}", null, null, static _ => new Done(), stop);
    }

    /// <summary>Approves a payment in the customer's place. The test environment only; refused on production's host.</summary>
    public Task<CallOutcome<Done>> ForceApproveAsync(SalesUnit unit, string reference, string phoneNumber, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(unit);
        RequestRules.Reference(reference);
        RequestRules.PhoneNumber(phoneNumber);
        if (unit.BaseUrl.Host == "api.vipps.no")
            throw new ArgumentException("A payment can be approved by force in the test environment only.", nameof(unit));
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new ApproveBody(new CustomerBody(phoneNumber)), ApiJson.Default.ApproveBody);
        return CallAsync(Operation.ForceApprove, unit, HttpMethod.Post, $"epayment/v1/test/payments/{reference}/approve", body, null, static _ => new Done(), stop);
    }

    private static string PaymentPath(string reference)
    {
        RequestRules.Reference(reference);
        return $"{Payments}/{reference}";
    }

    private Task<CallOutcome<Payment>> AdjustAsync(Operation operation, SalesUnit unit, string reference, string verb, string key, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        RequestRules.Key(key);
        return CallAsync(operation, unit, HttpMethod.Post, $"{PaymentPath(reference)}/{verb}", body.IsEmpty ? null : body, key, whole => ReadPayment(whole, reference), stop);
    }

    private static Payment? ReadPayment(RawAnswer.Whole whole, string reference) =>
        Read(whole, ApiJson.Default.PaymentAnswer) is { } answer ? Payment.From(answer, reference, whole.ServerTime) : null;

    private static IReadOnlyList<PaymentEvent>? ReadEvents(RawAnswer.Whole whole) => Read(whole, ApiJson.Default.ListEventAnswer)?
        .Where(entry => entry is { Name: not null, Amount.Currency: not null })
        .Select(entry => new PaymentEvent(
            SafeText.Bounded(entry.Name!, 40), new Amount(entry.Amount!.Value, entry.Amount.Currency!), entry.Timestamp, SafeText.Identifier(entry.IdempotencyKey), entry.Success ?? true, SafeText.Identifier(entry.PspReference)))
        .ToList();

    private static T? Read<T>(RawAnswer.Whole whole, JsonTypeInfo<T> type)
        where T : class => BodyReader.TryRead(whole.Body.Span, type, out var value) ? value : null;

    private async Task<CallOutcome<T>> CallAsync<T>(
        Operation operation, SalesUnit unit, HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? key, Func<RawAnswer.Whole, T?> read, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var began = _time.GetTimestamp();
        RawAnswer answer;
        try
        {
            answer = await _limit.ExecuteAsync(async timeout => await TryAsync(unit, method, path, body, key, timeout, stop), stop);
        }
        catch (TimeoutRejectedException)
        {
            // Only if something above the exchange used up the time; the exchange itself answers its own time-out.
            answer = new RawAnswer.Unknown(UnknownKind.Timeout, "no answer in time");
        }

        return Outcome(operation, answer, read, _time.GetElapsedTime(began));
    }

    private async Task<RawAnswer> TryAsync(SalesUnit unit, HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? key, CancellationToken timeout, CancellationToken stop) =>
        await _newToken.ExecuteAsync(
            async _ =>
            {
                TokenSource.Fetched fetched;
                try
                {
                    fetched = await _tokens.GetAsync(unit, timeout, stop);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    return new RawAnswer.NotSent(NotSentKind.TokenUnavailable, "no token in time");
                }

                if (fetched.Token is not { } token)
                    return fetched.Instead!;
                var headers = new List<(string, string)> { ("Authorization", $"Bearer {token.Value}") };
                if (key is not null)
                    headers.Add(("Idempotency-Key", key));
                var answer = await _exchange.SendAsync(unit, method, path, body, headers, timeout, stop);
                if (answer is RawAnswer.Whole { Status: 401 })
                    _tokens.Refused(unit, token);
                return answer;
            },
            timeout);

    private static CallOutcome<T> Outcome<T>(Operation operation, RawAnswer answer, Func<RawAnswer.Whole, T?> read, TimeSpan duration)
    {
        switch (answer)
        {
            case RawAnswer.Whole { Status: >= 200 and < 300 } good:
                return read(good) is { } value
                    ? new Answered<T>(value) { Operation = operation, Duration = duration }
                    : new Unknown<T>(UnknownKind.UnreadableAnswer, $"HTTP {good.Status}, not readable") { Operation = operation, Duration = duration, Status = good.Status };
            case RawAnswer.Whole { Status: >= 400 and < 500 and not 408 } refused:
                var problem = ProblemReader.Read(refused.Status, refused.Body, refused.RetryAfter);
                return new Refused<T>(problem) { Operation = operation, Duration = duration, TraceId = problem.TraceId };
            case RawAnswer.Whole { Status: >= 500 or 408 } error:
                var fault = ProblemReader.Read(error.Status, error.Body, error.RetryAfter);
                return new Unknown<T>(UnknownKind.ServerError, $"HTTP {error.Status}") { Operation = operation, Duration = duration, Status = error.Status, Problem = fault, TraceId = fault.TraceId };
            case RawAnswer.Whole other:
                return new Unknown<T>(UnknownKind.UnreadableAnswer, $"HTTP {other.Status}") { Operation = operation, Duration = duration, Status = other.Status };
            case RawAnswer.Torn torn:
                return new Unknown<T>(UnknownKind.UnreadableAnswer, torn.Detail) { Operation = operation, Duration = duration, Status = torn.Status };
            case RawAnswer.NotSent notSent:
                return new NotSent<T>(notSent.Kind, notSent.Detail) { Operation = operation, Duration = duration, TokenProblem = notSent.TokenProblem, TraceId = notSent.TokenProblem?.TraceId };
            case RawAnswer.Unknown unknown:
                return new Unknown<T>(unknown.Kind, unknown.Detail) { Operation = operation, Duration = duration };
            default:
                throw new InvalidOperationException($"An answer of kind {answer.GetType().Name} has no outcome.");
        }
    }
}

/// <summary>Whether the receipt that is there says the same as ours.</summary>
public sealed record ReceiptComparison(bool Same);

/// <summary>A new webhook. The secret signs its deliveries and is not shown again by the service; <see cref="ToString"/> leaves it out.</summary>
public sealed record WebhookRegistration(string Id, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => $"WebhookRegistration {{ Id = {Id} }}";
}

/// <summary>A webhook as the service lists it.</summary>
public sealed record RegisteredWebhook(string Id, string Url, IReadOnlyList<string> Events);
