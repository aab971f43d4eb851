namespace TaximeterAgent.Board.Disk;

/// <summary>What of a life's writes was on the disk when the power went: each is kept whole, dropped, or torn between two sectors.</summary>
/// <param name="Kept">For each entry of the log, how many of its bytes are there.</param>
/// <param name="Flushed">How many entries were safe.</param>
internal sealed record Cut(IReadOnlyList<int> Kept, int Flushed)
{
    /// <summary>Draws one: what was flushed stays, of what came after a random part is there.</summary>
    /// <param name="writes">The log.</param>
    /// <param name="random">All chance.</param>
    /// <param name="disk">Whether the disk keeps its word.</param>
    public static Cut Draw(IReadOnlyList<LoggedWrite> writes, Random random, DiskKind disk)
    {
        int flushed = disk == DiskKind.Lying ? random.Next(writes.Count / 3, writes.Count + 1) : Safe(writes);
        // All, none, or each with a chance of its own: a cache that is written in order, one that is not written, and all between.
        double chance = disk == DiskKind.Lying ? 0 : random.Next(4) switch { 0 => 1, 1 => 0, _ => random.NextDouble() };
        var kept = new int[writes.Count];
        for (int i = 0; i < kept.Length; i++)
        {
            bool stays = i < flushed || (writes[i].IsThrough && disk == DiskKind.Honest) || random.NextDouble() < chance;
            kept[i] = stays ? writes[i].Length : 0;
            // One in eight of those that were under way ended in its middle.
            if (stays && i >= flushed && !writes[i].IsThrough && random.Next(8) == 0)
                kept[i] = random.Next(writes[i].Length / WriteLog.SectorSize + 1) * WriteLog.SectorSize;
        }

        return new Cut(kept, flushed);
    }

    /// <summary>How many entries are safe: all up to the last flush.</summary>
    public static int Safe(IReadOnlyList<LoggedWrite> writes)
    {
        for (int i = writes.Count; i > 0; i--)
        {
            if (writes[i - 1].IsFlush)
                return i;
        }

        return 0;
    }

    /// <summary>Brings the disk from how it was before the life to how the cut left it.</summary>
    public void Apply(IReadOnlyList<LoggedWrite> writes, Stream log, Stream disk)
    {
        var bytes = Array.Empty<byte>();
        for (int i = 0; i < writes.Count; i++)
        {
            if (Kept[i] == 0)
                continue;
            if (bytes.Length < Kept[i])
                bytes = new byte[Kept[i]];
            log.Position = writes[i].DataAt;
            log.ReadExactly(bytes, 0, Kept[i]);
            disk.Position = writes[i].Offset;
            disk.Write(bytes, 0, Kept[i]);
        }
    }

    public CutFacts Facts(IReadOnlyList<LoggedWrite> writes)
    {
        int data = writes.Count(write => write.Length > 0);
        int dropped = writes.Where((write, i) => write.Length > 0 && Kept[i] == 0).Count();
        int torn = writes.Where((write, i) => Kept[i] > 0 && Kept[i] < write.Length).Count();
        return new CutFacts(data, dropped, torn);
    }
}

/// <summary>Whether the disk keeps its word.</summary>
internal enum DiskKind
{
    /// <summary>What was flushed stays.</summary>
    Honest,

    /// <summary>It says that it has flushed and has not: the sabotage that must be found.</summary>
    Lying,
}

/// <param name="Writes">How many writes the life made.</param>
/// <param name="Dropped">How many of them are not there.</param>
/// <param name="Torn">How many are there in part.</param>
internal sealed record CutFacts(int Writes, int Dropped, int Torn);
