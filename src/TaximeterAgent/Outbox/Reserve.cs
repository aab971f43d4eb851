using System.Globalization;
using Microsoft.Win32.SafeHandles;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox;

/// <summary>
/// Room on the state's own file system that no other program can take: <c>outbox.reserve</c>, a file of real blocks. When the disk is full it is given back piece by piece, and
/// each piece is taken for the journal in the next call, so that fares are stored for as long as some of it is left. It is made whole again when there is room.
/// </summary>
/// <param name="files">The outbox's.</param>
/// <param name="bytes">How much; 0 for none.</param>
internal sealed class Reserve(OutboxFiles files, long bytes) : IOutboxReserve
{
    /// <summary>Whoever fills the disk may be quicker than the journal: then it gets a piece and not the whole.</summary>
    private const long PieceMost = 256 << 10;

    private const long PieceLeast = 16 << 10;

    private const int JournalSector = Journal.JournalRecord.Sector;

    /// <summary>Left free when the reserve is made again: for the database, so that the journal can be brought in.</summary>
    private const long Margin = 1 << 20;

    private bool _told;

    /// <summary>Told when a piece is given back and when it is whole again: how many bytes are left.</summary>
    public Action<long>? Changed { get; set; }

    /// <summary>In bytes; 0 where none is wanted.</summary>
    public long Whole { get; } = bytes;

    /// <summary>In bytes, by the file itself.</summary>
    public long Left { get; private set; } = LengthOf(files.Reserve);

    /// <summary>True while a part of it is given away: what can wait must not take any of the rest.</summary>
    public bool InUse => Left < Whole;

    private long Piece => Math.Clamp(Whole / 8, PieceLeast, PieceMost) / JournalSector * JournalSector;

    /// <summary>Of any outbox's directory: what is left of its reserve, in bytes.</summary>
    public static long LengthOf(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true } there ? there.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>True if there is room for what is missing of it and a little more.</summary>
    public bool HasRoom => FileSystemSpace.Of(files.Directory) is not { } space || space.FreeBytes >= Whole - Left + Margin;

    /// <summary>Makes it as large as it shall be, where there is room for that; else it stays as it is.</summary>
    public void Make()
    {
        if (Left == Whole || (InUse && !HasRoom))
            return;
        try
        {
            if (Whole == 0)
                File.Delete(files.Reserve);
            else
                Resize();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is a help and no condition: whatever is wrong with this disk, the next commit says it.
        }

        Left = LengthOf(files.Reserve);
        if (!InUse && _told)
            Tell();
        _told = InUse;
    }

    /// <summary>Gives a piece back to the file system.</summary>
    /// <param name="take">Takes it again at once, for what it is needed for: so many bytes.</param>
    /// <returns>False if nothing is left.</returns>
    public bool Give(Action<long> take)
    {
        if (Left == 0)
            return false;
        var piece = Math.Min(Piece, Left);
        try
        {
            using (var file = File.OpenHandle(files.Reserve, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
                RandomAccess.SetLength(file, Left - piece);
            Left -= piece;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Left = 0;
            return false;
        }

        take(piece);
        _told = true;
        Tell();
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Left} of {Whole} bytes");

    private void Resize()
    {
        if (!File.Exists(files.Reserve))
            Permissions.CreateFile(files.Reserve);
        using var file = File.OpenHandle(files.Reserve, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Permissions.CloseFile(file);
        if (Left > Whole)
            RandomAccess.SetLength(file, Whole);
        else if (!Posix.TryAllocate(file, 0, Whole))
            // What a call that failed has taken is given back: half a reserve that nobody counted on is room that somebody may need.
            RandomAccess.SetLength(file, Left);
    }

    private void Tell() => Changed?.Invoke(Left);
}
