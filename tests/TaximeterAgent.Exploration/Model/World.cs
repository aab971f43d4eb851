using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>Where an operation of the agent's is.</summary>
internal enum Stage
{
    /// <summary>Stored, and not to be sent for now.</summary>
    Resting,

    /// <summary>To be sent; it can still be taken back.</summary>
    Planned,

    /// <summary>Sent; the agent waits for its answer.</summary>
    OnItsWay,
}

/// <summary>An operation that the agent holds.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Forgotten">Finished for the agent while it is on its way: its answer is the last that is heard of it.</param>
internal sealed record Call(Operation Operation, Stage Stage, bool Forgotten = false);

/// <summary>A request that nobody waits for any more and that may still arrive.</summary>
/// <param name="Operation">The call.</param>
/// <param name="BeforeTimer">Sent before the timer of its payment was started that says when nothing can arrive any more: it keeps that timer from ending.</param>
/// <param name="Resent">Sabotage only: sent by itself, whenever that will be.</param>
internal sealed record Letter(Operation Operation, bool BeforeTimer = false, bool Resent = false);

/// <summary>A timer of the trip that runs.</summary>
internal sealed record RunningTimer(TimerKind Kind, Reference? Reference);

/// <summary>What a power cut leaves: the state as of the last synced commit.</summary>
internal sealed record Disk(TripState State, ImmutableArray<Operation> Operations, ImmutableArray<RunningTimer> Timers);

/// <summary>
/// One trip and the world around it at one moment. Time has no length here: whatever may happen next can happen next. Only what one event forbids to another is
/// kept (see <see cref="Letter.BeforeTimer"/>). A world that was entered is never changed again; a step works on a copy.
/// </summary>
internal sealed class World
{
    public TripState State { get; set; } = new();

    public ImmutableArray<Call> Calls { get; set; } = [];

    public ImmutableArray<Letter> Letters { get; set; } = [];

    public ImmutableArray<RunningTimer> Timers { get; set; } = [];

    public Disk Disk { get; set; } = new(new TripState(), [], []);

    public ImmutableArray<Payment> Payments { get; set; } = [];

    public ImmutableArray<RememberedKey> Keys { get; set; } = [];

    /// <summary>Power cuts that may still come.</summary>
    public int Crashes { get; set; }

    /// <summary>Messages that may still be lost, be late or find no network.</summary>
    public int Losses { get; set; }

    /// <summary>Calls that the service may still refuse for reasons of its own.</summary>
    public int Refusals { get; set; }

    public bool FareSaid { get; set; }

    public bool BookingSaid { get; set; }

    public bool VoidSaid { get; set; }

    public bool BookingVoidSaid { get; set; }

    /// <summary>How often a technician may still hold the trip.</summary>
    public int Holds { get; set; }

    /// <summary>How often a technician may still say that it was paid otherwise.</summary>
    public int Resolves { get; set; }

    /// <summary>A technician holds the trip.</summary>
    public bool HoldSaid { get; set; }

    /// <summary>A technician has said that it was paid otherwise.</summary>
    public bool ResolveSaid { get; set; }

    /// <summary>A technician has given up what cannot be undone, and has not taken that back.</summary>
    public bool GiveUpSaid { get; set; }

    /// <summary>Somebody has spoken of a payment that no trip had.</summary>
    public bool OrphanSaid { get; set; }

    /// <summary>Nobody had claimed the payment in time, and its release was sent: it may come about whatever is said then.</summary>
    public bool ReleaseSent { get; set; }

    /// <summary>What an earlier store had captured and not refunded, minor units.</summary>
    public long KeptEarlier { get; init; }

    /// <summary>The driver has asked for a request since UNPAID was said.</summary>
    public bool Asked { get; set; }

    /// <summary>Makes the ids of inputs; no part of what makes two worlds the same.</summary>
    public int Inputs { get; set; }

    public World Copy() => (World)MemberwiseClone();

    public Payment? Payment(Reference reference)
    {
        foreach (var payment in Payments)
        {
            if (payment.Reference == reference)
                return payment;
        }

        return null;
    }

    public int IndexOfCall(string id)
    {
        for (var i = 0; i < Calls.Length; i++)
        {
            if (Calls[i].Operation.Id == id && !Calls[i].Forgotten)
                return i;
        }

        return -1;
    }

    public Attempt? Attempt(Reference reference)
    {
        foreach (var attempt in State.Attempts)
        {
            if (attempt.Reference == reference)
                return attempt;
        }

        return null;
    }

    /// <summary>True if a call of this payment is on its way: the dispatcher sends no other meanwhile.</summary>
    public bool IsOnItsWay(Reference reference)
    {
        foreach (var call in Calls)
        {
            if (call.Stage == Stage.OnItsWay && call.Operation.Reference == reference)
                return true;
        }

        return false;
    }
}
