using System.Text;

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
        foreach (var name in new[] { "outbox.db", "outbox.db-wal", "outbox.journal", "outbox.litedb", "outbox.litedb-log" })
        {
            if (File.Exists(Path.Combine(At(from), name)))
                File.Copy(Path.Combine(At(from), name), Path.Combine(At(to), name));
        }
    }

    /// <summary>The outbox's files that hold a text.</summary>
    public List<string> FilesWith(string directory, string text) =>
        [.. Directory.GetFiles(At(directory), "outbox.*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && Bytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0).Select(file => Path.GetFileName(file))];

    /// <summary>A file's bytes, whoever has it open.</summary>
    public static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
