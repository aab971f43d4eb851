using System.Buffers.Binary;

namespace TaximeterAgent.LiteDb.Streams;

/// <summary>What of a page of LiteDB 5 the streams below it have to know (file format 8, LiteDB 5.0.21: <c>BasePage</c>, <c>HeaderPage</c>). Numbers are little-endian.</summary>
/// <remarks>
/// <code>
///   0  4  the page's number; it stands at number × 8192 in the data file
///   4  1  its type: 0 empty, 1 header, 2 collection, 3 index, 4 data
///  14  4  the transaction that wrote it, in the log
///  18  1  1 in the last page of a transaction: it is complete
///  30  1  the highest slot in use; 255 if none is
///  32     content: blocks, and from the end of the page backwards a slot of 4 bytes for each: length, position
/// In the header page:
///  32 27  "** This is a LiteDB file **"
///  59  1  the format's version, 8
///  68  8  when the file was made: ticks of .NET
/// </code>
/// </remarks>
internal static class PageLayout
{
    public const int Size = 8192;

    public const int HeaderLength = 32;

    private const int TypeAt = 4;
    private const int TransactionAt = 14;
    private const int ConfirmedAt = 18;
    private const int HighestSlotAt = 30;
    private const int VersionAt = 59;
    private const int MadeAt = 68;
    private const int SlotLength = 4;
    private const byte NoSlot = 255;
    private const byte FormatVersion = 8;
    private const byte Empty = 0;
    private const byte Data = 4;

    private static ReadOnlySpan<byte> FileMark => "** This is a LiteDB file **"u8;

    /// <summary>True if it is the first page of a data file that LiteDB 5 can open.</summary>
    public static bool IsFileHeader(ReadOnlySpan<byte> page) => page.Length >= Size && page[HeaderLength..].StartsWith(FileMark) && page[VersionAt] == FormatVersion;

    /// <summary>When the data file was made: by that its log is known.</summary>
    public static long FileMadeAt(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[MadeAt..]);

    public static uint NumberOf(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page);

    public static uint TransactionOf(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page[TransactionAt..]);

    public static bool IsConfirmed(ReadOnlySpan<byte> page) => page[ConfirmedAt] != 0;

    /// <summary>A page of the log as it is in the data file.</summary>
    public static void Settle(Span<byte> page)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page[TransactionAt..], uint.MaxValue);
        page[ConfirmedAt] = 0;
    }

    /// <summary>
    /// Writes zeros over what is not in use: LiteDB leaves the rest of a document there that became shorter or was moved within its page. Only of pages that can hold documents.
    /// </summary>
    public static void EraseUnused(Span<byte> page)
    {
        if (page[TypeAt] == Empty)
            page[HeaderLength..].Clear();
        if (page[TypeAt] != Data)
            return;
        var slots = page[HighestSlotAt] == NoSlot ? 0 : page[HighestSlotAt] + 1;
        var end = Size - (slots * SlotLength);
        Span<(int From, int To)> used = stackalloc (int, int)[slots];
        var count = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            var at = Size - ((slot + 1) * SlotLength);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(page[at..]);
            var position = BinaryPrimitives.ReadUInt16LittleEndian(page[(at + 2)..]);
            if (length == 0)
                continue;
            if (position < HeaderLength || position + length > end)
                throw new InvalidDataException($"page {NumberOf(page)}: slot {slot} is out of the page");
            used[count++] = (position, position + length);
        }

        used = used[..count];
        used.Sort(static (a, b) => a.From.CompareTo(b.From));
        var free = HeaderLength;
        foreach (var (from, to) in used)
        {
            if (from > free)
                page[free..from].Clear();
            free = Math.Max(free, to);
        }

        page[free..end].Clear();
    }
}
