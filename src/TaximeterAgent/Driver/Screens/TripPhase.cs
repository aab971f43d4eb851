using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Driver.Screens;

/// <summary>How a trip stands, as far as the driver is concerned. Each has its screen.</summary>
internal enum TripPhase
{
    /// <summary>A booking without fare: nothing for the driver to do.</summary>
    Booked,

    /// <summary>Which number shall be asked?</summary>
    AskNumber,

    /// <summary>The service does not know the number: asked again, nobody blamed.</summary>
    AskNumberAgain,

    /// <summary>Old, or its booking was cancelled: sent only if the driver wants it.</summary>
    Offer,

    /// <summary>Looking whether it was asked for before.</summary>
    Checking,
    Sending,

    /// <summary>Kept until the network is back.</summary>
    WaitingForNetwork,

    /// <summary>The request is with the customer.</summary>
    WaitingForCustomer,

    /// <summary>The request is being taken back.</summary>
    Ending,

    /// <summary>Perhaps with the customer, perhaps not.</summary>
    Uncertain,

    /// <summary>Approved; not captured yet, so not paid yet.</summary>
    Approved,
    Paid,

    /// <summary>A fare of nothing: there is nothing to ask for.</summary>
    NothingDue,
    Refused,
    Expired,
    Rejected,

    /// <summary>The sales unit is not set up: no request will work.</summary>
    NotPossible,
    Offline,

    /// <summary>Ended by the driver or released.</summary>
    Cancelled,

    /// <summary>To be collected otherwise; nothing of ours is out there.</summary>
    OtherWay,

    /// <summary>Settled otherwise, or a refund was ordered; something of ours is still being given back.</summary>
    GivingBack,
    Void,
    Refunded,
    QuestionApproved,
    QuestionLate,
    QuestionVoid,

    /// <summary>A technician has to look.</summary>
    Stopped,

    /// <summary>A technician holds it, or has closed it over what could not be settled: what would go on by itself does not.</summary>
    WithTechnician,
}

internal static class TripPhases
{
    /// <summary>The phase that a stored state is in.</summary>
    public static TripPhase PhaseOf(this TripState state, bool online)
    {
        var phase = OfFacts(state, online);
        // What waits for nobody but the agent waits for the technician. What is so, and what the driver is asked, stays as it is.
        return (state.Held || state.GivenUp) && (phase.IsWaiting() || phase is TripPhase.Ending or TripPhase.Approved or TripPhase.GivingBack) ? TripPhase.WithTechnician : phase;
    }

    private static TripPhase OfFacts(TripState state, bool online)
    {
        if (state.Stopped is not null)
            return TripPhase.Stopped;
        if (state.Question != Question.None)
            return state.Question switch
            {
                Question.ApprovedMeanwhile => TripPhase.QuestionApproved,
                Question.CaptureNotGuaranteed => TripPhase.QuestionLate,
                _ => TripPhase.QuestionVoid,
            };
        if (state.Word?.Kind == WordKind.Refunded)
            return TripPhase.Refunded;
        // Ordered, and not certain yet.
        if (state.RefundDue > state.Refunded && !state.RefundRefused)
            return TripPhase.GivingBack;
        if (state.Settled == SettledBy.Void)
            return state.Attempts.All(IsClean) ? TripPhase.Void : TripPhase.GivingBack;
        if (state.Fare is null)
            return TripPhase.Booked;
        if (state.Settled is SettledBy.Cash or SettledBy.Otherwise)
            return state.Attempts.All(IsClean) ? TripPhase.OtherWay : TripPhase.GivingBack;
        if (state.Word?.Kind == WordKind.Paid)
            return TripPhase.Paid;
        if (state.Attempts.LastOrDefault(a => !a.Over) is { } live)
            return live.Existence == Existence.Probing ? OfProbe(state, live, online) : OfLive(live, online, nothingDue: state.Outstanding == 0);
        if (state.Fare.Total.IsZero)
            return TripPhase.NothingDue;
        if (state.Wish is not null)
            return TripPhase.Sending;
        if (state.OnlyOnRequest)
            return TripPhase.Offer;
        if (state.Unrequestable)
            return TripPhase.Rejected;
        return state.Attempts.LastOrDefault()?.Ending switch
        {
            Ending.Aborted => TripPhase.Refused,
            Ending.Expired => TripPhase.Expired,
            Ending.CustomerUnknown => TripPhase.AskNumberAgain,
            Ending.NotSetUp => TripPhase.NotPossible,
            Ending.Rejected or Ending.Foreign => TripPhase.Rejected,
            Ending.Offline => TripPhase.Offline,
            Ending.Cancelled or Ending.FullCaptureOnly => TripPhase.Cancelled,
            _ => TripPhase.AskNumber,
        };
    }

    /// <summary>True where the next move is the driver's.</summary>
    public static bool IsDriversTurn(this TripPhase phase) => phase is TripPhase.AskNumber or TripPhase.AskNumberAgain or TripPhase.Offer or TripPhase.Refused
        or TripPhase.Expired or TripPhase.Rejected or TripPhase.NotPossible or TripPhase.Offline or TripPhase.Cancelled;

    /// <summary>True where a number can be keyed at once.</summary>
    public static bool TakesNumber(this TripPhase phase) => phase is TripPhase.AskNumber or TripPhase.AskNumberAgain;

    /// <summary>True while a request is, or may be, with the customer.</summary>
    public static bool IsWaiting(this TripPhase phase) =>
        phase is TripPhase.Sending or TripPhase.WaitingForNetwork or TripPhase.WaitingForCustomer or TripPhase.Uncertain or TripPhase.Checking;

    public static bool IsQuestion(this TripPhase phase) => phase is TripPhase.QuestionApproved or TripPhase.QuestionLate or TripPhase.QuestionVoid;

    /// <summary>True where nothing more happens for the driver.</summary>
    public static bool IsFinal(this TripPhase phase) => phase is TripPhase.Paid or TripPhase.NothingDue or TripPhase.OtherWay or TripPhase.Void or TripPhase.Refunded or TripPhase.GivingBack or TripPhase.Stopped;

    private static bool IsClean(Attempt a) => a.Over && !(a.Undo && a.Captured > a.Refunded);

    // Whether an earlier store has asked for the fare cannot be found out without network. Meanwhile the driver is not kept waiting for what needs none.
    private static TripPhase OfProbe(TripState state, Attempt probe, bool online) => (state, probe) switch
    {
        _ when online => TripPhase.Checking,
        (_, { Withdraw: true } or { Undo: true }) => TripPhase.WaitingForNetwork,
        ({ OnlyOnRequest: true }, _) => TripPhase.Offer,
        ({ Phone: null }, _) => TripPhase.AskNumber,
        _ => TripPhase.WaitingForNetwork,
    };

    private static TripPhase OfLive(Attempt live, bool online, bool nothingDue) => live switch
    {
        { State: PaymentState.Authorized } when live.Undo || nothingDue => TripPhase.GivingBack,
        { State: PaymentState.Authorized } => TripPhase.Approved,
        { Existence: Existence.Uncertain, Failures: > 0 } or { Existence: Existence.Uncertain, TooOld: true } => TripPhase.Uncertain,
        { Withdraw: true } or { Undo: true } => TripPhase.Ending,
        { Existence: Existence.Exists } => TripPhase.WaitingForCustomer,
        _ => online ? TripPhase.Sending : TripPhase.WaitingForNetwork,
    };
}
