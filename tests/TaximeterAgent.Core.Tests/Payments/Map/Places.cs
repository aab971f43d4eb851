using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Tests.Payments.Map;

/// <summary>The names of the states on the map, in the order in which a reader meets them.</summary>
internal static class Places
{
    private static readonly string[] s_order =
    [
        "number asked", "to be sent", "uncertain", "with the customer", "being ended", "approved", "being captured", "approved meanwhile?", "paid", "being given back", "refunded",
        "ended: refused by the customer", "ended: expired", "ended: customer not found", "ended: not set up", "ended: not sent", "ended: cancelled", "other way to pay", "void",
    ];

    public static int Order(string place) => Array.IndexOf(s_order, place) is >= 0 and var at ? at : s_order.Length;

    public static string Of(TripState state)
    {
        var a = state.Attempts.LastOrDefault();
        if (state.Question == Question.ApprovedMeanwhile)
            return "approved meanwhile?";
        if (state.Word?.Kind == WordKind.Refunded)
            return "refunded";
        var holds = state.Attempts.Any(x => x.Undo && x.State == PaymentState.Authorized && (x.Remaining > 0 || x.Captured > x.Refunded));
        if (holds)
            return "being given back";
        if (state.Word?.Kind == WordKind.Paid)
            return state.RefundTarget > state.Refunded ? "being given back" : "paid";
        if (state.Settled == SettledBy.Void && state.Attempts.All(x => x.Over))
            return "void";
        if (state.Settled is SettledBy.Cash or SettledBy.Otherwise && state.Attempts.All(x => x.Over))
            return "other way to pay";
        return a is null ? "number asked" : OfAttempt(state, a);
    }

    private static string OfAttempt(TripState state, Attempt a) => a switch
    {
        { Ending: Ending.Aborted } => "ended: refused by the customer",
        { Ending: Ending.Expired } => "ended: expired",
        { Ending: Ending.CustomerUnknown } => "ended: customer not found",
        { Ending: Ending.NotSetUp } => "ended: not set up",
        { Ending: Ending.Offline } => "ended: not sent",
        { Ending: not null } => "ended: cancelled",
        { Existence: Existence.Unsent } => a.Withdraw || a.Undo ? "being ended" : "to be sent",
        { Existence: Existence.Uncertain or Existence.Probing } => "uncertain",
        { State: PaymentState.Created or PaymentState.None } => a.Withdraw || a.Undo || state.Settled != SettledBy.Nobody ? "being ended" : "with the customer",
        { Capture: not null } => "being captured",
        _ => "approved",
    };
}
