namespace TaximeterAgent.EPayment;

/// <summary>Reads an answer's body, decompressed, up to a limit.</summary>
internal static class BoundedBody
{
    /// <summary>The most that is read of an answer: 256 KiB. A payment with a hundred events is a tenth of it.</summary>
    internal const int Most = 256 * 1024;

    /// <summary>The body, or null if it is larger than <see cref="Most"/>.</summary>
    internal static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > Most) return null;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[4096];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > Most) return null;
                // One byte above the limit is enough to know that there is more.
                Array.Resize(ref buffer, Math.Min(buffer.Length * 4, Most + 1));
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0) break;
            length += read;
        }

        if (length > Most) return null;
        Array.Resize(ref buffer, length);
        return buffer;
    }
}
