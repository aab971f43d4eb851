using TaximeterAgent.Control.Wire;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Control.Health;

/// <summary>The disk that an outbox is on, and what of it the outbox takes.</summary>
internal static class DiskSpace
{
    /// <summary>A directory of an outbox holds a handful of files; somebody may have named <c>/tmp</c>.</summary>
    private const int FilesLookedAt = 1_000;

    /// <summary>Looks; null if the directory is not there or may not be entered.</summary>
    public static DiskReport? Of(string directory)
    {
        if (FileSystemSpace.Of(directory) is not { } space)
            return null;
        var reserve = Reserve.LengthOf(new OutboxFiles(directory).Reserve);
        return new DiskReport(directory, space.FreeBytes, space.TotalBytes, space.FreeInodes, space.TotalInodes, Math.Max(0, OutboxBytes(directory) - reserve))
        {
            ReserveBytes = reserve,
            ReadOnly = space.ReadOnly,
        };
    }

    private static long OutboxBytes(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFiles("outbox.*").Take(FilesLookedAt).Sum(file => file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
