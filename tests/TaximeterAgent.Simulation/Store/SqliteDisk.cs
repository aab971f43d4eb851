using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Simulation;

/// <summary>The real outbox in a directory of its own. A power cut leaves the files as they are at that moment, without the process's own end.</summary>
internal sealed class SqliteDisk : IDisk
{
    private readonly string _directory = Directory.CreateTempSubdirectory("taximeter-simulation-").FullName;
    private SqliteOutbox? _open;
    private int _lives;

    public IOutbox Open(TimeProvider time)
    {
        _open?.Dispose();
        return _open = SqliteOutbox.Open(At(_lives), time);
    }

    public void LosePower(Chance chance)
    {
        var from = At(_lives);
        var to = At(++_lives);
        Directory.CreateDirectory(to);
        foreach (var name in new[] { "outbox.db", "outbox.db-wal", "outbox.journal" })
        {
            if (File.Exists(Path.Combine(from, name)))
                File.Copy(Path.Combine(from, name), Path.Combine(to, name));
        }

        _open?.Dispose();
        _open = null;
        Directory.Delete(from, recursive: true);
    }

    public void Dispose()
    {
        _open?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private string At(int life) => Path.Combine(_directory, $"{life}");
}
