using System.Net;
using System.Security.Authentication;

namespace TaximeterAgent.Telemetry.Otlp;

/// <summary>Sees what comes of each sending, which the exporter tells nobody, and keeps traces for which the collector was away. On the exporter's threads, which it makes wait and nobody else.</summary>
/// <param name="inner">What sends.</param>
/// <param name="status">What is told.</param>
/// <param name="kept">Shared by all handlers of a collector: whichever gets through takes along what the others could not send.</param>
/// <param name="keeps">True for traces.</param>
internal sealed class WatchedHandler(HttpMessageHandler inner, ExportStatus status, KeptTraces kept, bool keeps) : DelegatingHandler(inner)
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = Once(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Keep(request);
            throw;
        }

        if (IsLater(answer.StatusCode))
            Keep(request);
        else if (answer.IsSuccessStatusCode)
            kept.SendAll(request.Headers, again => SentAgain(again, cancellationToken));
        return answer;
    }

    // The exporter sends on its own threads and waits there; nothing else uses this client.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));

    private HttpResponseMessage Once(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = base.Send(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
                status.Sent();
            else
                status.Failed($"it answers {(int)answer.StatusCode}");
            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            status.Failed(e is OperationCanceledException ? "no answer in time" : Why(e));
            throw;
        }
    }

    // Of a handshake that failed only the innermost says why.
    private static string Why(Exception e) => e.InnerException is AuthenticationException refused ? $"no TLS: {refused.GetBaseException().Message}" : e.InnerException?.Message ?? e.Message;

    private bool SentAgain(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = Once(request, cancellationToken);
            return !IsLater(answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Keep(HttpRequestMessage request)
    {
        if (!keeps || request is not { RequestUri: { } to, Content: { } content })
            return;
        using var body = new MemoryStream();
        content.CopyTo(body, null, CancellationToken.None);
        kept.Keep(to, body.ToArray());
    }

    // As OTLP has it: these may be tried again, every other refusal is for good.
    private static bool IsLater(HttpStatusCode code) =>
        code is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
