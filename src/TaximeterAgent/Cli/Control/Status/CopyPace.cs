namespace TaximeterAgent.Cli.Control.Status;

/// <summary>While a status is watched and no agent answers: the database is copied once a minute and not with every look, for it may be large and its disk slow.</summary>
/// <param name="look">Copies it and looks.</param>
/// <param name="time">The clock.</param>
internal sealed class CopyPace(Func<string, CancellationToken, CopiedParts> look, TimeProvider time)
{
    /// <summary>For so long what was seen stands.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private (CopiedParts Parts, long At)? _last;

    /// <param name="directory">The outbox's: the same one every time.</param>
    /// <param name="stop">Ctrl+C.</param>
    public CopiedParts Look(string directory, CancellationToken stop)
    {
        if (_last is not { } last || time.GetElapsedTime(last.At) >= Interval)
            _last = last = (look(directory, stop), time.GetTimestamp());
        return last.Parts;
    }
}
