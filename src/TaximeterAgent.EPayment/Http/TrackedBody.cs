using System.Net;
using System.Net.Http.Headers;

namespace TaximeterAgent.EPayment;

/// <summary>
/// A body that knows whether any of it may have left. As long as it was not asked for, the server cannot have had a whole request, so nothing was done; this is how
/// "never sent" is told from "may have happened" where an error alone does not say.
/// </summary>
internal sealed class TrackedBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> _bytes;

    public TrackedBody(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        _bytes = bytes;
        if (contentType is not null)
            Headers.ContentType = new MediaTypeHeaderValue(contentType);
    }

    /// <summary>True once the bytes were handed to a connection, even if that broke at once.</summary>
    public bool Begun { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Begun = true;
        await stream.WriteAsync(_bytes);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
