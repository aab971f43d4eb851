using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Gpio;

namespace TaximeterAgent.Driver;

/// <summary>Which signal a change of what is shown is worth. What was shown before the first look is no change: a start makes no sound.</summary>
internal sealed class SignalWatch
{
    private bool _looked;
    private long? _trip;
    private long _newest;
    private TripPhase? _phase;
    private long? _asked;

    /// <summary>Looks at what is shown.</summary>
    /// <param name="trip">The trip.</param>
    /// <param name="phase">How it stands.</param>
    /// <param name="asked">The trip whose amount is asked for instead.</param>
    public Signal? Look(long? trip, TripPhase? phase, long? asked)
    {
        var signal = _looked ? Of(trip, phase, asked) : null;
        _looked = true;
        (_trip, _phase, _asked) = (trip, phase, asked);
        _newest = Math.Max(_newest, trip ?? 0);
        return signal;
    }

    private Signal? Of(long? trip, TripPhase? phase, long? asked)
    {
        if (asked is not null)
            return asked != _asked ? Signal.Attention : null;
        if (phase is not { } now)
            return null;
        // Whoever turns from trip to trip by a key looks at the display already.
        if (trip != _trip)
            return now.IsQuestion() || (trip > _newest && now.IsDriversTurn()) ? Signal.Attention : trip > _newest && now == TripPhase.Paid ? Signal.Paid : null;
        if (now == _phase)
            return null;
        return now switch
        {
            TripPhase.Paid => Signal.Paid,
            TripPhase.AskNumberAgain => Signal.Attention,
            _ when now.IsQuestion() => Signal.Attention,
            // Asked for, it has come to nothing; the first question for a number is no refusal.
            _ when now.IsDriversTurn() && now is not (TripPhase.AskNumber or TripPhase.Offer) => Signal.Refused,
            _ => null,
        };
    }
}
