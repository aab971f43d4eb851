using Microsoft.Extensions.Logging;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>What happens when the ignition is switched off.</summary>
/// <param name="HoldUp">How long the supply holds without it.</param>
/// <param name="Rest">Brings the store to rest: what is in its log goes to its place.</param>
internal sealed record PowerPlan(TimeSpan HoldUp, Action Rest);

/// <summary>
/// The supply is about to go: nothing new is begun, what is under way comes to its end, and all that is known is on disk before the time is over. If the supply stays
/// or comes back, the agent goes on as if nothing had happened. What the meter and the driver say is taken and stored all the while: it is never refused for this.
/// </summary>
internal sealed class PowerDesk(PowerPlan plan, TripBook book, Dispatcher dispatcher, TimeProvider time, ILogger log)
{
    private long? _deadline;

    /// <summary>True while nothing new may be begun.</summary>
    public bool Failing { get; private set; }

    /// <summary>True once nothing is under way any more and the store rests, until the supply is back.</summary>
    public bool AtRest { get; private set; }

    /// <summary>When the time is over; null if that is not awaited.</summary>
    public long? NextDue => _deadline;

    /// <summary>The ignition is off.</summary>
    public void Lost()
    {
        if (Failing)
            return;
        Failing = true;
        AtRest = false;
        _deadline = time.After(plan.HoldUp);
        Note("ignition-off", "the ignition is off: nothing new is begun");
        Log.PowerFailing(log, dispatcher.InFlight, plan.HoldUp);
    }

    /// <summary>The ignition is on.</summary>
    public void Back()
    {
        if (!Failing)
            return;
        Failing = false;
        AtRest = false;
        _deadline = null;
        Note("ignition-on", "the ignition is on: the agent goes on");
        Log.PowerBack(log);
    }

    /// <summary>To be called when a round is stored.</summary>
    public void Stored()
    {
        if (_deadline is not { } deadline)
            return;
        var late = time.GetTimestamp() >= deadline;
        if (dispatcher.InFlight > 0 && !late)
            return;
        _deadline = null;
        plan.Rest();
        AtRest = true;
        if (dispatcher.InFlight == 0)
            Log.PowerAtRest(log);
        else
            Log.PowerTooLate(log, dispatcher.InFlight);
    }

    // Synced, and with it all before it that was not.
    private void Note(string what, string text)
    {
        book.Note(new HistoryLine(null, time.GetUtcNow(), "car", what, text));
        book.Batch.Sync = true;
    }
}
