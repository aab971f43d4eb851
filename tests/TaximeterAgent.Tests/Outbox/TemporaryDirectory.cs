namespace TaximeterAgent.Tests.Outbox;

/// <summary>A directory of a test's own, gone afterwards.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("taximeter-outbox-").FullName;

    public string At(string name) => Path.Combine(_path, name);

    /// <summary>Copies database, WAL and journal, not the wal-index: that is memory, and a power cut takes it.</summary>
    public void CopyDatabase(string from, string to)
    {
        Directory.CreateDirectory(At(to));
        foreach (var name in new[] { "outbox.db", "outbox.db-wal", "outbox.journal" })
        {
            if (File.Exists(Path.Combine(At(from), name)))
                File.Copy(Path.Combine(At(from), name), Path.Combine(At(to), name));
        }
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
