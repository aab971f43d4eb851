using System.Collections.Immutable;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Payments;

/// <summary>That what is due was settled without us; from then on nothing new is captured.</summary>
public enum SettledBy
{
    /// <summary>Not settled otherwise.</summary>
    Nobody,

    /// <summary>The meter said VOID.</summary>
    Void,

    /// <summary>The driver takes another way to pay.</summary>
    Cash,

    /// <summary>A technician says that it was paid otherwise: nothing of ours is kept.</summary>
    Otherwise,
}

/// <summary>Why a booking's reservation is given back.</summary>
public enum ReservationEnd
{
    None,
    BookingCancelled,
    NoShow,

    /// <summary>The sales unit captures in full only.</summary>
    FullCaptureOnly,
}

/// <summary>What only a person can decide.</summary>
public enum Question
{
    None,

    /// <summary>The customer approved while the driver was giving up: let it stand, or undo it?</summary>
    ApprovedMeanwhile,

    /// <summary>The capture is no longer guaranteed: capture all the same, or give it back?</summary>
    CaptureNotGuaranteed,

    /// <summary>The meter said VOID after the capture: keep the money, or refund it?</summary>
    VoidAfterCapture,
}

/// <summary>The result that the meter is told.</summary>
public enum WordKind
{
    Paid,
    Unpaid,
    Refunded,
}

/// <summary>Why a fare is unpaid, in the meter's words.</summary>
public enum UnpaidReason
{
    Aborted,
    Expired,
    Rejected,
    Cancelled,
    Offline,
}

/// <summary>The newest result for the meter. Amounts in minor units.</summary>
public sealed record Word(int Number, WordKind Kind, Reference Reference)
{
    /// <summary>PAID: what was captured. UNPAID: what is captured and kept. REFUNDED: what has been given back in all.</summary>
    public required long Amount { get; init; }

    /// <summary>UNPAID: what is left to collect otherwise.</summary>
    public long Due { get; init; }

    public UnpaidReason? Reason { get; init; }

    /// <summary>The meter has acknowledged it, or refused it for good.</summary>
    public bool Acknowledged { get; init; }
}

/// <summary>A request that is to be made as soon as no earlier attempt can be approved any more.</summary>
/// <param name="Phone">Whom to ask; null for whoever scans a code on paper.</param>
/// <param name="Replace">The driver wants it instead of the request that is out, which is therefore ended.</param>
public sealed record Wish(PhoneNumber? Phone, bool Replace);

/// <summary>All that is known of one trip or booking, and of the payments made for it. Immutable; changed by <see cref="TripPayment"/> only.</summary>
public sealed record TripState
{
    /// <summary>The trip; null for a booking whose fare has not come.</summary>
    public TripId? Trip { get; init; }

    public Fare? Fare { get; init; }

    public Booking? Booking { get; init; }

    /// <summary>The last number that was asked or is known.</summary>
    public PhoneNumber? Phone { get; init; }

    /// <summary>The last request was to be a code on paper, which asks no number: so is the one that is sent again.</summary>
    public bool ByCode { get; init; }

    public SettledBy Settled { get; init; }

    public ReservationEnd ReservationEnd { get; init; }

    /// <summary>The driver wants another way to pay; stored as cash once nothing can be approved any more.</summary>
    public bool OtherWay { get; init; }

    public Wish? Wish { get; init; }

    public Question Question { get; init; }

    /// <summary>Offered to the driver, never sent by itself: an old fare, or one that names a cancelled booking.</summary>
    public bool OnlyOnRequest { get; init; }

    /// <summary>The request waited for longer than the policy allows before it could be made: offered, never sent by itself.</summary>
    public bool RequestTooOld { get; init; }

    /// <summary>What is due is too little, or too much, for one payment: it is shown to the driver, not requested.</summary>
    public bool Unrequestable { get; init; }

    /// <summary>The store was new when this trip was learnt: look for payments that an earlier store has made.</summary>
    public bool Probe { get; init; }

    /// <summary>Not null while all that is known of it is a payment that an earlier store has made.</summary>
    public Orphan? Orphan { get; init; }

    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    public Word? Word { get; init; }

    /// <summary>Minor units that shall have been refunded in all, by order of a person.</summary>
    public long RefundTarget { get; init; }

    /// <summary>Who ordered the refund cannot have it.</summary>
    public bool RefundRefused { get; init; }

    /// <summary>The state was found impossible: nothing more is sent for this trip until a person has looked.</summary>
    public string? Stopped { get; init; }

    /// <summary>
    /// A technician holds the trip: nothing new is sent for it, whatever happens, until it is released. What is said is taken all the same, and what follows from it
    /// waits; a request that was never sent may end meanwhile, as it may without network.
    /// </summary>
    public bool Held { get; init; }

    /// <summary>A technician has closed the trip over what could not be settled: nothing more is sent for it, and money may still be out there.</summary>
    public bool GivenUp { get; init; }

    /// <summary>Payments that hold something, or may, though nothing of the trip is to be kept.</summary>
    public IEnumerable<Attempt> Unsettled => Attempts.Where(a => a.IsLeft);

    /// <summary>A person has said that it was paid otherwise, and nothing stands in the way of what follows from that.</summary>
    public bool IsResolved =>
        (Settled is SettledBy.Void or SettledBy.Otherwise || Orphan is { ReleaseDue: true } || (Fare is null && Trip is null && ReservationEnd != ReservationEnd.None))
        && Stopped is null && !RefundRefused && !GivenUp && Question == Question.None && (Orphan is null ? Attempts.All(a => a.Undo) : Orphan.ReleaseDue);

    /// <summary>
    /// True where a technician may close the trip over what is left: it was settled otherwise, something is left, and of all that is left the undoing was tried and has
    /// failed, or the state is impossible. What is merely under way is not given up.
    /// </summary>
    public bool CanBeGivenUp =>
        !GivenUp && (Settled is SettledBy.Void or SettledBy.Otherwise || Orphan is { ReleaseDue: true } || (Fare is null && ReservationEnd != ReservationEnd.None))
        && (Stopped is not null || (Unsettled.Any() && Unsettled.All(a => a.Failures > 0 || a.Refusals > 0 || (RefundRefused && a.Remaining == 0 && a.Refund is null))));

    /// <summary>
    /// What people call a trip of which no number is known: by its booking, else by the payment that it is kept for. Null where there is nothing to call it by.
    /// </summary>
    public string? BookingName => Booking?.Id ?? Orphan?.Booking ?? (Trip is null ? Orphan?.Reference.ToString() : null);

    /// <summary>Captured and meant to be kept, minor units.</summary>
    public long Kept => Attempts.Where(a => !a.Undo).Sum(a => a.Captured);

    /// <summary>Refunded of what counted for the fare, minor units.</summary>
    public long Refunded => Attempts.Where(a => a.Counted > 0).Sum(a => a.Refunded);

    /// <summary>What shall have been refunded by order, of what counts, minor units: a payment that was undone after the order is refunded anyway.</summary>
    public long RefundDue => Math.Min(RefundTarget, Attempts.Sum(a => a.Counted));

    /// <summary>Still to be captured, minor units; 0 before the fare and once it was settled otherwise.</summary>
    public long Outstanding => Fare is null || Settled != SettledBy.Nobody ? 0 : Math.Max(0, Fare.Total.MinorUnits - Kept);

    /// <summary>True while money or a request can still be out there, or someone has still to be told.</summary>
    public bool Busy =>
        Stopped is null
        && (Word is { Acknowledged: false } || Held || (!GivenUp && IsUnderWay));

    private bool IsUnderWay =>
        (Wish is not null || Question != Question.None || Attempts.Any(IsBusy) || (Fare is not null && Attempts.Any(OwesReceipt)) || (Fare is null && Orphan is null && Settled == SettledBy.Nobody && ReservationEnd == ReservationEnd.None)
            || RefundDue > Refunded && !RefundRefused);

    /// <summary>True while the driver may still be paid by a new request.</summary>
    public bool Unpaid => Fare is not null && Settled == SettledBy.Nobody && Outstanding > 0;

    /// <summary>
    /// What the meter has still to be told; null if nothing is. An UNPAID that it has not got yet is not said any more once the driver asks anew: by then it is not true.
    /// </summary>
    public Word? WordDue => Word is { Acknowledged: false } word && !(word.Kind == WordKind.Unpaid && AsksAnew) ? word : null;

    private bool AsksAnew => Wish is not null || Attempts.Any(attempt => !attempt.Over);

    private static bool IsBusy(Attempt attempt) =>
        attempt.Pending is not null || !attempt.Over || attempt.FinalReadDue || attempt.ReadFirst || attempt.Refund is not null
        || (attempt.Undo && attempt.Captured > attempt.Refunded);

    private static bool OwesReceipt(Attempt attempt) => attempt.Captured > 0 && attempt.Receipt is not (ReceiptState.Posted or ReceiptState.Refused);
}
