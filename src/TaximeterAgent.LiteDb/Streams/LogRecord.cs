using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TaximeterAgent.LiteDb.Streams;

/// <summary>
/// What one write to the log holds: a sector with a header, and the pages of the transactions that it makes durable. Numbers are little-endian.
/// </summary>
/// <remarks>
/// <code>
///  0   8  "TXMLDBL1"
///  8   8  when the data file was made that it belongs to
/// 16   8  its sequence number; ascending for as long as the file is not emptied
/// 24   4  how many pages follow
/// 28   4  a random number of the process that wrote it
/// 32  16  the first half of a SHA-256 of: the check of the record before it, bytes 0 to 31, the pages
/// </code>
/// LiteDB's own log has no checks: a page that a power cut has torn would be taken for whole. The check of the record before makes a chain, as in the journal before SQLite.
/// </remarks>
internal static class LogRecord
{
    /// <summary>What a disk may destroy around a write.</summary>
    public const int Sector = 4096;

    public const int CheckLength = 16;

    private const int CheckAt = 32;

    private static ReadOnlySpan<byte> Magic => "TXMLDBL1"u8;

    /// <summary>In bytes.</summary>
    public static long LengthOf(int pages) => Sector + ((long)pages * PageLayout.Size);

    public static byte[] Make(long outbox, long sequence, uint process, ReadOnlySpan<byte> previous, IReadOnlyList<byte[]> pages)
    {
        var record = new byte[LengthOf(pages.Count)];
        Magic.CopyTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), outbox);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), sequence);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(24), pages.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(28), process);
        for (var i = 0; i < pages.Count; i++)
            pages[i].CopyTo(record, Sector + (i * PageLayout.Size));
        Check(previous, record.AsSpan(0, CheckAt), record.AsSpan(Sector)).CopyTo(record.AsSpan(CheckAt));
        return record;
    }

    /// <summary>Reads a header; false if it is none.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out long outbox, out long sequence, out int pages)
    {
        (outbox, sequence, pages) = (0, 0, 0);
        if (header.Length < Sector || !header.StartsWith(Magic))
            return false;
        outbox = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        pages = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        return pages > 0;
    }

    /// <summary>True if header and pages are as they were written, after a record with the check <paramref name="previous"/>.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> header, ReadOnlySpan<byte> pages) =>
        CheckOf(header).SequenceEqual(Check(previous, header[..CheckAt], pages));

    public static ReadOnlySpan<byte> CheckOf(ReadOnlySpan<byte> record) => record.Slice(CheckAt, CheckLength);

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> header, ReadOnlySpan<byte> pages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(header);
        hash.AppendData(pages);
        return hash.GetHashAndReset().AsSpan(0, CheckLength);
    }
}
