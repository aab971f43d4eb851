using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TaximeterAgent.Outbox;

/// <summary>How a connection to the outbox is opened.</summary>
internal static class OutboxConnection
{
    public const int BusyMilliseconds = 5_000;
    private const int NoCheckpointOnClose = 1006;

    /// <summary>
    /// Loads what the first connection needs, and has it compiled: the library, the provider, a statement with a parameter and a row; and where the journal's random number comes
    /// from. That takes as long as to read an outbox of ten thousand trips, and needs to know nothing of it.
    /// </summary>
    public static void Prepare()
    {
        _ = RandomNumberGenerator.GetBytes(sizeof(uint));
        using var connection = Open(":memory:", SqliteOpenMode.Memory, "");
        Schema.Execute(connection, "PRAGMA user_version");
        using var statement = new Statement(connection, "SELECT ?1");
        using var row = statement.Query("");
        row.Read();
    }

    /// <summary>For the one agent.</summary>
    /// <remarks>
    /// <c>psow=0</c>: SQLite must not count on "powersafe overwrite", the promise that a power cut while a sector is written leaves the bytes beside the
    /// written ones alone. SD cards and eMMC rewrite whole pages and do not give it. Without it a synced commit is padded to the end of its sector, so that no
    /// later write touches a sector that holds a synced commit; that costs a page more for each synced commit, and no sync.
    /// </remarks>
    public static SqliteConnection OpenForWriting(string file, bool create) =>
        Open(file, create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite, "?psow=0");

    /// <summary>For people who look while the agent runs.</summary>
    public static SqliteConnection OpenForReading(string file) => Open(file, SqliteOpenMode.ReadOnly, "");

    /// <summary>For one look at a file beside which nothing may be made, whatever its WAL holds.</summary>
    public static SqliteConnection OpenUntouched(string file) => Open(file, SqliteOpenMode.ReadOnly, "?immutable=1");

    /// <summary>Whether closing brings the WAL into the database: not while it is not certain that the database is ours.</summary>
    public static void CheckpointOnClose(SqliteConnection connection, bool allowed) =>
        raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, allowed ? 0 : 1, out _);

    private static SqliteConnection Open(string file, SqliteOpenMode mode, string query)
    {
        NativeSqlite.Use();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = "file:" + string.Join('/', file.Split('/').Select(Uri.EscapeDataString)) + query,
            Mode = mode,
            // A pool would keep the file open, and locked, after it was closed.
            Pooling = false,
            DefaultTimeout = BusyMilliseconds / 1_000,
        }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
