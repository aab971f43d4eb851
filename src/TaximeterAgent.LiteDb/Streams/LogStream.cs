using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.LiteDb.Streams;

/// <summary>
/// The log. LiteDB appends the pages of a transaction and takes it for committed when the last is written; it never flushes. Here they are gathered, and
/// <see cref="WriteOut"/> writes them as one record through to the disk: the file is open with O_SYNC. LiteDB sees a log of pages one after the other.
/// </summary>
/// <remarks>
/// A checkpoint empties it. The file is then written from its beginning again, over records that are in the data file already; those that are left behind the new ones do not
/// continue their chain. A log that is read again although the data file has all of it does no harm: it writes the same pages once more.
/// </remarks>
internal sealed class LogStream : PagedStream
{
    private static readonly byte[] s_nothingBefore = new byte[LogRecord.CheckLength];

    private readonly SafeFileHandle _file;
    private readonly DataStream _data;
    private readonly uint _process = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    // Where each page is in the file, by its place in the log as LiteDB sees it; after them those that are still to be written.
    private readonly List<long> _written = [];
    private readonly List<byte[]> _waiting = [];
    private byte[] _previous = s_nothingBefore;
    private long _sequence;
    private long? _outbox;

    private LogStream(SafeFileHandle file, DataStream data)
    {
        _file = file;
        _data = data;
    }

    public override long Length => (long)(_written.Count + _waiting.Count) * PageLayout.Size;

    /// <summary>Bytes of the file that hold what the data file does not have.</summary>
    public long FileLength { get; private set; }

    /// <summary>Pages that were committed and are not on the disk.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>How many pages the data file will have once it has all of this.</summary>
    public long PagesOfData { get; private set; }

    /// <param name="file">Open with O_SYNC.</param>
    /// <param name="data">Must be on the disk before this is emptied.</param>
    public static LogStream Open(SafeFileHandle file, DataStream data) => new(file, data);

    /// <summary>
    /// Brings what the file holds into the data file, and syncs that: each transaction that is whole, in order. Done before LiteDB sees either, because it would take a torn
    /// page of its header or of its log for whole. A second time it does the same again.
    /// </summary>
    /// <returns>How many records there were.</returns>
    /// <exception cref="InvalidDataException">It is the log of another data file.</exception>
    public int BringIn()
    {
        var header = new byte[LogRecord.Sector];
        var check = s_nothingBefore;
        var (at, count, made, last) = (0L, 0, 0L, 0L);
        while (RandomAccess.Read(_file, header, at) == header.Length && LogRecord.TryReadHeader(header, out var outbox, out var sequence, out var pages))
        {
            // Before anything is taken from a length that chance may have written.
            if (LogRecord.LengthOf(pages) > RandomAccess.GetLength(_file) - at || (count > 0 && (outbox != made || sequence != last + 1)))
                break;
            var content = new byte[pages * PageLayout.Size];
            if (RandomAccess.Read(_file, content, at + LogRecord.Sector) < content.Length || !LogRecord.IsWhole(check, header, content))
                break;
            if (count == 0)
                DemandBelongs(outbox);
            BringIn(content);
            (made, last, count, check) = (outbox, sequence, count + 1, LogRecord.CheckOf(header).ToArray());
            at += LogRecord.LengthOf(pages);
        }

        _sequence = last;
        _data.Flush();
        return count;
    }

    /// <summary>Takes room for a transaction; false where there is none.</summary>
    /// <param name="pages">How many pages it may have at most.</param>
    public bool TakeRoom(long pages)
    {
        const int atOnce = 1 << 20;
        var needed = FileLength + LogRecord.LengthOf(0) + ((_waiting.Count + pages) * PageLayout.Size);
        var length = RandomAccess.GetLength(_file);
        return length >= needed || Posix.TakeRoom(_file, length, (needed + atOnce - 1) / atOnce * atOnce) || Posix.TakeRoom(_file, length, needed);
    }

    /// <summary>Makes the file so much longer, where there is room.</summary>
    public void TakeMore(long bytes)
    {
        var length = RandomAccess.GetLength(_file);
        Posix.TakeRoom(_file, length, length + bytes);
    }

    /// <summary>All that was committed is on the disk when this returns.</summary>
    /// <exception cref="IOException">It is not known to be.</exception>
    public void WriteOut()
    {
        if (_waiting.Count == 0)
            return;
        var record = LogRecord.Make(_outbox ??= Outbox(), _sequence + 1, _process, _previous, _waiting);
        RandomAccess.Write(_file, record, FileLength);
        for (var i = 0; i < _waiting.Count; i++)
            _written.Add(FileLength + LogRecord.Sector + ((long)i * PageLayout.Size));
        _waiting.Clear();
        _sequence++;
        FileLength += record.Length;
        _previous = LogRecord.CheckOf(record).ToArray();
    }

    /// <summary>What it held is in the data file and must not be readable here any more; the room is given back.</summary>
    /// <exception cref="IOException">It is not known to be gone.</exception>
    public void Erase()
    {
        BeginAnew();
        if (RandomAccess.GetLength(_file) == 0)
            return;
        RandomAccess.SetLength(_file, 0);
        RandomAccess.FlushToDisk(_file);
    }

    public override void Flush()
    {
        // LiteDB has nothing to say here: WriteOut does it.
    }

    public override void SetLength(long value)
    {
        if (value != 0)
            throw new NotSupportedException("A log is emptied, or grows by pages.");
        _data.Flush();
        BeginAnew();
    }

    protected override int ReadAt(long position, Span<byte> buffer)
    {
        var page = (int)(position / PageLayout.Size);
        if (page >= _written.Count + _waiting.Count)
            return 0;
        if (page >= _written.Count)
        {
            _waiting[page - _written.Count].CopyTo(buffer);
            return PageLayout.Size;
        }

        return RandomAccess.Read(_file, buffer[..PageLayout.Size], _written[page]);
    }

    protected override void WritePage(long position, ReadOnlySpan<byte> page)
    {
        if (position != Length)
            throw new NotSupportedException("A log only grows.");
        _waiting.Add(page.ToArray());
        PagesOfData = Math.Max(PagesOfData, PageLayout.NumberOf(page) + 1L);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    private void BringIn(byte[] content)
    {
        var pages = Enumerable.Range(0, content.Length / PageLayout.Size).Select(i => content.AsMemory(i * PageLayout.Size, PageLayout.Size)).ToList();
        // A record holds whole transactions; what was not committed is not carried out.
        var confirmed = pages.Where(page => PageLayout.IsConfirmed(page.Span)).Select(page => PageLayout.TransactionOf(page.Span)).ToHashSet();
        foreach (var page in pages.Where(page => confirmed.Contains(PageLayout.TransactionOf(page.Span))))
        {
            PageLayout.Settle(page.Span);
            _data.Position = (long)PageLayout.NumberOf(page.Span) * PageLayout.Size;
            _data.Write(page.ToArray(), 0, PageLayout.Size);
        }
    }

    private void BeginAnew()
    {
        _written.Clear();
        _waiting.Clear();
        _previous = s_nothingBefore;
        FileLength = 0;
        PagesOfData = 0;
    }

    private long Outbox()
    {
        var header = new byte[PageLayout.Size];
        _data.Position = 0;
        return _data.Read(header, 0, header.Length) == header.Length ? PageLayout.FileMadeAt(header) : 0;
    }

    // A header that a power cut has torn is brought back by the log, and says nothing.
    private void DemandBelongs(long outbox)
    {
        var header = new byte[PageLayout.Size];
        _data.Position = 0;
        if (_data.Read(header, 0, header.Length) == header.Length && PageLayout.IsFileHeader(header) && PageLayout.FileMadeAt(header) != outbox)
            throw new InvalidDataException("its log belongs to another outbox");
    }
}
