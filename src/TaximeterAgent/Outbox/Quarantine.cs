using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

/// <summary>
/// Sets an outbox aside that cannot be used any more: keeps its files, and begins a new one that looks for payments by their references before it makes any.
/// From the first look to the end it holds the outbox's lock, so that no agent runs meanwhile.
/// </summary>
internal sealed class Quarantine : IDisposable
{
    /// <summary>Where what was set aside is kept, below the outbox's directory; a directory named by the time for each.</summary>
    public const string Folder = "outbox.quarantine";

    private readonly OutboxFiles _files;
    private readonly OutboxStore _store;
    private readonly TimeProvider _time;
    private OutboxLock? _lock;

    private Quarantine(OutboxFiles files, OutboxStore store, OutboxLock @lock, TimeProvider time)
    {
        _files = files;
        _store = store;
        _lock = @lock;
        _time = time;
    }

    /// <summary>The database.</summary>
    public string Database => _store == OutboxStore.LiteDb ? _files.LiteDb : _files.Database;

    /// <summary>Why it cannot be used; null if nothing is wrong with it.</summary>
    public string? Fault { get; private set; }

    /// <summary>True if it can be set aside without being forced: an agent of any version would refuse it.</summary>
    public bool Broken { get; private set; }

    /// <summary>The trips that are not finished, as far as that can be read.</summary>
    public IReadOnlyList<TripState> Unfinished { get; private set; } = [];

    /// <summary>Takes the lock and looks at what is there; changes nothing.</summary>
    /// <exception cref="OutboxUnusableException">There is nothing, another process has it, or this user may not touch it.</exception>
    /// <param name="directory">The outbox's.</param>
    /// <param name="time">The car's clock.</param>
    /// <param name="stop">Ends it between two pieces.</param>
    /// <param name="store">What keeps the new one.</param>
    public static Quarantine Open(string directory, TimeProvider time, CancellationToken stop, OutboxStore store = OutboxStore.Sqlite)
    {
        var files = new OutboxFiles(directory);
        DemandSomething(files);
        var owner = Permissions.OwnerOf(files.Directory);
        var quarantine = new Quarantine(files, store, OutboxLock.Take(files), time);
        try
        {
            Permissions.GiveTo(files.Lock, owner);
            quarantine.Look(stop);
            return quarantine;
        }
        catch
        {
            quarantine.Dispose();
            throw;
        }
    }

    /// <summary>Moves database, WAL, shared memory and journal away, syncs that, and makes a new outbox with a line in its history.</summary>
    /// <param name="caller">Who does it.</param>
    /// <returns>The directory that holds the old files.</returns>
    /// <exception cref="OutboxUnusableException">A new outbox cannot be made; the old one is set aside all the same.</exception>
    /// <exception cref="IOException">The files cannot be moved.</exception>
    public string SetAside(string caller)
    {
        var owner = Permissions.OwnerOf(_files.Directory);
        var place = KeptPlace.Make(_files, Folder, owner, _time);
        // The database first: a WAL or journal without its database is noticed at the next start, a database without them would be taken for a whole one.
        KeptPlace.Move(_files, AllFiles, place);

        var taken = _lock ?? throw new ObjectDisposedException(nameof(Quarantine));
        _lock = null;
        using (var outbox = OutboxStores.Open(_store, _files, taken, _time))
        {
            // Before anything is written: the agent's user has to be able to open what is there whenever this ends.
            GiveAll(owner);
            outbox.Commit(FirstBatch(caller, place));
            GiveAll(owner);
        }

        GiveAll(owner);
        return place;
    }

    public void Dispose() => _lock?.Dispose();

    // Whatever the outbox was kept in.
    private IEnumerable<string> AllFiles => [_files.Database, _files.Wal, _files.SharedMemory, _files.Journal, _files.LiteDb, _files.LiteDbLog];

    private static void DemandSomething(OutboxFiles files)
    {
        try
        {
            if (Directory.EnumerateFiles(files.Directory).Any(file => file == files.Database || file == files.Wal || file == files.Journal || file == files.LiteDb || file == files.LiteDbLog))
                return;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OutboxUnusableException(files.Database, $"this user may not look at it ({e.Message})", e) { Trouble = OutboxTrouble.Forbidden };
        }
        catch (IOException)
        {
            // No such directory: nothing there either.
        }

        throw new OutboxUnusableException(files.Database, "there is no outbox here to be set aside; the agent makes one when it starts") { Trouble = OutboxTrouble.Missing };
    }

    private void Look(CancellationToken stop)
    {
        try
        {
            using var copy = OutboxCopy.Make(_files.Directory, _time, stop);
            Unfinished = [.. copy.LoadOpen().Select(trip => trip.State).Where(state => state.Busy)];
        }
        catch (OutboxUnusableException e) when (e.Trouble is OutboxTrouble.Damaged or OutboxTrouble.Foreign)
        {
            // What would cure it is being done.
            (Fault, Broken) = (e.Message.Replace($" {OutboxFiles.Cure}", "", StringComparison.Ordinal), true);
        }
        catch (TripStateUnreadableException e)
        {
            (Fault, Broken) = ($"{Database}: {e.Message}", true);
        }
        catch (OutboxUnusableException e) when (e.Trouble is OutboxTrouble.Newer or OutboxTrouble.System)
        {
            // Another version of the agent, or another disk for the copy, may be all that is missing.
            Fault = e.Message;
        }
    }

    private OutboxBatch FirstBatch(string caller, string place)
    {
        var now = _time.GetUtcNow();
        var batch = new OutboxBatch { Sync = true };
        batch.Settings[IOutbox.BegunAnew] = now.ToString("O", CultureInfo.InvariantCulture);
        batch.History.Add(new HistoryLine(null, now, "technician", "quarantine", $"{caller} set the outbox aside, {Fault ?? "though nothing was wrong with it"}; it is kept in {place}"));
        foreach (var state in Unfinished)
        {
            batch.History.Add(new HistoryLine(
                null, now, "technician", "quarantine", $"not finished in the outbox that was set aside: {state.Trip?.ToString() ?? state.Booking?.Id}", state.Attempts.LastOrDefault()?.Reference.ToString()));
        }

        return batch;
    }

    private void GiveAll((uint User, uint Group) owner)
    {
        foreach (var file in AllFiles.Where(File.Exists))
            Permissions.GiveTo(file, owner);
    }
}
