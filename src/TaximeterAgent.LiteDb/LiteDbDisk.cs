using LiteDB.Engine;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb.Streams;

namespace TaximeterAgent.LiteDb;

/// <summary>The files under an outbox, and LiteDB's engine on them. Of its own so that an instrument can put LiteDB as it comes in this place, and see what that loses.</summary>
internal abstract class LiteDbDisk : IDisposable
{
    public abstract LiteEngine Engine { get; }

    /// <summary>The data file's, in bytes.</summary>
    public abstract long DataLength { get; }

    /// <summary>Bytes of the log that hold what the data file does not have.</summary>
    public abstract long LogLength { get; }

    /// <summary>Pages that were committed and are not on the disk.</summary>
    public abstract int Waiting { get; }

    /// <summary>How many pages the data file will have once it has all of the log.</summary>
    public abstract long PagesOfData { get; }

    /// <summary>Takes room in the log for a transaction of so many pages; false where there is none.</summary>
    public abstract bool TakeRoom(long pages);

    /// <summary>Makes the log so many bytes longer, where there is room.</summary>
    public abstract void TakeMore(long bytes);

    /// <summary>Takes room in the data file for all of the log; false where there is none.</summary>
    public abstract bool TakeRoomForData();

    /// <summary>All that was committed is on the disk when this returns.</summary>
    /// <exception cref="IOException">It is not known to be.</exception>
    public abstract void WriteOut();

    /// <summary>The log, which the data file has all of, must not be readable any more.</summary>
    /// <exception cref="IOException">It is not known to be gone.</exception>
    public abstract void Erase();

    /// <summary>Nothing is written any more, whatever the engine does when it is closed after a failure.</summary>
    public abstract void Freeze();

    public abstract void Dispose();
}

/// <summary>The disk that an agent runs on: a log that is written through, and a data file whose flush reaches the disk.</summary>
internal sealed class WrittenThroughDisk : LiteDbDisk
{
    private readonly DataStream _data;
    private readonly LogStream _log;

    private WrittenThroughDisk(DataStream data, LogStream log, LiteEngine engine)
    {
        _data = data;
        _log = log;
        Engine = engine;
    }

    public override LiteEngine Engine { get; }

    public override long DataLength => _data.Length;

    public override long LogLength => _log.FileLength;

    public override int Waiting => _log.Waiting;

    public override long PagesOfData => _log.PagesOfData;

    /// <summary>Brings the log into the data file, and opens the engine on both.</summary>
    /// <exception cref="OutboxUnusableException">It is no data file of LiteDB.</exception>
    public static LiteDbDisk Open(LiteDbFiles files)
    {
        var (data, log) = LiteDbMaking.Streams(files);
        try
        {
            log.BringIn();
            DemandOurs(files, data);
            return new WrittenThroughDisk(data, log, LiteDbMaking.Engine(data, log));
        }
        catch
        {
            data.Freeze();
            log.Dispose();
            data.Dispose();
            throw;
        }
    }

    public override bool TakeRoom(long pages) => _log.TakeRoom(pages);

    public override void TakeMore(long bytes) => _log.TakeMore(bytes);

    public override bool TakeRoomForData() => _data.TakeRoom(_log.PagesOfData);

    public override void WriteOut() => _log.WriteOut();

    public override void Erase() => _log.Erase();

    public override void Freeze() => _data.Freeze();

    public override void Dispose()
    {
        Engine.Dispose();
        _log.Dispose();
        _data.Dispose();
    }

    private static void DemandOurs(LiteDbFiles files, DataStream data)
    {
        var header = new byte[PageLayout.Size];
        data.Position = 0;
        if (data.Read(header, 0, header.Length) < header.Length || !PageLayout.IsFileHeader(header))
            throw files.Unusable($"it is not a LiteDB 5 data file, or its beginning is damaged. {files.Cure}", OutboxTrouble.Foreign);
    }
}
