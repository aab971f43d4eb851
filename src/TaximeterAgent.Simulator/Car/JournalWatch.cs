using System.Buffers.Binary;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// Counts the records of the agent's journal (<c>*.journal</c>) from outside, by their published format: each begins a sector of 4096 bytes with a header that has the
/// store's number, the record's own and its length. When all is in the database the agent begins at the top of the file again. The log before LiteDB
/// (<c>*.litedb-log</c>) is the same but for what follows the header: pages, from the next sector on.
/// </summary>
internal sealed class JournalWatch
{
    private const int Sector = 4096;
    private const int HeaderSize = 48;
    private const int PageOfLiteDb = 8192;

    private long _next;
    private long _store;
    private long _last;
    private uint _process;

    /// <summary>So far.</summary>
    public int Records { get; private set; }

    /// <summary>Reads on.</summary>
    public void Read(FileStream journal)
    {
        while (TryRead(journal, _next) || (_next > 0 && TryRead(journal, 0)))
        {
        }
    }

    private bool TryRead(FileStream journal, long at)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        journal.Position = at;
        if (journal.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !(header.StartsWith("TXMJRNL1"u8) || header.StartsWith("TXMLDBL1"u8)))
            return false;
        long store = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        uint process = BinaryPrimitives.ReadUInt32LittleEndian(header[28..]);
        // A log that was emptied begins with the first record again, of another process.
        bool another = at == 0 && (store != _store || (sequence == 1 && process != _process));
        if (!another && (store != _store || sequence != _last + 1))
            return false;
        Records++;
        (_store, _last, _process) = (store, sequence, process);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        long end = header.StartsWith("TXMLDBL1"u8) ? at + Sector + ((long)length * PageOfLiteDb) : at + HeaderSize + length;
        _next = (end + Sector - 1) / Sector * Sector;
        return true;
    }
}
