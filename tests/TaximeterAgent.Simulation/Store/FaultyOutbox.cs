using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation;

/// <summary>The outbox of one life of the agent, with what can happen at a commit: power cut before, in and after it, no room, and a sync that fails.</summary>
internal sealed class FaultyOutbox(IOutbox inner, Power power, DiskTrouble trouble, Tally tally) : IOutbox
{
    private OutboxFailedException? _failed;

    public void Commit(OutboxBatch batch)
    {
        Usable();
        power.Step(CrashPoint.BeforeCommit);
        if (trouble.IsFull())
            throw new OutboxFullException("There is no room.");
        switch (trouble.Failure())
        {
            case CommitFailure.Nothing:
                throw _failed = new OutboxFailedException("The write has failed.");
            case CommitFailure.Stored:
                inner.Commit(batch);
                throw _failed = new OutboxFailedException("The sync has failed.");
        }

        if (power.IsCutAt(CrashPoint.InCommitOldState))
            throw new PowerCut();
        var inside = power.IsCutAt(CrashPoint.InCommitNewState);
        inner.Commit(batch);
        tally.Commits++;
        if (inside)
            throw new PowerCut();
        power.Step(CrashPoint.AfterCommit);
    }

    public void Tend()
    {
        Usable();
        inner.Tend();
    }

    public IReadOnlyList<KnownIdentity> FindByCheck(uint check)
    {
        Usable();
        return inner.FindByCheck(check);
    }

    public KnownIdentity? Find(Identity identity)
    {
        Usable();
        return inner.Find(identity);
    }

    public StoredTrip? Load(long key)
    {
        Usable();
        return inner.Load(key);
    }

    public IReadOnlyList<StoredTrip> LoadOpen()
    {
        Usable();
        return inner.LoadOpen();
    }

    public long NextKey()
    {
        Usable();
        return inner.NextKey();
    }

    public string? Setting(string name)
    {
        Usable();
        return inner.Setting(name);
    }

    public void Dispose()
    {
        // The disk closes what it has opened.
    }

    private void Usable()
    {
        power.MustBeOn();
        if (_failed is not null)
            throw _failed;
    }
}

/// <summary>What a commit that fails has left behind.</summary>
internal enum CommitFailure
{
    None,
    Nothing,
    Stored,
}

/// <summary>When the disk has no room, and when a write of it fails.</summary>
internal sealed class DiskTrouble(VirtualClock clock, Chance chance, Tally tally)
{
    private long _fullUntil;

    /// <summary>Probability at each commit; 0 once the world is healthy.</summary>
    public double Rate { get; set; }

    public bool IsFull()
    {
        if (clock.Now < _fullUntil)
            return true;
        if (!chance.Of(Rate))
            return false;
        tally.Count(FaultKind.DiskFull);
        _fullUntil = clock.Now + chance.Seconds(1, 120).Ticks;
        return true;
    }

    public CommitFailure Failure()
    {
        if (!chance.Of(Rate / 2))
            return CommitFailure.None;
        tally.Count(FaultKind.CommitFails);
        return chance.Pick(CommitFailure.Nothing, CommitFailure.Stored);
    }

    public void Heal()
    {
        Rate = 0;
        _fullUntil = 0;
    }
}
