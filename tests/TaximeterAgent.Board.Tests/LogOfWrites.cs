using System.Buffers.Binary;
using TaximeterAgent.Board.Disk;

namespace TaximeterAgent.Board.Tests;

/// <summary>A disk's log as QEMU's blklogwrites writes it, made by hand.</summary>
internal sealed class LogOfWrites
{
    private readonly MemoryStream _entries = new();
    private ulong _count;

    /// <summary>A write of whole sectors, each filled with the same byte.</summary>
    public LogOfWrites Write(int sector, int sectors, byte filling, ulong flags = 0)
    {
        Header(sector, sectors, flags);
        byte[] data = new byte[sectors * WriteLog.SectorSize];
        Array.Fill(data, filling);
        _entries.Write(data);
        return this;
    }

    public LogOfWrites Flush() => Header(0, 0, flags: 1);

    public LogOfWrites Header(int sector, int sectors, ulong flags)
    {
        byte[] header = new byte[WriteLog.SectorSize];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)sector);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), (ulong)sectors);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), flags);
        _entries.Write(header);
        _count++;
        return this;
    }

    /// <param name="counted">How many entries the superblock says there are; null: as many as there are.</param>
    /// <param name="magic">What it begins with.</param>
    public MemoryStream Stream(ulong? counted = null, ulong magic = 0x6a736677736872)
    {
        byte[] super = new byte[WriteLog.SectorSize];
        BinaryPrimitives.WriteUInt64LittleEndian(super, magic);
        BinaryPrimitives.WriteUInt64LittleEndian(super.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(super.AsSpan(16), counted ?? _count);
        BinaryPrimitives.WriteUInt32LittleEndian(super.AsSpan(24), WriteLog.SectorSize);
        return new MemoryStream([.. super, .. _entries.ToArray()]);
    }

    public IReadOnlyList<LoggedWrite> Read() => WriteLog.Read(Stream());
}
