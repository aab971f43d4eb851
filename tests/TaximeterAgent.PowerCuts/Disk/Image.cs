namespace TaximeterAgent.PowerCuts.Disk;

/// <summary>What a cut has left on the disk.</summary>
/// <param name="Directories">Paths, outermost first.</param>
/// <param name="Files">Bytes by path.</param>
internal sealed record Image(IReadOnlyList<string> Directories, IReadOnlyDictionary<string, FileBytes> Files)
{
    /// <summary>The unit that a disk writes whole or not, and within which a torn write is torn.</summary>
    public const int TornAt = 512;

    /// <summary>What SQLite takes for a sector on Linux, and pads a synced commit to (<c>psow=0</c>).</summary>
    public const int SectorOfSqlite = 4096;

    private const string WalIndex = "outbox/outbox.db-shm";

    /// <summary>Builds what a cut leaves.</summary>
    /// <param name="disk">Moved to the cut.</param>
    /// <param name="cut">What is left.</param>
    /// <param name="sector">How far noise reaches: the sectors of this many bytes that a write touches.</param>
    public static Image After(DiskModel disk, Cut cut, int sector = SectorOfSqlite)
    {
        var fates = cut.Fates(disk.Pending);
        var chance = new Chance(cut.Number ^ 0x5EED);
        var bytes = new Dictionary<Node, FileBytes>();
        var names = new Dictionary<Node, Dictionary<string, Node>>();
        for (var i = 0; i < fates.Length; i++)
        {
            if (fates[i] == Fate.Lost)
                continue;
            var change = disk.Pending[i];
            if (change is Pending.Naming naming)
            {
                if (!names.TryGetValue(change.Node, out var known))
                    names[change.Node] = known = new(change.Node.DurableNames);
                DiskModel.Apply(naming, known);
                continue;
            }

            if (!bytes.TryGetValue(change.Node, out var file))
                bytes[change.Node] = file = change.Node.Durable.Copy();
            if (change is Pending.Length length)
                file.SetLength(length.To);
            else if (change is Pending.Allocation allocation)
                file.Lengthen(allocation.To);
            else if (change is Pending.Write write)
                Write(file, write, fates[i], sector, chance);
        }

        var directories = new List<string>();
        var files = new Dictionary<string, FileBytes>();
        List(disk.Root, "");
        AddWalIndex(directories, files, chance);
        return new Image(directories, files);

        void List(Node directory, string path)
        {
            foreach (var (name, node) in names.GetValueOrDefault(directory, directory.DurableNames))
            {
                if (node.IsDirectory)
                {
                    directories.Add(path + name);
                    List(node, path + name + "/");
                }
                else
                {
                    files[path + name] = bytes.GetValueOrDefault(node, node.Durable);
                }
            }
        }
    }

    /// <summary>Writes it into a directory, which holds nothing else afterwards.</summary>
    public void WriteTo(string root)
    {
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(root);
        foreach (var directory in Directories)
            Directory.CreateDirectory(Path.Combine(root, directory));
        foreach (var (path, file) in Files)
        {
            using var handle = File.OpenHandle(Path.Combine(root, path), FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(handle, file.Bytes, 0);
        }
    }

    private static void Write(FileBytes file, Pending.Write write, Fate fate, int sector, Chance chance)
    {
        var end = (int)write.Offset + write.Bytes.Length;
        switch (fate)
        {
            case Fate.Kept:
                file.Write(write.Offset, write.Bytes);
                break;
            case Fate.Torn:
                Tear(file, write, chance);
                break;
            case Fate.Zeros:
                if (end > file.Length)
                    file.SetLength(end);
                break;
            case Fate.Noise:
                if (end > file.Length)
                    file.SetLength(end);
                var from = (int)write.Offset / sector * sector;
                var to = Math.Min(file.Length, (end + sector - 1) / sector * sector);
                chance.Fill(file.Range(from, to));
                break;
        }
    }

    // The bytes beside the written ones are left alone here; Noise is the fate that does not.
    private static void Tear(FileBytes file, Pending.Write write, Chance chance)
    {
        var first = write.Offset / TornAt;
        var last = (write.Offset + write.Bytes.Length - 1) / TornAt;
        // From the front, from the back, or anyhow.
        var way = chance.Between(0, 3);
        var border = first + 1 + chance.Between(0, (int)(last - first));
        for (var piece = first; piece <= last; piece++)
        {
            if (way switch { 0 => piece >= border, 1 => piece < border, _ => chance.Of(0.5) })
                continue;
            var from = Math.Max(piece * TornAt, write.Offset);
            var to = Math.Min((piece + 1) * TornAt, write.Offset + write.Bytes.Length);
            file.Write(from, write.Bytes.AsSpan((int)(from - write.Offset), (int)(to - from)));
        }
    }

    // Memory with a name: after a cut it is away, empty or anything.
    private static void AddWalIndex(List<string> directories, Dictionary<string, FileBytes> files, Chance chance)
    {
        var what = chance.Between(0, 3);
        if (what == 0 || !directories.Contains("outbox") || !files.ContainsKey("outbox/outbox.db"))
            return;
        var noise = new byte[what == 1 ? 0 : 32_768];
        chance.Fill(noise);
        files[WalIndex] = new FileBytes(noise);
    }
}
