using System.Net.Http.Headers;

namespace TaximeterAgent.EPayment;

/// <summary>Makes one HTTP exchange and says what came of it. Nothing the network does leaves here as an exception.</summary>
internal sealed class Exchange(HttpMessageInvoker http, EPaymentOptions options, TimeProvider time)
{
    /// <summary>Answers are a few hundred bytes; what is larger is not an answer.</summary>
    public const int BodyMaximum = 256 * 1024;

    private static readonly TimeSpan s_retryAfterMost = TimeSpan.FromHours(1);

    /// <param name="unit">Host and sales unit.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Below the host.</param>
    /// <param name="body">Null for a call that has none.</param>
    /// <param name="headers">Besides those that every call has.</param>
    /// <param name="timeout">Cancelled when the try has lasted long enough.</param>
    /// <param name="caller">Cancelled when the caller no longer wants it.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RawAnswer> SendAsync(
        SalesUnit unit, HttpMethod method, string path, ReadOnlyMemory<byte>? body, IReadOnlyList<(string Name, string Value)> headers, CancellationToken timeout, CancellationToken caller)
    {
        // A POST without body has one of no bytes, which tells as much.
        var tracked = method == HttpMethod.Post ? new TrackedBody(body ?? default, body is null ? null : "application/json") : null;
        using var request = new HttpRequestMessage(method, unit.Resolve(path)) { Content = tracked };
        AddHeaders(request, unit, headers);
        try
        {
            using var response = await http.SendAsync(request, timeout);
            return await ReadAsync(response, timeout);
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException e)
        {
            return tracked is { Begun: false }
                ? new RawAnswer.NotSent(NotSentKind.Connect, "no connection in time")
                : new RawAnswer.Unknown(UnknownKind.Timeout, e.InnerException is TimeoutException ? "no answer, or no connection, in time" : "no answer in time");
        }
        catch (HttpRequestException e)
        {
            return Classify(e, tracked);
        }
        catch (IOException e)
        {
            return new RawAnswer.Unknown(UnknownKind.Broken, SafeText.Bounded(e.GetType().Name, 100));
        }
    }

    private static RawAnswer Classify(HttpRequestException e, TrackedBody? body)
    {
        var detail = $"{e.HttpRequestError}{(e.InnerException is { } inner ? $" ({inner.GetType().Name})" : "")}";
        return e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError when body is not { Begun: true } => new RawAnswer.NotSent(NotSentKind.NameResolution, detail),
            HttpRequestError.ConnectionError when body is not { Begun: true } => new RawAnswer.NotSent(NotSentKind.Connect, detail),
            HttpRequestError.SecureConnectionError when body is not { Begun: true } => new RawAnswer.NotSent(NotSentKind.Tls, detail),
            _ when body is { Begun: false } => new RawAnswer.NotSent(NotSentKind.Connect, detail),
            _ => new RawAnswer.Unknown(UnknownKind.Broken, detail),
        };
    }

    private async Task<RawAnswer> ReadAsync(HttpResponseMessage response, CancellationToken timeout)
    {
        var status = (int)response.StatusCode;
        var buffer = new MemoryStream();
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(timeout);
            var part = new byte[8192];
            int read;
            while ((read = await stream.ReadAsync(part, timeout)) > 0)
            {
                if (buffer.Length + read > BodyMaximum)
                    return new RawAnswer.Torn(status, $"more than {BodyMaximum} bytes");
                buffer.Write(part, 0, read);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new RawAnswer.Torn(status, $"broke off ({e.GetType().Name})");
        }

        return new RawAnswer.Whole(status, buffer.ToArray(), RetryAfter(response.Headers.RetryAfter), response.Headers.Date);
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is not { } asked ? null : asked < TimeSpan.Zero ? TimeSpan.Zero : asked > s_retryAfterMost ? s_retryAfterMost : asked;
    }

    private void AddHeaders(HttpRequestMessage request, SalesUnit unit, IReadOnlyList<(string Name, string Value)> headers)
    {
        request.Headers.Add("Ocp-Apim-Subscription-Key", options.SubscriptionKey);
        request.Headers.Add("Merchant-Serial-Number", unit.MerchantSerialNumber);
        request.Headers.Add("Vipps-System-Name", options.SystemName);
        request.Headers.Add("Vipps-System-Version", options.SystemVersion);
        request.Headers.Add("Vipps-System-Plugin-Name", options.PluginName);
        request.Headers.Add("Vipps-System-Plugin-Version", options.PluginVersion);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
    }
}
