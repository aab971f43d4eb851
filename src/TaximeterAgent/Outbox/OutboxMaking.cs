using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.Journal;
using TaximeterAgent.Outbox.Migrations;

namespace TaximeterAgent.Outbox;

/// <summary>How an outbox comes to be, and is opened.</summary>
internal static class OutboxMaking
{
    // 4 MiB of WAL kept on disk at most, whatever a large batch once needed.
    private const int WalBytesKept = 4 << 20;

    /// <summary>
    /// Makes a new outbox under another name and renames it when it is whole and synced: whenever the power is cut, <c>outbox.db</c> is either not there or
    /// complete, and a database that is neither is known to be damaged.
    /// </summary>
    public static void Create(OutboxFiles files, IReadOnlyList<Migration> migrations)
    {
        foreach (var rest in new[] { "", "-journal", "-wal", "-shm" })
            File.Delete(files.Unfinished + rest);
        Permissions.CreateFile(files.Unfinished);
        using (var connection = OutboxConnection.OpenForWriting(files.Unfinished, create: false))
        {
            Schema.Execute(connection, "PRAGMA synchronous=FULL");
            Schema.Upgrade(connection, migrations);
            Schema.Execute(connection, "PRAGMA journal_mode=WAL");
        }

        // An empty WAL or journal of an earlier outbox says nothing, but must not lie beside the new one.
        File.Delete(files.Wal);
        File.Delete(files.SharedMemory);
        File.Delete(files.Journal);
        File.Move(files.Unfinished, files.Database, overwrite: false);
        Posix.SyncDirectory(files.Directory);
    }

    /// <summary>Opens an outbox whose header is ours.</summary>
    public static SqliteConnection Open(OutboxFiles files, IReadOnlyList<Migration> migrations)
    {
        // SQLite gives the -wal and -shm files the mode of the database.
        Permissions.CloseFile(files.Database);
        var connection = OutboxConnection.OpenForWriting(files.Database, create: false);
        try
        {
            OutboxConnection.CheckpointOnClose(connection, allowed: false);
            // The header was read from the database alone; its newest version may be in the WAL, and there alone.
            files.CheckApplication((int)Schema.Number(connection, "PRAGMA application_id"));
            files.CheckVersion(Schema.VersionOf(connection), migrations[^1].Version);
            using (var check = connection.CreateCommand())
            {
                check.CommandText = "PRAGMA quick_check(1)";
                if (check.ExecuteScalar() as string is not "ok" and var damage)
                    throw Damaged(files, damage ?? "no answer", null);
            }

            Schema.Execute(connection, "PRAGMA journal_mode=WAL");
            Schema.Execute(connection, "PRAGMA synchronous=FULL");
            Schema.Execute(connection, "PRAGMA secure_delete=ON");
            Schema.Execute(connection, "PRAGMA foreign_keys=ON");
            Schema.Execute(connection, "PRAGMA temp_store=MEMORY");
            // SQLite passes over a failed sync in a checkpoint that it makes by itself; ours are made by hand.
            Schema.Execute(connection, "PRAGMA wal_autocheckpoint=0");
            Schema.Execute(connection, $"PRAGMA journal_size_limit={WalBytesKept}");
            if (Schema.VersionOf(connection) < migrations[^1].Version)
            {
                // In the words of the schema that it was written for.
                JournalReplay.BringIn(files, connection);
                Schema.Upgrade(connection, migrations);
                // Into the header at once, where an older agent looks first.
                Schema.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            }

            // Whether there is room is found out at the end of a transaction, and not when something is read within one.
            Schema.Execute(connection, "PRAGMA cache_spill=OFF");
            OutboxConnection.CheckpointOnClose(connection, allowed: true);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What went wrong while opening, in words for a technician.</summary>
    public static Exception Explain(OutboxFiles files, Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: 11 or 26 } damaged => Damaged(files, damaged.Message, damaged),
        SqliteException { SqliteErrorCode: 13 } full => new OutboxUnusableException(files.Named, "there is no room on the disk. Free some space.", full),
        SqliteException other => new OutboxUnusableException(files.Named, $"it cannot be opened ({other.Message}). Check owner, permissions and "
            + $"the disk.", other),
        IOException or UnauthorizedAccessException => new OutboxUnusableException(files.Named, $"it cannot be opened ({e.Message}). Check owner, "
            + $"permissions and the disk.", e),
        OutboxFailedException failed => new OutboxUnusableException(files.Named, $"its WAL cannot be brought into it ({failed.InnerException?.Message}). "
            + $"Check the disk.", failed),
        DllNotFoundException => new OutboxUnusableException(files.Named, "the system's libsqlite3.so.0 is missing. Install it (Debian: libsqlite3-0).", e),
        _ => e,
    };

    private static OutboxUnusableException Damaged(OutboxFiles files, string what, Exception? inner) =>
        new(files.Named, $"it is damaged ({what.ReplaceLineEndings(" ")}). {OutboxFiles.Cure}", inner) { Trouble = OutboxTrouble.Damaged };
}
