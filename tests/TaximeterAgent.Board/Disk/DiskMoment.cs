using System.Diagnostics;

namespace TaximeterAgent.Board.Disk;

/// <summary>Waits for the disk to be at work: most of what a cut can harm is between a write and the flush after it, and that is a few milliseconds long.</summary>
internal static class DiskMoment
{
    /// <summary>Returns in the moment in which the log has grown by so many requests, or after a while if nothing is written.</summary>
    /// <param name="log">The disk's log, which grows with each request.</param>
    /// <param name="requests">At least 1.</param>
    /// <param name="longest">When to give up.</param>
    public static void Await(string log, int requests, TimeSpan longest)
    {
        var watch = Stopwatch.StartNew();
        long length = Length(log);
        // By looking and not by waiting: the moment is shorter than what a sleeping thread takes to wake.
        while (requests > 0 && watch.Elapsed < longest)
        {
            if (Length(log) is var now && now == length)
                continue;
            (length, requests) = (now, requests - 1);
        }
    }

    private static long Length(string log) => new FileInfo(log) is { Exists: true } file ? file.Length : 0;
}
