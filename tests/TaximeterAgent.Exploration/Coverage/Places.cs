using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Coverage;

/// <summary>How a trip stands, coarsely enough to count.</summary>
internal enum Place
{
    Unknown,
    Reserving,
    Reserved,
    ReservationEnding,
    ReservationOver,
    NumberAsked,
    LookedFor,
    ToBeSent,
    Uncertain,
    WithCustomer,
    BeingEnded,
    Approved,
    BeingCaptured,
    AskedIfApproved,
    AskedIfLate,
    AskedIfVoid,
    Paid,
    GivenBack,
    Refunded,
    DriversTurn,
    OtherWay,
    Voided,
    Orphan,
}

internal static class Places
{
    public static int Count { get; } = Enum.GetValues<Place>().Length;

    public static Place Of(TripState s)
    {
        if (s.Orphan is not null)
            return Place.Orphan;
        switch (s.Question)
        {
            case Question.ApprovedMeanwhile:
                return Place.AskedIfApproved;
            case Question.CaptureNotGuaranteed:
                return Place.AskedIfLate;
            case Question.VoidAfterCapture:
                return Place.AskedIfVoid;
        }

        Attempt? live = null;
        var givesBack = false;
        foreach (var a in s.Attempts)
        {
            givesBack |= a is { Undo: true, State: PaymentState.Authorized } && (a.Remaining > 0 || a.Captured > a.Refunded);
            if (!a.Over)
                live = a;
        }

        if (s.Fare is null && s.Settled == SettledBy.Nobody)
            return OfBooking(s, live, givesBack);
        if (givesBack || (s.Word is { Kind: WordKind.Paid } && s.RefundTarget > s.Refunded))
            return Place.GivenBack;
        if (live is not null)
            return OfAttempt(s, live);
        if (s.Word is { Kind: WordKind.Refunded })
            return Place.Refunded;
        if (s.Settled == SettledBy.Void)
            return Place.Voided;
        if (s.Word is { Kind: WordKind.Paid })
            return Place.Paid;
        if (s.Settled is SettledBy.Cash or SettledBy.Otherwise)
            return Place.OtherWay;
        return s.Attempts.IsEmpty ? Place.NumberAsked : Place.DriversTurn;
    }

    private static Place OfBooking(TripState s, Attempt? live, bool givesBack)
    {
        if (s.ReservationEnd != ReservationEnd.None)
            return live is not null || givesBack ? Place.ReservationEnding : Place.ReservationOver;
        if (s.Booking is null)
            return Place.Unknown;
        return live is { State: not PaymentState.Authorized } ? Place.Reserving : Place.Reserved;
    }

    private static Place OfAttempt(TripState s, Attempt a) => a switch
    {
        { Existence: Existence.Unsent } => a.Withdraw || a.Undo ? Place.BeingEnded : Place.ToBeSent,
        { Existence: Existence.Probing } => Place.LookedFor,
        { Existence: Existence.Uncertain } => Place.Uncertain,
        { State: PaymentState.Created or PaymentState.None } => a.Withdraw || a.Undo || s.Settled != SettledBy.Nobody ? Place.BeingEnded : Place.WithCustomer,
        { Capture: not null } => Place.BeingCaptured,
        _ => Place.Approved,
    };
}
