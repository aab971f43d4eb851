using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox.Journal;

/// <summary>
/// The file to which each commit goes first, in one write and one sync: <c>outbox.journal</c>. What it holds is brought into the database now and then, many commits
/// at once; after that it is written from its beginning again, over what is in the database already.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private static readonly byte[] s_nothingBefore = new byte[JournalRecord.CheckLength];

    private readonly OutboxFiles _files;
    private readonly SafeFileHandle _file;
    private readonly long _outbox;
    private readonly uint _process = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private byte[] _previous = s_nothingBefore;
    private bool _unsynced;

    private JournalFile(OutboxFiles files, SafeFileHandle file, long outbox)
    {
        _files = files;
        _file = file;
        _outbox = outbox;
    }

    /// <summary>The number of the last record.</summary>
    public long Sequence { get; private set; }

    /// <summary>Bytes that are not in the database yet.</summary>
    public long Length { get; private set; }

    /// <summary>True once a sync has failed: what is on the disk is not known.</summary>
    public bool Broken { get; private set; }

    /// <summary>Opens it, or makes it; its name is not synced.</summary>
    /// <param name="files">The outbox's.</param>
    /// <param name="outbox">Which outbox it is.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static JournalFile Open(OutboxFiles files, long outbox)
    {
        if (File.Exists(files.Journal))
            Permissions.CloseFile(files.Journal);
        else
            Permissions.CreateFile(files.Journal);
        return new JournalFile(files, File.OpenHandle(files.Journal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), outbox);
    }

    /// <summary>The contents of the records that are not in the database, in order; the next one is written after them.</summary>
    /// <param name="folded">The last record that is in the database.</param>
    /// <exception cref="OutboxUnusableException">It is another outbox's, or begins after what the database ends with: what lies between would be lost.</exception>
    public IReadOnlyList<byte[]> Read(long folded)
    {
        var contents = new List<byte[]>();
        var header = new byte[JournalRecord.HeaderLength];
        BeginAnew();
        Sequence = folded;
        while (RandomAccess.Read(_file, header, Length) == header.Length && JournalRecord.TryReadHeader(header, out var outbox, out var sequence, out var length))
        {
            // Before anything is taken from a length that chance may have written.
            if (length > RandomAccess.GetLength(_file) - Length - header.Length)
                break;
            var content = new byte[length];
            if (RandomAccess.Read(_file, content, Length + header.Length) < length || !JournalRecord.IsWhole(_previous, header, content))
                break;
            if (contents.Count == 0 && (outbox != _outbox || sequence > Sequence + 1))
                throw Foreign(outbox == _outbox ? $"it begins with record {sequence}, and the database ends with {Sequence}" : "it belongs to another outbox");
            // Left from a round that is in the database.
            if (sequence != Sequence + 1)
                break;
            contents.Add(content);
            Sequence = sequence;
            Length += JournalRecord.LengthOf(length);
            _previous = JournalRecord.CheckOf(header).ToArray();
        }

        _unsynced = contents.Count > 0;
        return contents;
    }

    /// <summary>Writes a record.</summary>
    /// <param name="content">What it holds.</param>
    /// <param name="sync">It is on the disk when this returns, and all before it.</param>
    /// <exception cref="IOException">It is not written, or not known to be.</exception>
    public void Append(ReadOnlySpan<byte> content, bool sync)
    {
        var record = JournalRecord.Make(_outbox, Sequence + 1, _process, _previous, content);
        try
        {
            RandomAccess.Write(_file, record, Length);
        }
        catch (IOException)
        {
            // Of a record that is given up nothing may be left that could be taken for whole: only its padding may be missing.
            RandomAccess.SetLength(_file, Length);
            throw;
        }

        _unsynced = true;
        if (sync)
            Sync();
        Sequence++;
        Length += record.Length;
        _previous = JournalRecord.CheckOf(record).ToArray();
    }

    /// <summary>Takes room for what is written next, so that nobody else does; as much of it as there is.</summary>
    /// <param name="bytes">So many, after what it holds.</param>
    /// <exception cref="IOException">The file system fails in another way than by having no room.</exception>
    public void TakeRoom(long bytes) => Posix.TryAllocate(_file, Length, bytes);

    /// <summary>All that was written is on the disk when this returns.</summary>
    /// <exception cref="IOException">It is not known to be: it must not be written further.</exception>
    public void Sync()
    {
        if (!_unsynced)
            return;
        Broken = true;
        Posix.SyncData(_file, _files.Journal);
        Broken = false;
        _unsynced = false;
    }

    /// <summary>All that it holds is in the database, and that is synced: the next record is written at its beginning.</summary>
    public void BeginAnew()
    {
        Length = 0;
        _previous = s_nothingBefore;
        _unsynced = false;
    }

    /// <summary>What it holds is in the database and must not be readable here any more.</summary>
    /// <exception cref="IOException">It is not known to be gone.</exception>
    public void Erase(bool sync)
    {
        BeginAnew();
        RandomAccess.SetLength(_file, 0);
        if (sync)
            Posix.SyncData(_file, _files.Journal);
    }

    public void Dispose() => _file.Dispose();

    private OutboxUnusableException Foreign(string why) =>
        new(_files.Named, $"its journal does not fit to it ({why}). Put the files back that belong together. {OutboxFiles.Cure}") { Trouble = OutboxTrouble.Damaged };
}
