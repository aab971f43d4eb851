using LiteDB;
using LiteDB.Engine;
using Microsoft.Win32.SafeHandles;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb.Documents;
using TaximeterAgent.LiteDb.Streams;

namespace TaximeterAgent.LiteDb;

/// <summary>How an outbox on LiteDB comes to be, and is opened.</summary>
internal static class LiteDbMaking
{
    /// <summary>The schema that this agent writes.</summary>
    public const int Version = 1;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>True if there is one; false if there is nothing at all, and one may be made.</summary>
    /// <exception cref="OutboxUnusableException">Anything else.</exception>
    public static bool Check(LiteDbFiles files)
    {
        if (File.Exists(files.Database))
            return true;
        if (new FileInfo(files.Log) is { Exists: true, Length: > 0 })
        {
            throw files.Unusable($"it is missing, but {files.Log} still holds commits of it. Put the database back, or set the rest aside with \"taximeter-agent outbox quarantine\", "
                + "which keeps it for a technician.", OutboxTrouble.Damaged);
        }

        return false;
    }

    /// <summary>Makes one under another name, syncs it and renames it: whenever the power is cut, it is either not there or complete.</summary>
    public static void Create(LiteDbFiles files)
    {
        File.Delete(files.Unfinished);
        File.Delete(files.Log);
        Make(files.Unfinished);
        using (var data = new DataStream(Open(files.Unfinished, FileOptions.None)))
        {
            using (var engine = Engine(data, new MemoryStream()))
            {
                engine.BeginTrans();
                engine.EnsureIndex(Names.Trips, "number", BsonExpression.Create("$." + Names.Trip), false);
                engine.EnsureIndex(Names.Trips, "booking", BsonExpression.Create("$." + Names.Booking), false);
                engine.EnsureIndex(Names.Trips, "created", BsonExpression.Create("$." + Names.Created), false);
                engine.EnsureIndex(Names.Trips, "flags", BsonExpression.Create("$." + Names.Flags), false);
                engine.EnsureIndex(Names.Trips, "closed", BsonExpression.Create("$." + Names.Closed), false);
                engine.EnsureIndex(Names.History, "trip", BsonExpression.Create("$." + Names.Key), false);
                engine.Upsert(Names.Counters, [Mapping.OfCounter(Names.Schema, Version), Mapping.OfCounter(Names.LastKey, 0)], BsonAutoId.ObjectId);
                engine.Commit();
                engine.Checkpoint();
            }

            data.Flush();
        }

        Make(files.Log);
        File.Move(files.Unfinished, files.Database, overwrite: false);
        Posix.SyncDirectory(files.Directory);
    }

    public static (DataStream Data, LogStream Log) Streams(LiteDbFiles files)
    {
        File.SetUnixFileMode(files.Database, OwnerOnly);
        var data = new DataStream(Open(files.Database, FileOptions.None));
        try
        {
            var made = !File.Exists(files.Log);
            if (made)
            {
                Make(files.Log);
                Posix.SyncDirectory(files.Directory);
            }

            File.SetUnixFileMode(files.Log, OwnerOnly);
            return (data, LogStream.Open(Open(files.Log, FileOptions.WriteThrough), data));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>LiteDB on these streams. It never checkpoints by itself, and compares text byte by byte.</summary>
    public static LiteEngine Engine(Stream data, Stream log)
    {
        var engine = new LiteEngine(new EngineSettings { DataStream = data, LogStream = log, TempStream = new MemoryStream(), Collation = Collation.Binary });
        engine.Pragma("CHECKPOINT", 0);
        return engine;
    }

    /// <summary>What went wrong while opening, in words for a technician.</summary>
    public static Exception Explain(LiteDbFiles files, Exception e) => e switch
    {
        OutboxUnusableException or TripStateUnreadableException => e,
        UnauthorizedAccessException => files.Unusable($"it cannot be opened ({e.Message}). Check the owner and permissions: the user of the agent, 0600.", OutboxTrouble.Forbidden, e),
        IOException io when Posix.IsNoRoom(io) => files.Unusable("there is no room on the disk. Free some space.", OutboxTrouble.System, e),
        EndOfStreamException => files.Damaged(e.Message, e),
        IOException => files.Unusable($"it cannot be opened ({e.Message}). Check owner, permissions and the disk.", OutboxTrouble.System, e),
        _ when LiteDbTrouble.Is(e) => files.Damaged(e.Message, e),
        _ => e,
    };

    private static void Make(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly });
        // Whatever the umask is.
        File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
    }

    private static SafeFileHandle Open(string path, FileOptions options) => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, options);
}
