using System.Diagnostics;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Telemetry.Traces;

/// <summary>What is kept of a trip while its span is open.</summary>
/// <param name="trace">Its trace.</param>
/// <param name="began">When its span began; a monotonic timestamp.</param>
/// <param name="beganAt">The same by the car's clock. All other times are reckoned from it: a clock that is set meanwhile does not tear the trace.</param>
internal sealed class TracedTrip(ActivityTraceId trace, long began, DateTimeOffset beganAt)
{
    public ActivityTraceId Trace { get; } = trace;

    public long Began { get; } = began;

    /// <summary>The span; null until somebody listens.</summary>
    public Activity? Root { get; set; }

    /// <summary>Inputs since the last commit, and when the first of them was taken.</summary>
    public List<string> Inputs { get; } = [];

    public long InputsSince { get; set; }

    /// <summary>Calls on their way, by their operation's id.</summary>
    public Dictionary<string, long> Calls { get; } = [];

    /// <summary>The result that the meter has not acknowledged yet, and since when it is told.</summary>
    public (Word Word, long Since)? Telling { get; set; }

    public string? Outcome { get; set; }

    public DateTime At(TimeProvider time, long timestamp) => (beganAt + time.GetElapsedTime(Began, timestamp)).UtcDateTime;
}
