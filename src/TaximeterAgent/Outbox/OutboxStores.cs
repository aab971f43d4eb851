using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox;

/// <summary>Opens an outbox that is kept by an optional store.</summary>
internal interface IStoreOpener
{
    /// <summary>Opens the outbox, or makes it.</summary>
    /// <param name="files">In a directory that is there.</param>
    /// <param name="lock">Taken already; from now on the outbox's, also if it cannot be opened.</param>
    /// <param name="time">The car's clock.</param>
    /// <param name="reserve">Bytes that are kept for when the disk is full; 0 for none.</param>
    /// <exception cref="OutboxUnusableException">It cannot be used as it is; nothing was changed.</exception>
    IOutboxStore Open(OutboxFiles files, OutboxLock @lock, TimeProvider time, long reserve = 0);
}

/// <summary>What can keep an outbox: which is built in, which is there, and that there is only one.</summary>
internal static partial class OutboxStores
{
    /// <summary>What an agent with LiteDB in it is built with.</summary>
    public const string LiteDbProperty = "-p:WithLiteDb=true";

    /// <summary>False for an optional store that this agent was built without.</summary>
    public static bool IsBuiltIn(OutboxStore store) => store == OutboxStore.Sqlite || LiteDb() is not null;

    /// <summary>Opens the outbox of a directory, or makes it.</summary>
    /// <param name="store">What keeps it.</param>
    /// <param name="directory">Made, 0700, if it is not there.</param>
    /// <param name="time">The car's clock.</param>
    /// <param name="reserve">Bytes that are kept for when the disk is full; 0 for none.</param>
    /// <exception cref="OutboxUnusableException">It cannot be used as it is; nothing was changed.</exception>
    public static IOutboxStore Open(OutboxStore store, string directory, TimeProvider time, long reserve = 0)
    {
        var files = new OutboxFiles(directory);
        files.PrepareDirectory();
        return Open(store, files, OutboxLock.Take(files), time, reserve);
    }

    /// <summary>The same in a directory that is there and whose lock is taken.</summary>
    public static IOutboxStore Open(OutboxStore store, OutboxFiles files, OutboxLock @lock, TimeProvider time, long reserve = 0)
    {
        if (store == OutboxStore.Sqlite)
            return SqliteOutbox.Open(files, @lock, time, Schema.Migrations, reserve);
        try
        {
            DemandAlone(files, store);
            return Opener(files).Open(files, @lock, time, reserve);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>What opens an outbox that LiteDB keeps.</summary>
    /// <exception cref="OutboxUnusableException">LiteDB is not built in.</exception>
    public static IStoreOpener Opener(OutboxFiles files) => LiteDb()
        ?? throw new OutboxUnusableException(files.LiteDbNamed, $"this agent has no LiteDB in it: build with {LiteDbProperty}. Nothing was changed.");

    /// <summary>What keeps the outbox of a directory; null if there is none. If there are two, the default: whoever opens it says so.</summary>
    public static OutboxStore? In(OutboxFiles files) =>
        File.Exists(files.Database) || Length(files.Wal) > 0 || Length(files.Journal) > 0 ? OutboxStore.Sqlite
        : File.Exists(files.LiteDb) || Length(files.LiteDbLog) > 0 ? OutboxStore.LiteDb
        : null;

    /// <summary>Two outboxes in one place, or another than the one that is asked for: an agent that began anew beside the old one would forget what it has acknowledged.</summary>
    /// <exception cref="OutboxUnusableException">Says what to do.</exception>
    public static void DemandAlone(OutboxFiles files, OutboxStore store)
    {
        var lite = store == OutboxStore.LiteDb;
        var (own, other) = lite ? (files.LiteDb, files.Database) : (files.Database, files.LiteDb);
        if (files.MayBeTwo || !File.Exists(other))
            return;
        var (name, otherName) = lite ? ("litedb", "sqlite") : ("sqlite", "litedb");
        var migrate = $"\"taximeter-agent outbox migrate --from {otherName} --to {name}\"";
        throw new OutboxUnusableException(own, File.Exists(own)
            ? $"beside it is {other}: an outbox was carried over, and that was not finished. Finish it with the same \"taximeter-agent outbox migrate\" once more; nothing was lost."
            : $"it is not there, but {other} is. Set Outbox:Store to \"{otherName}\", or carry the trips over with {migrate} while the agent is stopped.");
    }

    // Compiled in with the property alone: Outbox/LiteDb.
    static partial void Built(ref IStoreOpener? opener);

    private static IStoreOpener? LiteDb()
    {
        IStoreOpener? opener = null;
        Built(ref opener);
        return opener;
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
