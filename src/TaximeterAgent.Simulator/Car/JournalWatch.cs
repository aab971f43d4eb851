using System.Buffers.Binary;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// Counts the records of the agent's journal (<c>*.journal</c>) from outside, by their published format: each begins a sector of 4096 bytes with a header that has the
/// store's number, the record's own and its length. When all is in the database the agent begins at the top of the file again.
/// </summary>
internal sealed class JournalWatch
{
    private const int Sector = 4096;
    private const int HeaderSize = 48;

    private long _next;
    private long _store;
    private long _last;

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
        if (journal.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header.StartsWith("TXMJRNL1"u8))
            return false;
        long store = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        bool another = at == 0 && store != _store;
        if (!another && (store != _store || sequence != _last + 1))
            return false;
        Records++;
        (_store, _last) = (store, sequence);
        long end = at + HeaderSize + BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        _next = (end + Sector - 1) / Sector * Sector;
        return true;
    }
}
