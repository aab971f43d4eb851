using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

/// <summary>Against a real SQLite, which is the only authority on when it commits.</summary>
public sealed class CommitWatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxi-test-").FullName;

    static CommitWatchTests()
    {
        Assembly provider = typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly;
        NativeLibrary.SetDllImportResolver(provider, (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : IntPtr.Zero);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_commit_is_counted_and_nothing_else()
    {
        int told = 0;
        using var watch = new CommitWatch(_folder, count => Volatile.Write(ref told, count));
        using SqliteConnection connection = Open();
        Run(connection, "CREATE TABLE t (x)");
        Assert.Equal(1, watch.Count());
        Run(connection, "SELECT count(*) FROM t");
        Run(connection, "BEGIN; INSERT INTO t VALUES (zeroblob(20000)); ROLLBACK");
        Assert.Equal(1, watch.Count());
        for (int commit = 2; commit <= 10; commit++)
        {
            Run(connection, "BEGIN; INSERT INTO t VALUES (zeroblob(20000)); INSERT INTO t VALUES (1); COMMIT");
            Assert.Equal(commit, watch.Count());
        }

        await Eventually.True(() => Volatile.Read(ref told) == 10, "the tenth commit by inotify");
    }

    [Fact]
    public void Commits_go_on_being_counted_when_the_log_begins_anew_or_goes_away()
    {
        using var watch = new CommitWatch(_folder, _ => { });
        using (SqliteConnection connection = Open())
        {
            Run(connection, "CREATE TABLE t (x)");
            Assert.Equal(1, watch.Count());
            Run(connection, "PRAGMA wal_checkpoint(RESTART)");
            Run(connection, "INSERT INTO t VALUES (1)");
            Assert.Equal(2, watch.Count());
            Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            Assert.Equal(2, watch.Count());
            Run(connection, "INSERT INTO t VALUES (2)");
            Assert.Equal(3, watch.Count());
        }

        Assert.Equal(3, watch.Count());
        using SqliteConnection again = Open();
        Run(again, "INSERT INTO t VALUES (3)");
        Assert.Equal(4, watch.Count());
    }

    [Fact]
    public void Records_of_a_journal_are_counted_instead_where_there_is_one()
    {
        string journal = Path.Combine(_folder, "outbox.journal");
        using var watch = new CommitWatch(_folder, _ => { });
        Append(journal, at: 0, store: 7, sequence: 1, length: 9_000);
        Append(journal, at: 3, store: 7, sequence: 2, length: 100);
        Assert.Equal(2, watch.Count());
        // A record that is left from before does not count again, one at the top goes on.
        Append(journal, at: 4, store: 7, sequence: 1, length: 100);
        Assert.Equal(2, watch.Count());
        Append(journal, at: 0, store: 7, sequence: 3, length: 100);
        Assert.Equal(3, watch.Count());
        Append(journal, at: 1, store: 7, sequence: 4, length: 100);
        Assert.Equal(4, watch.Count());
        // A new card.
        Append(journal, at: 0, store: 8, sequence: 1, length: 100);
        Assert.Equal(5, watch.Count());

        static void Append(string path, int at, long store, long sequence, int length)
        {
            var header = new byte[48];
            "TXMJRNL1"u8.CopyTo(header);
            BitConverter.TryWriteBytes(header.AsSpan(8), store);
            BitConverter.TryWriteBytes(header.AsSpan(16), sequence);
            BitConverter.TryWriteBytes(header.AsSpan(24), length);
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            file.Position = at * 4096;
            file.Write(header);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "outbox.db")};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL");
        return connection;
    }
}
