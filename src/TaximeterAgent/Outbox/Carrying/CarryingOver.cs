using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox.Carrying;

/// <summary>What was carried over.</summary>
/// <param name="Database">Where it is now.</param>
/// <param name="KeptIn">The directory that has the old one.</param>
/// <param name="Count">What both hold.</param>
/// <param name="Finished">True if an earlier try had done all but the last step.</param>
internal sealed record CarriedOver(string Database, string KeptIn, ContentCount Count, bool Finished);

/// <summary>The stores do not hold the same: nothing was changed.</summary>
internal sealed class ContentDiffersException(string message) : Exception(message);

/// <summary>
/// Carries an outbox over from one store to another, while no agent runs. The new one is made in a place of its own, closed, opened again and compared with the old one row by row;
/// then it gets its name, and after that the old one is moved away. Whenever this is interrupted there is a whole outbox: with the old one alone an agent starts as before; with
/// both none starts, and the same command finishes.
/// </summary>
internal sealed class CarryingOver(string directory, OutboxStore from, OutboxStore to, TimeProvider time)
{
    /// <summary>Where the old one is kept, below the outbox's directory; a directory named by the time for each.</summary>
    public const string Kept = "outbox.migrated";

    /// <summary>Where the new one is made.</summary>
    public const string Making = "outbox.migrating";

    private readonly OutboxFiles _files = new(directory) { MayBeTwo = true };

    /// <summary>For tests: told before each step that cannot be taken back by itself, so that it can be interrupted there.</summary>
    public Action<string>? Before { get; init; }

    private OutboxFiles New => new(Path.Combine(_files.Directory, Making));

    /// <summary>Does it.</summary>
    /// <param name="stop">Ends it between two pieces, until the new one gets its name.</param>
    /// <exception cref="OutboxUnusableException">An agent runs, or one of the stores cannot be used; nothing was changed.</exception>
    /// <exception cref="ContentDiffersException">Both are there and are not the same.</exception>
    /// <exception cref="IOException">The disk failed; nothing was changed, or the same command finishes.</exception>
    public CarriedOver Run(CancellationToken stop)
    {
        DemandSource();
        var owner = Permissions.OwnerOf(_files.Directory);
        using var @lock = OutboxLock.Take(_files);
        Permissions.GiveTo(_files.Lock, owner);
        var finished = File.Exists(DatabaseOf(_files, to));
        var count = finished ? CompareBoth(@lock, stop) : MakeNew(@lock, owner, stop);
        Before?.Invoke("the old one is moved away");
        var place = KeptPlace.Make(_files, Kept, owner, time);
        KeptPlace.Move(_files, FilesOf(_files, from), place);
        DeleteMaking();
        foreach (var file in FilesOf(_files, to).Where(File.Exists))
            Permissions.GiveTo(file, owner);
        return new CarriedOver(DatabaseOf(_files, to), place, count, finished);
    }

    private static string DatabaseOf(OutboxFiles files, OutboxStore store) => store == OutboxStore.LiteDb ? files.LiteDb : files.Database;

    // The database first: what is left beside it is noticed, a database without it would be taken for a whole one.
    private static string[] FilesOf(OutboxFiles files, OutboxStore store) =>
        store == OutboxStore.LiteDb ? [files.LiteDb, files.LiteDbLog] : [files.Database, files.Wal, files.SharedMemory, files.Journal];

    private void DemandSource()
    {
        foreach (var store in new[] { from, to }.Where(store => !OutboxStores.IsBuiltIn(store)))
            OutboxStores.Opener(_files);
        if (File.Exists(DatabaseOf(_files, from)))
            return;
        throw new OutboxUnusableException(
            DatabaseOf(_files, from),
            File.Exists(DatabaseOf(_files, to)) ? $"it is not there, and {DatabaseOf(_files, to)} is: the trips are there already" : OutboxReader.NothingHere) { Trouble = OutboxTrouble.Missing };
    }

    private ContentCount CompareBoth(OutboxLock @lock, CancellationToken stop)
    {
        using var old = OutboxStores.Open(from, _files, @lock.Again(), time);
        using var made = OutboxStores.Open(to, _files, @lock.Again(), time);
        var (count, difference) = ContentComparison.Of((IOutboxContent)old, (IOutboxContent)made, stop);
        return count ?? throw new ContentDiffersException(
            $"{DatabaseOf(_files, from)} and {DatabaseOf(_files, to)} are both there and do not hold the same: {difference}. Nothing was changed. Move the one that is older out of the directory");
    }

    private ContentCount MakeNew(OutboxLock @lock, (uint User, uint Group) owner, CancellationToken stop)
    {
        DeleteMaking();
        Permissions.CreateDirectory(New.Directory);
        Permissions.GiveTo(New.Directory, owner);
        ContentCount? count;
        try
        {
            using var old = OutboxStores.Open(from, _files, @lock.Again(), time);
            using (var made = OutboxStores.Open(to, New, OutboxLock.Take(New), time))
                ((IOutboxContent)made).TakeOver((IOutboxContent)old, stop);
            Before?.Invoke("the new one is opened again");
            // As an agent would find it.
            using (var made = OutboxStores.Open(to, New, OutboxLock.Take(New), time))
            {
                (count, var difference) = ContentComparison.Of((IOutboxContent)old, (IOutboxContent)made, stop);
                if (count is null)
                    throw new ContentDiffersException($"what was carried over is not the same as what there was: {difference}. Nothing was changed");
            }
        }
        catch
        {
            DeleteMaking();
            throw;
        }

        SyncWhole();
        Before?.Invoke("the new one gets its name");
        Permissions.GiveTo(DatabaseOf(New, to), owner);
        File.Move(DatabaseOf(New, to), DatabaseOf(_files, to), overwrite: false);
        Posix.SyncDirectory(_files.Directory);
        return count;
    }

    // Closed in good order, a database holds everything by itself.
    private void SyncWhole()
    {
        foreach (var rest in FilesOf(New, to)[1..].Where(file => new FileInfo(file) is { Exists: true, Length: > 0 }))
            throw new IOException($"{rest} still holds something: there may be no room on the disk");
        using var file = File.OpenHandle(DatabaseOf(New, to), FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
        Posix.SyncDirectory(New.Directory);
    }

    private void DeleteMaking()
    {
        if (Directory.Exists(New.Directory))
            Directory.Delete(New.Directory, recursive: true);
    }
}
