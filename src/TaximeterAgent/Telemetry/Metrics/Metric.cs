namespace TaximeterAgent.Telemetry.Metrics;

/// <summary>How a metric is counted.</summary>
internal enum MetricKind
{
    /// <summary>Only ever grows, from 0 at the agent's start.</summary>
    Counter,

    /// <summary>As it is now.</summary>
    Gauge,

    /// <summary>How many were at most so long.</summary>
    Histogram,
}

/// <summary>A metric of ours. No label ever holds what tells a trip, a payment or a person.</summary>
/// <param name="Name">As OpenTelemetry writes it: <c>taximeter.meter.frames</c>.</param>
/// <param name="Kind">How it is counted.</param>
/// <param name="Unit">As UCUM writes it: <c>s</c>, <c>By</c>, <c>1</c>; what is counted in braces.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Labels">What it is split by.</param>
internal sealed record Metric(string Name, MetricKind Kind, string Unit, string Meaning, params Label[] Labels)
{
    /// <summary>A histogram's upper bounds, growing.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];
}

/// <summary>What a metric is split by.</summary>
/// <param name="Name">As OpenTelemetry writes it: <c>taximeter.operation</c>.</param>
/// <param name="Values">For people: what it can be.</param>
internal sealed record Label(string Name, string Values);
