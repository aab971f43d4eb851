using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Payments;

/// <summary>The times that a trip waits for.</summary>
public enum TimerKind
{
    /// <summary>The request has waited for the network as long as the policy allows.</summary>
    OfflineTooLong,

    /// <summary>From now on a 404 for this reference is proof.</summary>
    Certain,

    /// <summary>Nobody came for the booking.</summary>
    NoShow,

    /// <summary>Nobody answered a question.</summary>
    Choice,

    /// <summary>An ended attempt is read once more.</summary>
    FinalRead,

    /// <summary>Nobody has claimed a payment that this store does not know.</summary>
    Orphan,
}

/// <summary>Everything that can happen to a trip. Time and ids come with it; <see cref="TripPayment"/> has none of its own.</summary>
public abstract record Input
{
    private Input()
    {
    }

    /// <summary>The car's clock, for people and for comparison with the service's dates.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Unique; the operations that follow from this input derive theirs from it. At most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The meter has finished a trip.</summary>
    /// <param name="Fare">What is due.</param>
    /// <param name="OnlyOnRequest">Too old to be requested by itself.</param>
    /// <param name="Probe">The store is younger than the trip: an earlier one may have made payments.</param>
    public sealed record FareReceived(Fare Fare, bool OnlyOnRequest = false, bool Probe = false) : Input;

    /// <summary>A trip was ordered in the app.</summary>
    public sealed record BookReceived(Booking Booking, bool Probe = false) : Input;

    /// <summary>The meter says: settled otherwise, or there will be no ride. For a trip that is not known yet <paramref name="Trip"/> names it.</summary>
    /// <param name="Trip">The trip, or null where a booking is meant.</param>
    /// <param name="Booking">The booking.</param>
    /// <param name="Probe">The store is younger than the trip: an earlier one may have made payments, which are to be undone.</param>
    public sealed record Voided(TripId? Trip, string? Booking, bool Probe = false) : Input;

    /// <summary>The driver confirmed this number on this trip's screen.</summary>
    public sealed record NumberConfirmed(PhoneNumber Phone) : Input;

    /// <summary>The driver wants a code on paper: the customer says no number.</summary>
    public sealed record CodeChosen : Input;

    /// <summary>The driver sends the request again, to the same number or as a code as before.</summary>
    public sealed record SendAgain : Input;

    /// <summary>The driver takes another way to pay.</summary>
    public sealed record OtherWayChosen : Input;

    /// <summary>The driver's answer: what the customer approved stands.</summary>
    public sealed record LetStand : Input;

    /// <summary>The driver's answer: give it back.</summary>
    public sealed record UndoChosen : Input;

    /// <summary>A person wants <paramref name="Total"/> minor units to have been given back in all.</summary>
    public sealed record RefundOrdered(long Total) : Input;

    /// <summary>A technician holds the trip: nothing new is sent for it. What is on its way comes to its end.</summary>
    public sealed record Held : Input;

    /// <summary>A technician lets the trip go on: everything is read before anything else is sent.</summary>
    public sealed record Released : Input;

    /// <summary>
    /// A technician, who has looked, says that the trip was paid otherwise: nothing of ours is kept. A refund that was refused is tried anew, a state that was impossible
    /// is read anew.
    /// </summary>
    /// <param name="GiveUp">Close it over what could not be settled; passed over unless <see cref="TripState.CanBeGivenUp"/>.</param>
    public sealed record Resolved(bool GiveUp = false) : Input;

    /// <summary>What came of a try.</summary>
    /// <param name="OperationId">The operation that was tried.</param>
    /// <param name="Kind">Its kind.</param>
    /// <param name="Reference">Its payment.</param>
    /// <param name="Result">What came of it.</param>
    /// <param name="NoRoomToWait">The policy allows no further trip, or no more money, to wait for the network.</param>
    public sealed record Tried(string OperationId, OperationKind Kind, Reference Reference, TryOutcome Result, bool NoRoomToWait = false) : Input;

    /// <summary>A time has come.</summary>
    public sealed record Due(TimerKind Timer, Reference? Reference) : Input;

    /// <summary>Somebody says that this payment has changed. It decides nothing; the payment is read at once.</summary>
    public sealed record PaymentHint(Reference Reference) : Input;

    /// <summary>
    /// Somebody says that there is a payment of this car which no trip has. For a trip of its own, new; or for one that it was made for, which looks for it as a new store does.
    /// </summary>
    /// <param name="Reference">The payment.</param>
    /// <param name="Kind">What it was made for, as its name has it.</param>
    /// <param name="Number">The attempt, 1 to <see cref="Reference.AttemptMaximum"/>.</param>
    public sealed record OrphanHinted(Reference Reference, AttemptKind Kind, int Number) : Input;

    /// <summary>Another trip of this store has the payment that this one was kept for.</summary>
    public sealed record OrphanLetGo : Input;

    /// <summary>The agent has started and read this trip from its store: what was under way has an unknown outcome.</summary>
    public sealed record Restarted : Input;

    /// <summary>The meter has acknowledged the result, or refused it for good.</summary>
    public sealed record WordAnswered(int Number, string? Refused = null) : Input;
}
