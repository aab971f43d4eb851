using TaximeterAgent.Sync;

namespace TaximeterAgent.Hosting.Systemd;

/// <summary>
/// The tick that shows that the engine lives. It is posted like all that happens and goes all the way: taken from the queue, through the round's decisions, its commit
/// and the dispatcher. Only its arrival tells systemd. An idle engine ticks, and so does one whose disk is full; one that hangs in any of these does not. Used on the
/// engine's thread alone.
/// </summary>
/// <param name="interval">How often at least.</param>
/// <param name="time">The monotonic clock.</param>
/// <param name="alive">Tells systemd.</param>
internal sealed class Watchdog(TimeSpan interval, TimeProvider time, Action alive)
{
    /// <summary>The tick goes along with whatever else wakes the engine late in the interval: with a meter that beats every ten seconds nothing is woken for it.</summary>
    private const double AlongFrom = 2.0 / 3.0;

    private long _arrived = time.GetTimestamp();
    private bool _underWay;

    /// <summary>When the engine has to be awake for the tick; a monotonic timestamp. Null while it is under way.</summary>
    public long? NextDue => _underWay ? null : _arrived + time.Ticks(interval);

    /// <summary>Sends the tick on its way if it is time. To be called whenever the engine is awake, before it takes its work.</summary>
    public void Look(Engine engine)
    {
        if (!_underWay && time.GetTimestamp() >= _arrived + time.Ticks(interval * AlongFrom))
            _underWay = engine.Beat(Arrived);
    }

    private void Arrived()
    {
        _underWay = false;
        _arrived = time.GetTimestamp();
        alive();
    }
}
