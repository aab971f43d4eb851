using System.Net.Http;
using System.Net.Sockets;

namespace TaximeterAgent.EPayment;

/// <summary>
/// Decides whether a failed exchange provably never reached the server. In doubt it may have: a wrong "not sent" could charge a customer twice, a wrong
/// "unknown" costs one read.
/// </summary>
internal static class SendFailure
{
    /// <param name="error">What the transport threw before there was an answer.</param>
    /// <param name="body">The request's body, null for GET and DELETE.</param>
    /// <param name="isSockets">Whether the transport is known to ask for the body before it writes a byte (<see cref="ExactBody"/>); an unknown handler proves
    /// nothing by not asking.</param>
    /// <param name="timedOut">Whether the try's own time had run out.</param>
    internal static RawResult Classify(Exception error, ExactBody? body, bool isSockets, bool timedOut)
    {
        var detail = Describe(error, timedOut);
        if (body is { Taken: true }) return new RawResult.Unknown(timedOut ? UnknownKind.Timeout : UnknownKind.Broken, detail);
        if (error is HttpRequestException { HttpRequestError: var kind } && !timedOut)
        {
            switch (kind)
            {
                case HttpRequestError.NameResolutionError:
                    return new RawResult.NotSent(NotSentKind.NameResolution, detail);
                case HttpRequestError.SecureConnectionError:
                    return new RawResult.NotSent(NotSentKind.Tls, detail);
                case HttpRequestError.ConnectionError:
                case HttpRequestError.ProxyTunnelError:
                    return new RawResult.NotSent(NotSentKind.Connect, detail);
            }
        }

        // A cancellation that is neither the caller's nor the try's is ConnectTimeout: the transport has no other clock of its own.
        var connectTimeout = error is OperationCanceledException && !timedOut;
        if (isSockets && (body is { Taken: false } || connectTimeout)) return new RawResult.NotSent(NotSentKind.Connect, detail);
        return new RawResult.Unknown(timedOut || connectTimeout ? UnknownKind.Timeout : UnknownKind.Broken, detail);
    }

    /// <summary>Type and error names only: a message may hold a header's value.</summary>
    internal static string Describe(Exception error, bool timedOut)
    {
        var parts = new List<string>();
        if (timedOut) parts.Add("no answer in time");
        for (Exception? e = error; e is not null && parts.Count < 5; e = e.InnerException)
        {
            parts.Add(e switch
            {
                HttpRequestException http => $"{nameof(HttpRequestException)} {http.HttpRequestError}",
                SocketException socket => $"{nameof(SocketException)} {socket.SocketErrorCode}",
                _ => e.GetType().Name,
            });
        }

        return SafeText.Bounded(string.Join(" < ", parts), 200);
    }

    /// <summary>Whether the chain of handlers ends in the platform's own sockets.</summary>
    internal static bool EndsInSockets(HttpMessageHandler? handler)
    {
        for (var depth = 0; depth < 16; depth++)
        {
            switch (handler)
            {
                case SocketsHttpHandler or HttpClientHandler:
                    return true;
                case DelegatingHandler delegating:
                    handler = delegating.InnerHandler;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
