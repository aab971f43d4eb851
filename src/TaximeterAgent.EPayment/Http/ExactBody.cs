using System.Net;
using System.Net.Http.Headers;

namespace TaximeterAgent.EPayment;

/// <summary>
/// The exact bytes of a request, and whether the transport has asked for them. Over HTTP/1.1 <see cref="SocketsHttpHandler"/> gathers the headers in memory,
/// asks for the body, and flushes only then; so while <see cref="Taken"/> is false not one byte of the request has been written. It also keeps the platform
/// from its own retry: a request without content is sent again by itself when a pooled connection turns out closed, one with content (an empty one too) never
/// is.
/// </summary>
internal sealed class ExactBody : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly ReadOnlyMemory<byte> _bytes;
    private volatile bool _taken;

    internal ExactBody(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        if (!bytes.IsEmpty) Headers.ContentType = Json;
    }

    internal bool Taken => _taken;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _taken = true;
        return stream.WriteAsync(_bytes, cancellationToken).AsTask();
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _taken = true;
        stream.Write(_bytes.Span);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
