using System.Security.Cryptography;
using LiteDB.Engine;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb;
using TaximeterAgent.LiteDb.Streams;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.State;
using TaximeterAgent.PowerCuts.Disk;
using TaximeterAgent.PowerCuts.Recording;

namespace TaximeterAgent.PowerCuts;

// What can be broken under the outbox on LiteDB; and LiteDB as it comes, which breaks nothing and loses what it has acknowledged.
internal static partial class Sabotages
{
    private const string LiteDbLog = "outbox/outbox.litedb-log";
    private const string LiteDbData = "outbox/outbox.litedb";

    static partial void OfLiteDb(SortedDictionary<string, Sabotage> all)
    {
        all[AsItComes] = new Wrapped(AsItComes);
        all["no-write-through"] = new WithoutSyncs(path => path == LiteDbLog);
        all["no-data-sync"] = new WithoutSyncs(path => path == LiteDbData);
        all["trust-torn-records"] = new TrustTornLogRecords();
    }

    static partial void OpenLiteDb(string name, string directory, TimeProvider time, ref IOutboxStore? store)
    {
        if (name != AsItComes)
            return;
        var files = new OutboxFiles(directory);
        files.PrepareDirectory();
        var @lock = OutboxLock.Take(files);
        store = LiteDbOutbox.Open(
            new LiteDbFiles(files.LiteDb, files.LiteDb, OutboxFiles.Cure), time, new TripStateCodec(), @lock, new Reserve(files, 0), its => new DiskAsItComes(its.Database));
    }

    /// <summary>A log without checks, written page by page as LiteDB does by itself: every record that has been begun is taken as it is.</summary>
    private sealed class TrustTornLogRecords : Sabotage
    {
        public override IReadOnlyList<FileOperation> Alter(IReadOnlyList<FileOperation> operations) =>
            [.. operations.SelectMany(operation => operation is FileOperation.Write { Path: LiteDbLog } write ? Pages(write) : [operation])];

        public override Image Damage(Image image)
        {
            if (!image.Files.TryGetValue(LiteDbLog, out var log))
                return image;
            var trusted = new FileBytes(log.Bytes.ToArray());
            MakeTrue(trusted);
            return image with { Files = new Dictionary<string, FileBytes>(image.Files) { [LiteDbLog] = trusted } };
        }

        private static IEnumerable<FileOperation> Pages(FileOperation.Write write)
        {
            yield return write with { Bytes = write.Bytes[..LogRecord.Sector] };
            for (var at = LogRecord.Sector; at < write.Bytes.Length; at += PageLayout.Size)
                yield return write with { Offset = write.Offset + at, Bytes = write.Bytes[at..(at + PageLayout.Size)] };
        }

        private static void MakeTrue(FileBytes log)
        {
            var bytes = log.Range(0, log.Length);
            var previous = new byte[LogRecord.CheckLength];
            for (var at = 0; at + LogRecord.Sector <= bytes.Length;)
            {
                var record = bytes[at..];
                if (!LogRecord.TryReadHeader(record, out _, out _, out var pages) || LogRecord.LengthOf(pages) > record.Length)
                    return;
                byte[] checkedBytes = [.. previous, .. record[..32], .. record[LogRecord.Sector..(int)LogRecord.LengthOf(pages)]];
                previous = SHA256.HashData(checkedBytes)[..LogRecord.CheckLength];
                previous.CopyTo(record[32..]);
                at += (int)LogRecord.LengthOf(pages);
            }
        }
    }

    /// <summary>LiteDB with its default settings and a file name: its own log, its own checkpoints.</summary>
    private sealed class DiskAsItComes : LiteDbDisk
    {
        private const int DefaultCheckpoint = 1_000;

        public DiskAsItComes(string file)
        {
            Engine = new LiteEngine(new EngineSettings { Filename = file });
            Engine.Pragma("CHECKPOINT", DefaultCheckpoint);
        }

        public override LiteEngine Engine { get; }

        public override long DataLength => 0;

        public override long LogLength => 0;

        public override int Waiting => 0;

        public override long PagesOfData => 0;

        public override bool TakeRoom(long pages) => true;

        public override void TakeMore(long bytes)
        {
        }

        public override bool TakeRoomForData() => true;

        // It says that a commit is done when this is where it stands.
        public override void WriteOut()
        {
        }

        public override void Erase() => Engine.Checkpoint();

        public override void Freeze()
        {
        }

        public override void Dispose() => Engine.Dispose();
    }
}
