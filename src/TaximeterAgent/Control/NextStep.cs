using System.Globalization;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Control;

/// <summary>Says what comes next for a payment and for a trip, and when. Pure: what it is told is all that it knows.</summary>
internal static class NextStep
{
    /// <summary>When an operation is due that nobody is there to carry out: at no time that could be told.</summary>
    public static readonly TimeSpan OnceAnAgentRuns = TimeSpan.MaxValue;

    public static NextReport OfAttempt(TripState state, Attempt attempt, Func<string, TimeSpan?> dueIn, bool online)
    {
        if (state.Stopped is not null)
            return Stopped;
        if (attempt.Pending is { } pending)
            return Of(pending, dueIn, online);
        if (attempt.ReceiptPending is { } receipt)
            return Of(receipt, dueIn, online);
        if (state.GivenUp)
            return Nothing;
        if (state.Held)
            return IsSettled(attempt) ? Nothing : Held;
        if (attempt.State == PaymentState.Authorized && attempt.Remaining > 0 && !attempt.Undo)
        {
            if (state.Question != Question.None)
                return new NextReport("driver", null, "the driver's answer on the display");
            if (state.Orphan is not null)
                return Unclaimed;
            if (state.Fare is null)
                return new NextReport("fare", null, "the fare of the trip");
        }

        if (state.Orphan is not null && attempt.State == PaymentState.Created)
            return Unclaimed;

        if (attempt.FinalReadDue)
            return new NextReport("timer", null, "read once more when a late request can have arrived, to be certain");
        return Nothing;
    }

    public static NextReport OfTrip(TripState state, Func<string, TimeSpan?> dueIn, bool online)
    {
        if (state.Stopped is not null)
            return Stopped;
        if (state.Question != Question.None)
            return new NextReport("driver", null, "the driver's answer on the display");
        NextReport? timer = null;
        foreach (var attempt in state.Attempts)
        {
            var next = OfAttempt(state, attempt, dueIn, online);
            if (next.What == "timer")
                timer = next;
            else if (next != Nothing)
                return next;
        }

        if (state.Held)
            return Held;
        if (state.GivenUp)
            return new NextReport("nothing", null, "nothing: a technician has closed it over what could not be settled");
        if (state.RefundRefused && state.Unsettled.Any())
            return new NextReport("technician", null, "the service refuses the refund; give the money back another way, then resolve the trip");
        if (state.RefundRefused && state.RefundTarget > state.Refunded)
            return new NextReport("technician", null, "the service refuses the refund; give the money back another way");
        if (state.Unpaid)
            return new NextReport("driver", null, "the driver: send a request, or collect otherwise");
        if (state.Orphan is { NotOurs: true })
            return new NextReport("nothing", null, "nothing: no payment of this car was found under that name");
        if (state.Orphan is { LetGo: true })
            return new NextReport("nothing", null, "nothing: another trip has the payment");
        if (state.Orphan is null && state.Fare is null && state.Settled == SettledBy.Nobody && state.ReservationEnd == ReservationEnd.None)
            return new NextReport("fare", null, "the fare of the trip");
        if (state.WordDue is not null)
            return new NextReport("meter", null, "the meter, to acknowledge the result");
        return timer ?? Nothing;
    }

    private static NextReport Nothing { get; } = new("nothing", null, "nothing: done");

    private static NextReport Unclaimed { get; } = new("timer", null, "the fare of the trip, for a while; then what is reserved is released");

    private static NextReport Held { get; } = new("technician", null, "a technician: the trip is held, nothing is sent for it until it is released");

    private static bool IsSettled(Attempt attempt) => attempt.Over && !attempt.FinalReadDue && !(attempt.Undo && attempt.Captured > attempt.Refunded);

    private static NextReport Stopped { get; } = new("technician", null, "a technician: the trip is stopped, nothing is sent for it");

    private static NextReport Of(Pending pending, Func<string, TimeSpan?> dueIn, bool online)
    {
        var what = Kebab.Of(pending.Kind);
        if (dueIn(pending.Id) is not { } left)
            return new NextReport(what, null, $"{what}, on its way");
        if (left == OnceAnAgentRuns)
            return new NextReport(what, null, $"{what}, once an agent runs");
        var seconds = Math.Round(left.TotalSeconds, 1);
        var text = seconds <= 0 ? $"{what}, now" : string.Create(CultureInfo.InvariantCulture, $"{what}, in {seconds:0.#} s");
        return new NextReport(what, seconds, online ? text : $"{text} or when the network is back");
    }
}
