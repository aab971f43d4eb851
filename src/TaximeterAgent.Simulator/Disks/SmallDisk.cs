using System.Globalization;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Disks;

/// <summary>A small disk of the agent's own below its outbox: a tmpfs, which says ENOSPC as every file system does, and takes real room for what is reserved.</summary>
internal sealed class SmallDisk
{
    private const int Chunk = 1 << 16;
    private const int Block = 4096;

    private readonly World _world;
    private readonly string _outbox;

    private SmallDisk(World world, MountSpace space)
    {
        _world = world;
        _outbox = space.Inside(world.Places.Outbox);
    }

    /// <summary>What any user may still use, in bytes.</summary>
    public long Free => new DriveInfo(_outbox).AvailableFreeSpace;

    /// <summary>What is left of the agent's reserve, in bytes; 0 where there is none.</summary>
    public long Reserve => new FileInfo(Path.Combine(_outbox, "outbox.reserve")) is { Exists: true } file ? file.Length : 0;

    private string Log => Path.Combine(_outbox, "log");

    /// <param name="world">Whose agent is to have it.</param>
    /// <param name="size">In bytes.</param>
    public static async Task<SmallDisk> MountAsync(World world, long size) => new(
        world,
        await MountSpace.MakeAsync(
            world, "sh", "-c", "mount -t tmpfs -o \"size=$1,mode=700\" tmpfs \"$2\" && echo mounted && exec sleep infinity", "sh", size.ToString(CultureInfo.InvariantCulture), world.Places.Outbox));

    /// <summary>Another program writes to its log until the disk takes no more.</summary>
    public void Fill()
    {
        using (var log = new FileStream(Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
        {
            foreach (int size in (int[])[Chunk, Block])
            {
                var bytes = new byte[size];
                try
                {
                    while (true)
                        log.Write(bytes);
                }
                catch (IOException)
                {
                    // No more of this size.
                }
            }
        }

        _world.Transcript.Say("disk", $"another program has filled it: {Free} bytes are free, {Reserve} are in the agent's reserve");
    }

    /// <summary>Somebody removes that log.</summary>
    public void MakeRoom()
    {
        File.Delete(Log);
        _world.Transcript.Say("disk", $"there is room again: {Free} bytes are free");
    }
}
