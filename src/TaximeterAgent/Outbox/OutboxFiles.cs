using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox;

/// <summary>
/// The outbox's files: what may be there before SQLite touches anything. Looked at with plain reads, because SQLite changes what it opens: it would delete
/// the WAL beside an empty database and replay one that was left beside a missing database.
/// </summary>
/// <param name="directory">Where they are.</param>
/// <param name="copyOf">Where they were copied from, if this is a copy: what is wrong with it is said of the original.</param>
internal sealed class OutboxFiles(string directory, string? copyOf = null)
{
    /// <summary>What brings the agent up again when its database cannot be used any more.</summary>
    public const string Cure =
        "The file was not changed. Set it aside with \"taximeter-agent outbox quarantine\", which keeps it for a technician; the agent then begins anew and finds its payments again.";

    private const string LiteDbName = "outbox.litedb";
    private const int HeaderLength = 100;
    private const int VersionAt = 60;
    private const int ApplicationAt = 68;

    public string Directory { get; } = Path.GetFullPath(directory);

    /// <summary>True for whoever carries an outbox over: the other store's may be beside it.</summary>
    public bool MayBeTwo { get; init; }

    public string Database => Path.Combine(Directory, "outbox.db");

    public string Wal => Database + "-wal";

    public string SharedMemory => Database + "-shm";

    /// <summary>To which each commit goes first.</summary>
    public string Journal => Path.Combine(Directory, "outbox.journal");

    /// <summary>Room for when the disk is full: see <see cref="Outbox.Reserve"/>.</summary>
    public string Reserve => Path.Combine(Directory, "outbox.reserve");

    /// <summary>The database as messages call it.</summary>
    public string Named => copyOf is null ? Database : Path.Combine(Path.GetFullPath(copyOf), "outbox.db");

    /// <summary>The database where the store is LiteDB.</summary>
    public string LiteDb => Path.Combine(Directory, LiteDbName);

    /// <summary>To which each commit goes first, where the store is LiteDB.</summary>
    public string LiteDbLog => LiteDb + "-log";

    /// <summary>The database as messages call it, where the store is LiteDB.</summary>
    public string LiteDbNamed => copyOf is null ? LiteDb : Path.Combine(Path.GetFullPath(copyOf), LiteDbName);

    public string Lock => Path.Combine(Directory, "outbox.lock");

    /// <summary>A database in the making; it gets its name once it is whole.</summary>
    public string Unfinished => Database + ".new";

    /// <summary>
    /// Makes the directory, 0700 whatever the umask. One that is there already is closed to others only if it holds nothing but an outbox: somebody might
    /// have named <c>/tmp</c>. The files in it are 0600 either way.
    /// </summary>
    public void PrepareDirectory()
    {
        try
        {
            if (!System.IO.Directory.Exists(Directory))
            {
                Permissions.CreateDirectory(Directory);
                if (Path.GetDirectoryName(Directory) is { } parent)
                    Posix.SyncDirectory(parent);
            }
            else if (IsOurOwn())
            {
                Permissions.CloseDirectory(Directory);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboxUnusableException(Directory, $"the outbox's directory cannot be made or used ({e.Message}). Set Outbox:Directory to one "
                + $"that this user may write.", e);
        }
    }

    /// <summary>Looks at what is there. True: an outbox of a known version. False: nothing at all, a new one may be made.</summary>
    /// <exception cref="OutboxUnusableException">Anything else.</exception>
    public bool Check(int newestVersion)
    {
        try
        {
            OutboxStores.DemandAlone(this, OutboxStore.Sqlite);
            if (!File.Exists(Database))
            {
                if (new[] { Wal, Journal }.FirstOrDefault(file => Length(file) > 0) is { } left)
                {
                    var rest = Path.Combine(Path.GetDirectoryName(Named)!, Path.GetFileName(left));
                    throw new OutboxUnusableException(Named, $"it is missing, but {rest} still holds commits of it. Put the database back, or set the rest aside with "
                        + "\"taximeter-agent outbox quarantine\", which keeps it for a technician.") { Trouble = OutboxTrouble.Damaged };
                }

                return false;
            }

            CheckHeader(newestVersion);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboxUnusableException(Named, $"it cannot be read ({e.Message}). Check the owner and permissions: the user of the agent, 0600.", e)
            {
                Trouble = e is UnauthorizedAccessException ? OutboxTrouble.Forbidden : OutboxTrouble.System,
            };
        }
    }

    private void CheckHeader(int newestVersion)
    {
        var header = new byte[HeaderLength];
        using (var file = File.OpenHandle(Database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (RandomAccess.Read(file, header, 0) < HeaderLength || !header.AsSpan().StartsWith("SQLite format 3\0"u8))
            {
                // A power cut while the WAL was brought into the database can leave the page that was being written unreadable; the WAL still has it. SQLite
                // finds out, and changes nothing meanwhile: see OutboxMaking.Open.
                if (Length(Wal) > 0)
                    return;
                throw NotOurs("it is not a SQLite database, or its beginning is damaged");
            }
        }

        CheckApplication(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationAt)));
        CheckVersion(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(VersionAt)), newestVersion);
    }

    /// <exception cref="OutboxUnusableException">The database is another program's.</exception>
    public void CheckApplication(int application)
    {
        if (application != Schema.ApplicationId)
            throw NotOurs($"it is a database of another program (application id 0x{application:x8}, expected 0x{Schema.ApplicationId:x8})");
    }

    /// <exception cref="OutboxUnusableException">The version is newer than any that this agent knows.</exception>
    public void CheckVersion(int version, int newestVersion)
    {
        if (version > newestVersion)
        {
            throw new OutboxUnusableException(
                Named, $"it was written by a newer agent (schema version {version}, this agent knows up to {newestVersion}). Install "
                    + $"{(LastVersion() is { } last ? $"version {Shown.Plain(last)}" : "that version")} of the agent again; the file was not changed.") { Trouble = OutboxTrouble.Newer };
        }
    }

    // The database's own word, without the WAL: nothing at all is made or changed beside a file that is not to be touched. Where it is not to be had it is not said.
    private string? LastVersion()
    {
        try
        {
            using var connection = OutboxConnection.OpenUntouched(Database);
            using var statement = new Statement(connection, OutboxSql.FindSetting);
            using var row = statement.Query(IOutbox.LastVersion);
            return row.Read() ? row.GetString(0) : null;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private OutboxUnusableException NotOurs(string what) => new(Named, $"{what}. {Cure}") { Trouble = OutboxTrouble.Foreign };

    private bool IsOurOwn() =>
        System.IO.Directory.EnumerateFileSystemEntries(Directory).All(entry => Path.GetFileName(entry).StartsWith("outbox.", StringComparison.Ordinal));

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
