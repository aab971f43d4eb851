using System.Net.Http.Headers;

namespace TaximeterAgent.Telemetry.Otlp;

/// <summary>
/// Keeps traces that could not be sent, and sends them when the collector takes something again: a car is in tunnels, and what happened in one is what somebody will want
/// to see. The exporter itself would drop them. Metrics need no keeping: the next sending has all of it. From any thread.
/// </summary>
internal sealed class KeptTraces(ExportStatus status)
{
    /// <summary>Bytes kept at most; the oldest are dropped, and counted. A paid trip has some four kilobytes.</summary>
    public const int Maximum = 1024 * 1024;

    private readonly Lock _one = new();
    private readonly Queue<(Uri To, byte[] Body)> _kept = new();
    private long _bytes;
    private bool _sending;

    public void Keep(Uri to, byte[] body)
    {
        lock (_one)
        {
            _kept.Enqueue((to, body));
            _bytes += body.Length;
            while (_bytes > Maximum)
            {
                _bytes -= _kept.Dequeue().Body.Length;
                status.Dropped();
            }
        }
    }

    /// <summary>Sends what was kept, one after the other, for as long as it is taken.</summary>
    /// <param name="headers">What the collector wants to see with each.</param>
    /// <param name="send">Sends one; true if it was taken, or will never be.</param>
    public void SendAll(HttpRequestHeaders headers, Func<HttpRequestMessage, bool> send)
    {
        lock (_one)
        {
            if (_sending)
                return;
            _sending = true;
        }

        try
        {
            while (Next() is var (to, body) && body is not null)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } } };
                foreach (var (name, values) in headers)
                    request.Headers.TryAddWithoutValidation(name, values);
                if (!send(request))
                    return;
                Sent(body);
            }
        }
        finally
        {
            lock (_one)
                _sending = false;
        }
    }

    private (Uri? To, byte[]? Body) Next()
    {
        lock (_one)
            return _kept.TryPeek(out var next) ? next : default;
    }

    private void Sent(byte[] body)
    {
        lock (_one)
        {
            // Dropped for want of room meanwhile: it was counted as that.
            if (!_kept.TryPeek(out var first) || !ReferenceEquals(first.Body, body))
                return;
            _kept.Dequeue();
            _bytes -= body.Length;
        }
    }
}
