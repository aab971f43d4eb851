namespace TaximeterAgent.Meter.Tfp;

/// <summary>When the outstanding message is sent again: so many tries, a pause, and from the beginning. Times are <see cref="TimeProvider"/> timestamps.</summary>
internal sealed class AnswerClock(TimeProvider time, TfpOptions options)
{
    private int _tries;
    private bool _pausing;

    public long Due { get; private set; }

    /// <summary>A new message, or a new round of the old one: the next try is its first.</summary>
    public void Restart()
    {
        _tries = 0;
        _pausing = false;
    }

    /// <summary>A frame goes out now.</summary>
    public void Tried()
    {
        _tries++;
        Due = time.After(options.AnswerTimeout);
    }

    /// <summary>As if the frame had just gone out, without a try being used up.</summary>
    public void Postpone()
    {
        Restart();
        Due = time.After(options.AnswerTimeout);
    }

    /// <summary>To be called at <see cref="Due"/>: true if the frame is to be sent now, false if the pause has begun.</summary>
    public bool SendNow()
    {
        if (_pausing || _tries < options.Tries)
        {
            if (_pausing)
                Restart();
            return true;
        }

        _pausing = true;
        Due = time.After(options.AnswerPause);
        return false;
    }
}

/// <summary>Durations in the unit of <see cref="TimeProvider.GetTimestamp"/>.</summary>
internal static class Timestamps
{
    /// <summary>The timestamp that is this far ahead; monotonic, so that a corrected clock moves nothing.</summary>
    public static long After(this TimeProvider time, TimeSpan duration) =>
        time.GetTimestamp() + (long)Math.Ceiling(duration.TotalSeconds * time.TimestampFrequency);
}
