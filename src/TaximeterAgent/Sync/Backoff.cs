namespace TaximeterAgent.Sync;

/// <summary>The wait between tries of what has failed.</summary>
internal static class Backoff
{
    /// <param name="first">After the first failure; doubled with each further one.</param>
    /// <param name="most">The longest wait.</param>
    /// <param name="failures">How many there were, from 1.</param>
    /// <param name="fraction">From 0 up to but not including 1, by chance.</param>
    public static TimeSpan Of(TimeSpan first, TimeSpan most, int failures, double fraction)
    {
        var exponential = Math.Min(most.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 30)));
        // Between 80 and 120 percent: cars that lost the network together do not come back together.
        return TimeSpan.FromMilliseconds(Math.Min(most.TotalMilliseconds, exponential * (0.8 + 0.4 * fraction)));
    }
}
