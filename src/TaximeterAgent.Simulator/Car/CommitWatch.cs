using System.Buffers.Binary;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// Counts the commits of the agent's store from outside: the records of its journal, or, of a store without one, the transactions of SQLite's write-ahead log, which
/// holds a frame per page written, the last frame of each transaction with the database's size. Both are watched by inotify and read as their formats say; the agent
/// knows nothing of it.
/// </summary>
internal sealed class CommitWatch : IDisposable
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;

    private readonly string _directory;
    private readonly Action<int> _counted;
    private readonly DescriptorReader _events;
    private readonly Lock _gate = new();
    private readonly byte[] _header = new byte[HeaderSize];
    private long _next = HeaderSize;
    private readonly JournalWatch _journal = new();
    private int _inThisLog;
    private int _inEarlierLogs;

    /// <param name="directory">The agent's outbox directory; must exist. Its only <c>*.journal</c>, <c>*.litedb-log</c> or <c>*-wal</c> file is the log.</param>
    /// <param name="counted">Called on the watch's thread with the number of commits so far, each time that it has grown.</param>
    public CommitWatch(string directory, Action<int> counted)
    {
        _directory = directory;
        _counted = counted;
        _events = new DescriptorReader(Posix.WatchDirectory(directory), "commit watch", _ => Look());
    }

    /// <summary>Commits so far; reads the log once more.</summary>
    public int Count()
    {
        lock (_gate)
        {
            Read();
            return Total;
        }
    }

    public void Dispose() => _events.Dispose();

    private int Total => _journal.Records > 0 ? _journal.Records : _inEarlierLogs + _inThisLog;

    private void Look()
    {
        int before;
        int now;
        lock (_gate)
        {
            before = Total;
            Read();
            now = Total;
        }

        if (now > before)
            _counted(now);
    }

    private void Read()
    {
        string? journal = Directory.EnumerateFiles(_directory, "*.journal").Concat(Directory.EnumerateFiles(_directory, "*.litedb-log")).FirstOrDefault();
        string? path = journal ?? Directory.EnumerateFiles(_directory, "*-wal").FirstOrDefault();
        if (path is null)
        {
            StartOver();
            return;
        }

        try
        {
            using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (journal is null)
                Read(log);
            else
                _journal.Read(log);
        }
        catch (FileNotFoundException)
        {
            StartOver(); // the last connection closed and took the log away
        }
    }

    private void Read(FileStream log)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (log.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
        {
            StartOver();
            return;
        }

        if (!header.SequenceEqual(_header))
        {
            StartOver();
            header.CopyTo(_header);
        }

        long frameSize = FrameHeaderSize + BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        ReadOnlySpan<byte> salts = header.Slice(16, 8);
        Span<byte> frame = stackalloc byte[FrameHeaderSize];
        while (log.Length >= _next + frameSize)
        {
            log.Position = _next;
            log.ReadExactly(frame);
            if (!frame.Slice(8, 8).SequenceEqual(salts))
                return; // left over from before the log was begun anew
            if (BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) != 0)
                _inThisLog++;
            _next += frameSize;
        }
    }

    private void StartOver()
    {
        _inEarlierLogs += _inThisLog;
        _inThisLog = 0;
        _next = HeaderSize;
        Array.Clear(_header);
    }
}
