using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.LiteDb.Streams;

/// <summary>
/// The data file. LiteDB flushes it at the end of a checkpoint, before it empties the log: a flush reaches the disk here. What is not in use of a page is written as zeros, so
/// that what was removed is in the file no more.
/// </summary>
internal sealed class DataStream(SafeFileHandle file) : PagedStream
{
    private bool _unsynced;
    private bool _closed;

    public override long Length => RandomAccess.GetLength(file) / PageLayout.Size * PageLayout.Size;

    /// <summary>Nothing is written any more, whatever the engine does when it is closed after a failure.</summary>
    public void Freeze() => _closed = true;

    /// <summary>Takes room for so many pages; false where there is none.</summary>
    public bool TakeRoom(long pages)
    {
        var length = RandomAccess.GetLength(file);
        return length >= pages * PageLayout.Size || Posix.TakeRoom(file, length, pages * PageLayout.Size);
    }

    public override void Flush()
    {
        if (!_unsynced || _closed)
            return;
        RandomAccess.FlushToDisk(file);
        _unsynced = false;
    }

    public override void SetLength(long value)
    {
        if (_closed)
            return;
        _unsynced = true;
        RandomAccess.SetLength(file, value);
    }

    protected override int ReadAt(long position, Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(file, buffer[read..], position + read) is > 0 and var count)
            read += count;
        return read;
    }

    protected override void WritePage(long position, ReadOnlySpan<byte> page)
    {
        if (_closed)
            return;
        var written = page.ToArray();
        PageLayout.EraseUnused(written);
        _unsynced = true;
        RandomAccess.Write(file, written, position);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
