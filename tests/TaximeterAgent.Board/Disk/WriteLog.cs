using System.Buffers.Binary;
using System.Globalization;

namespace TaximeterAgent.Board.Disk;

/// <summary>
/// Reads what QEMU's <c>blklogwrites</c> wrote: the kernel's dm-log-writes format, a superblock, then for each request a header of one sector and its bytes. The superblock is
/// renewed after each entry, so that what it does not count was never answered to the guest.
/// </summary>
internal static class WriteLog
{
    public const int SectorSize = 512;

    private const ulong Magic = 0x6a736677736872;
    private const ulong Flush = 1;
    private const ulong Through = 2;
    private const ulong Known = Flush | Through;

    /// <exception cref="InvalidDataException">It is no such log, or not whole; the message says where.</exception>
    public static IReadOnlyList<LoggedWrite> Read(Stream log)
    {
        var sector = new byte[SectorSize];
        if (log.ReadAtLeast(sector, SectorSize, throwOnEndOfStream: false) < SectorSize)
            return []; // cut before the board wrote anything
        if (Number(sector, 0) != Magic)
            throw new InvalidDataException("the disk's log does not begin as one");
        if (Number(sector, 8) != 1 || BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(24)) != SectorSize)
            throw new InvalidDataException("the disk's log has another version or sector size");
        ulong count = Number(sector, 16);
        var writes = new List<LoggedWrite>();
        long at = SectorSize;
        for (ulong entry = 0; entry < count; entry++)
        {
            log.Position = at;
            if (log.ReadAtLeast(sector, SectorSize, throwOnEndOfStream: false) < SectorSize)
                throw Broken(entry, "is missing");
            (ulong where, ulong sectors, ulong flags) = (Number(sector, 0), Number(sector, 8), Number(sector, 16));
            if ((flags & ~Known) != 0)
                throw Broken(entry, $"has flags {flags:x} that no board's disk uses");
            // A disk has one request at a time (docs/board.md), so there is no hole; one that was there would read as a write of nothing.
            if (sectors == 0 && (flags & Flush) == 0)
                throw Broken(entry, "is a hole");
            long length = checked((long)sectors * SectorSize);
            at += SectorSize;
            if (at + length > log.Length)
                throw Broken(entry, "is cut off");
            writes.Add(new LoggedWrite(checked((long)where * SectorSize), checked((int)length), at, (flags & Flush) != 0, (flags & Through) != 0));
            at += length;
        }

        return writes;
    }

    private static ulong Number(byte[] sector, int at) => BinaryPrimitives.ReadUInt64LittleEndian(sector.AsSpan(at));

    private static InvalidDataException Broken(ulong entry, string how) => new(string.Create(CultureInfo.InvariantCulture, $"entry {entry} of the disk's log {how}"));
}
