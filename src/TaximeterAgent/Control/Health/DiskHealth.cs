using System.Globalization;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>The disk, by what the outbox needs of it.</summary>
internal static class DiskHealth
{
    /// <summary>
    /// Some hundred trips, and the WAL as it grows while a reader keeps it from being emptied. Below it the next full log file on the same disk can end the taking of fares.
    /// </summary>
    public const long LeastBytes = 16_000_000;

    /// <summary>A month of a busy car. And a copy of the outbox must fit, for a technician and for a migration.</summary>
    public const long EnoughBytes = 100_000_000;

    /// <summary>What a trip takes of the journal, which is all that grows while the disk is full.</summary>
    public const long BytesOfTrip = 20 << 10;

    /// <summary>The database, its WAL and index, a lock, and a few for what is set aside.</summary>
    public const long LeastInodes = 16;

    public const long EnoughInodes = 500;

    public static Grade Of(DiskReport? disk)
    {
        if (disk is null)
            return Grade.Unknown("the disk does not say");
        if (disk.ReadOnly)
            return Grade.Red("read-only: nothing can be stored", $"see why: journalctl -k; findmnt -T {disk.Directory}");
        var cure = $"make room: du -x {disk.Directory}; journalctl --vacuum-size=50M";
        var why = $"{Roughly.Bytes(disk.FreeBytes)} free";
        if (disk.FreeBytes < LeastBytes && disk.ReserveBytes > 0)
            why += string.Create(CultureInfo.InvariantCulture, $", and a reserve for some {disk.ReserveBytes / BytesOfTrip} trips");
        if (disk.FreeBytes < LeastBytes)
            return Grade.Red(why, cure);
        if (disk.FreeInodes < LeastInodes)
            return Grade.Red(Inodes(disk), cure);
        if (disk.FreeBytes < EnoughBytes + disk.OutboxBytes)
            return Grade.Yellow(why, cure);
        return disk.FreeInodes < EnoughInodes ? Grade.Yellow(Inodes(disk), cure) : Grade.Green($"{why}, the outbox has {Roughly.Bytes(disk.OutboxBytes)}");
    }

    private static string Inodes(DiskReport disk) => string.Create(CultureInfo.InvariantCulture, $"room for {disk.FreeInodes} more files only");
}
