namespace TaximeterAgent.LiteDb.Streams;

/// <summary>What LiteDB's engine is given for a file. It reads and writes whole pages at whole pages' places, and locks the stream meanwhile.</summary>
internal abstract class PagedStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => true;

    public sealed override bool CanWrite => true;

    public sealed override long Position { get; set; }

    public sealed override int Read(byte[] buffer, int offset, int count)
    {
        var read = ReadAt(Position, buffer.AsSpan(offset, count));
        Position += read;
        return read;
    }

    public sealed override void Write(byte[] buffer, int offset, int count)
    {
        if (count != PageLayout.Size || Position % PageLayout.Size != 0)
            throw new NotSupportedException($"{count} bytes at {Position} are no page.");
        WritePage(Position, buffer.AsSpan(offset, count));
        Position += count;
    }

    public sealed override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

    protected abstract int ReadAt(long position, Span<byte> buffer);

    protected abstract void WritePage(long position, ReadOnlySpan<byte> page);
}
