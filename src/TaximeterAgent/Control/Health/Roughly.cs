using System.Globalization;

namespace TaximeterAgent.Control.Health;

/// <summary>Times and amounts to one figure, so that a line that says them stays the same for as long as possible.</summary>
internal static class Roughly
{
    /// <summary><c>some seconds</c>, <c>4 min</c>, <c>3 h</c>, <c>12 d</c>; of either sign.</summary>
    public static string Long(TimeSpan time)
    {
        var length = time.Duration();
        return length switch
        {
            { TotalMinutes: < 1 } => "some seconds",
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalMinutes} min"),
            { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalDays} d"),
        };
    }

    /// <summary><c>340 kB</c>, <c>12 MB</c>, <c>3.4 GB</c>; powers of 1000, as disks are sold.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
