using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TaximeterAgent.Outbox.Journal;

/// <summary>
/// One record of the journal: a header of 48 bytes, the content, and zeros to the end of the sector, so that no later write touches a sector that holds a synced one.
/// Numbers are little-endian.
/// </summary>
/// <remarks>
/// <code>
///  0   8  "TXMJRNL1"
///  8   8  which outbox it belongs to
/// 16   8  its sequence number; the first of all is 1
/// 24   4  the content's length
/// 28   4  a random number of the process that wrote it
/// 32  16  the first half of a SHA-256 of: the check of the record before it, bytes 0 to 31, the content
/// </code>
/// The check of the record before it makes a chain: what a process left unsynced and lost its beginning of is never taken for the continuation of what was written
/// in its place later.
/// </remarks>
internal static class JournalRecord
{
    /// <summary>What a disk may destroy around a write; SQLite takes the same.</summary>
    public const int Sector = 4096;

    public const int HeaderLength = 48;

    public const int CheckLength = 16;

    private const int CheckAt = 32;

    private static ReadOnlySpan<byte> Magic => "TXMJRNL1"u8;

    /// <summary>Its length with header and padding.</summary>
    public static int LengthOf(int content) => (HeaderLength + content + Sector - 1) / Sector * Sector;

    public static byte[] Make(long outbox, long sequence, uint process, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> content)
    {
        var record = new byte[LengthOf(content.Length)];
        Magic.CopyTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), outbox);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), sequence);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(24), content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(28), process);
        content.CopyTo(record.AsSpan(HeaderLength));
        Check(previous, record.AsSpan(0, CheckAt), content).CopyTo(record.AsSpan(CheckAt));
        return record;
    }

    /// <summary>Reads a header; false if it is none.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out long outbox, out long sequence, out int length)
    {
        (outbox, sequence, length) = (0, 0, 0);
        if (header.Length < HeaderLength || !header.StartsWith(Magic))
            return false;
        outbox = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        length = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        return length >= 0;
    }

    /// <summary>True if header and content are as they were written, after a record with the check <paramref name="previous"/>.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> header, ReadOnlySpan<byte> content) =>
        CheckOf(header).SequenceEqual(Check(previous, header[..CheckAt], content));

    public static ReadOnlySpan<byte> CheckOf(ReadOnlySpan<byte> record) => record.Slice(CheckAt, CheckLength);

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> header, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(header);
        hash.AppendData(content);
        return hash.GetHashAndReset().AsSpan(0, CheckLength);
    }
}
