using System.Buffers.Binary;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.PowerCuts.Disk;
using TaximeterAgent.PowerCuts.Recording;

namespace TaximeterAgent.PowerCuts;

/// <summary>Ways to break the promise on purpose, around the store and never in it: each shows that a rule of the checker is alive.</summary>
internal static partial class Sabotages
{
    /// <summary>No sabotage may live through more cuts than this.</summary>
    public const int CutsMaximum = 2_000;

    private const string AckBeforeCommit = "ack-before-commit";
    private const string CommitInTwo = "commit-in-two";
    private const string AsItComes = "litedb-as-it-comes";

    public static IReadOnlyDictionary<string, Sabotage> ByName { get; } = new SortedDictionary<string, Sabotage>(StringComparer.Ordinal)
    {
        ["no-sync"] = new WithoutSyncs(path => path.EndsWith(".journal", StringComparison.Ordinal) || path.EndsWith(".db-wal", StringComparison.Ordinal)),
        ["no-directory-sync"] = new WithoutSyncs(path => path is "" or "outbox"),
        [AckBeforeCommit] = new Wrapped(AckBeforeCommit),
        [CommitInTwo] = new Wrapped(CommitInTwo),
        ["trust-torn-frames"] = new TrustTornFrames(),
        ["trust-torn-records"] = new TrustTornRecords(),
        ["larger-sectors"] = new LargerSectors(),
        ["reserve-for-nothing"] = new ReserveForNothing(),
    };

    /// <summary>Those that can be tried on a store.</summary>
    public static IReadOnlyDictionary<string, Sabotage> Of(OutboxStore store)
    {
        if (store == OutboxStore.Sqlite)
            return ByName;
        var all = new SortedDictionary<string, Sabotage>(ByName.Where(one => one.Key is "no-directory-sync" or AckBeforeCommit or CommitInTwo or "larger-sectors").ToDictionary(), StringComparer.Ordinal);
        OfLiteDb(all);
        return all;
    }

    /// <summary>A store that is itself the sabotage; null for the real one.</summary>
    public static IOutboxStore? OtherStore(string name, string directory, TimeProvider time)
    {
        IOutboxStore? store = null;
        OpenLiteDb(name, directory, time, ref store);
        return store;
    }

    // In a build with LiteDB: Sabotage/LiteDb.
    static partial void OfLiteDb(SortedDictionary<string, Sabotage> all);

    static partial void OpenLiteDb(string name, string directory, TimeProvider time, ref IOutboxStore? store);

    /// <summary>What stands between the workload and the store.</summary>
    public static IOutbox Wrap(string name, IOutbox outbox, Action acknowledge) => name switch
    {
        "" or AsItComes => outbox,
        AckBeforeCommit => new EarlyOutbox(outbox, acknowledge),
        CommitInTwo => new HalvingOutbox(outbox),
        _ => throw new ArgumentException($"There is no sabotage {name}.", nameof(name)),
    };

    /// <summary>The disk says that it has synced, and has not.</summary>
    private sealed class WithoutSyncs(Func<string, bool> which) : Sabotage
    {
        public override IReadOnlyList<FileOperation> Alter(IReadOnlyList<FileOperation> operations) =>
            [.. operations.Where(operation => operation is not FileOperation.Sync sync || !which(sync.Path))];
    }

    /// <summary>On a full disk a piece of the reserve is given back, and the commit that it was for is acknowledged without being written again.</summary>
    private sealed class ReserveForNothing : Sabotage
    {
        // One whose disk is full at times.
        public override int Seed => 2;

        public override IReadOnlyList<FileOperation> Alter(IReadOnlyList<FileOperation> operations)
        {
            var altered = new List<FileOperation>();
            var leaveOut = false;
            foreach (var operation in operations)
            {
                if (leaveOut && operation is FileOperation.Write { Path: "outbox/outbox.journal" })
                {
                    leaveOut = false;
                    continue;
                }

                leaveOut |= operation is FileOperation.Truncate { Path: "outbox/outbox.reserve" };
                altered.Add(operation);
            }

            return altered;
        }
    }

    private sealed class Wrapped(string name) : Sabotage
    {
        public override string Wrap => name;
    }

    /// <summary>A disk that destroys more around a write than SQLite pads for: flash pages of 16 KiB, rewritten in place.</summary>
    private sealed class LargerSectors : Sabotage
    {
        public override int Sector => 4 * Image.SectorOfSqlite;
    }

    /// <summary>A WAL without checksums: every frame that has been begun in this round of the WAL is taken as it is.</summary>
    private sealed class TrustTornFrames : Sabotage
    {
        private const string Wal = "outbox/outbox.db-wal";

        public override Image Damage(Image image)
        {
            if (!image.Files.TryGetValue(Wal, out var wal))
                return image;
            var trusted = new FileBytes(wal.Bytes.ToArray());
            WalChecksums.MakeTrue(trusted);
            return image with { Files = new Dictionary<string, FileBytes>(image.Files) { [Wal] = trusted } };
        }
    }

    /// <summary>A journal without checks: every record that has been begun is taken as it is.</summary>
    private sealed class TrustTornRecords : Sabotage
    {
        private const string Journal = "outbox/outbox.journal";

        public override Image Damage(Image image)
        {
            if (!image.Files.TryGetValue(Journal, out var journal))
                return image;
            var trusted = new FileBytes(journal.Bytes.ToArray());
            JournalChecks.MakeTrue(trusted);
            return image with { Files = new Dictionary<string, FileBytes>(image.Files) { [Journal] = trusted } };
        }
    }

    /// <summary>Acknowledges what it has not stored yet.</summary>
    private sealed class EarlyOutbox(IOutbox inner, Action acknowledge) : PassingOutbox(inner)
    {
        public override void Commit(OutboxBatch batch)
        {
            if (batch.Sync)
                acknowledge();
            base.Commit(batch);
        }
    }

    /// <summary>Stores history and operations apart from the trips that they belong to.</summary>
    private sealed class HalvingOutbox(IOutbox inner) : PassingOutbox(inner)
    {
        public override void Commit(OutboxBatch batch)
        {
            var first = new OutboxBatch { Sync = batch.Sync };
            foreach (var (key, state) in batch.Trips)
                first.Trips[key] = state;
            first.Identities.AddRange(batch.Identities);
            var second = new OutboxBatch { Sync = batch.Sync };
            second.AddedOperations.AddRange(batch.AddedOperations);
            second.RemovedOperations.AddRange(batch.RemovedOperations);
            second.StartedTimers.AddRange(batch.StartedTimers);
            second.StoppedTimers.AddRange(batch.StoppedTimers);
            second.History.AddRange(batch.History);
            foreach (var (name, value) in batch.Settings)
                second.Settings[name] = value;
            base.Commit(first);
            base.Commit(second);
        }
    }

    private abstract class PassingOutbox(IOutbox inner) : IOutbox
    {
        public virtual void Commit(OutboxBatch batch) => inner.Commit(batch);

        public void Tend() => inner.Tend();

        public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => inner.FindByCheck(check);

        public KnownIdentity? Find(Core.Payments.Identity identity) => inner.Find(identity);

        public StoredTrip? Load(long key) => inner.Load(key);

        public IReadOnlyList<StoredTrip> LoadOpen() => inner.LoadOpen();

        public long NextKey() => inner.NextKey();

        public string? Setting(string name) => inner.Setting(name);

        public void Dispose() => inner.Dispose();
    }

    /// <summary>The WAL's own format: a header of 32 bytes, and before each page a header of 24 whose last 8 are a running checksum.</summary>
    private static class WalChecksums
    {
        private const int HeaderLength = 32;
        private const int FrameHeaderLength = 24;
        private const uint BigEndianMagic = 0x377f0683;

        public static void MakeTrue(FileBytes wal)
        {
            if (wal.Length < HeaderLength)
                return;
            var bytes = wal.Range(0, wal.Length);
            var bigEndian = BinaryPrimitives.ReadUInt32BigEndian(bytes) == BigEndianMagic;
            var page = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
            if (page is < 512 or > 65_536)
                return;
            var salts = bytes.Slice(16, 8);
            var (first, second) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]));
            for (var at = HeaderLength; at + FrameHeaderLength + page <= bytes.Length; at += FrameHeaderLength + page)
            {
                var frame = bytes.Slice(at, FrameHeaderLength + page);
                if (!frame.Slice(8, 8).SequenceEqual(salts))
                    return;
                (first, second) = Add(first, second, frame[..8], bigEndian);
                (first, second) = Add(first, second, frame[FrameHeaderLength..], bigEndian);
                BinaryPrimitives.WriteUInt32BigEndian(frame[16..], first);
                BinaryPrimitives.WriteUInt32BigEndian(frame[20..], second);
            }
        }

        private static (uint First, uint Second) Add(uint first, uint second, ReadOnlySpan<byte> bytes, bool bigEndian)
        {
            for (var i = 0; i < bytes.Length; i += 8)
            {
                first = unchecked(first + Word(bytes[i..]) + second);
                second = unchecked(second + Word(bytes[(i + 4)..]) + first);
            }

            return (first, second);

            uint Word(ReadOnlySpan<byte> at) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
        }
    }
}
