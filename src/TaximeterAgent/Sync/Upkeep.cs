namespace TaximeterAgent.Sync;

/// <summary>
/// What the store needs now and then: phone numbers wiped, old history removed, the log folded in. In small pieces between the engine's rounds, so that no fare
/// waits for it.
/// </summary>
/// <param name="time">The monotonic clock.</param>
/// <param name="piece">Does one piece; true if there is more to do.</param>
/// <param name="first">How long after the start it begins: not while the car is busy starting.</param>
/// <param name="every">How often it begins anew.</param>
internal sealed class Upkeep(TimeProvider time, Func<bool> piece, TimeSpan first, TimeSpan every)
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    private long _due = time.After(first);

    public long NextDue => _due;

    public void RunDue()
    {
        if (time.GetTimestamp() >= _due)
            _due = time.After(piece() ? s_between : every);
    }
}
