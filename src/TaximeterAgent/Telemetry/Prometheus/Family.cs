using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace TaximeterAgent.Telemetry.Prometheus;

/// <summary>One metric with all its series. Measurements come from any thread.</summary>
internal sealed class Family
{
    /// <summary>Series of one metric; what would be more is counted as one, with the label <c>otel_metric_overflow</c>, as OpenTelemetry does.</summary>
    public const int SeriesMaximum = 200;

    private const string Overflow = "otel_metric_overflow=\"true\"";

    /// <summary>Where an instrument has no advice: .NET's own for the durations of its HTTP client.</summary>
    private static readonly double[] s_seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly Lock _one = new();
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly string _help;
    private readonly string _type;
    private readonly bool _observed;
    private readonly bool _adds;
    private readonly double[]? _bounds;

    public Family(string name, Instrument instrument)
    {
        _name = name;
        _help = instrument.Description ?? "";
        _type = ExpositionText.TypeOf(instrument);
        _observed = instrument.IsObservable;
        _bounds = _type == ExpositionText.Histogram ? Bounds(instrument) : null;
        // A counter's measurement is what has come to it; a gauge's and an observed counter's is all of it.
        _adds = !_observed && _type != ExpositionText.Gauge || ExpositionText.IsUpDownCounter(instrument);
    }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        lock (_one)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                if (_series.Count >= SeriesMaximum)
                    labels = Overflow;
                if (!_series.TryGetValue(labels, out series))
                    _series[labels] = series = new Series(_bounds is null ? [] : new long[_bounds.Length + 1]);
            }

            if (_bounds is not null)
                series.Buckets[Bucket(value)]++;
            series.Count++;
            series.Value = _adds || _bounds is not null ? series.Value + value : value;
        }
    }

    /// <summary>What is observed is observed anew: series that are no more are not told.</summary>
    public void BeginObserving()
    {
        if (!_observed)
            return;
        lock (_one)
            _series.Clear();
    }

    public void Write(StringBuilder text)
    {
        lock (_one)
        {
            if (_series.Count == 0)
                return;
            ExpositionText.Head(text, _name, _help, _type);
            foreach (var (labels, series) in _series)
            {
                if (_bounds is null)
                    ExpositionText.Line(text, _name, labels, series.Value);
                else
                    Histogram(text, labels, series, _bounds);
            }
        }
    }

    private void Histogram(StringBuilder text, string labels, Series series, double[] bounds)
    {
        var before = labels.Length == 0 ? "" : labels + ",";
        long below = 0;
        for (var bucket = 0; bucket < bounds.Length; bucket++)
        {
            below += series.Buckets[bucket];
            ExpositionText.Line(text, $"{_name}_bucket", $"{before}le=\"{ExpositionText.Number(bounds[bucket])}\"", below);
        }

        ExpositionText.Line(text, $"{_name}_bucket", $"{before}le=\"+Inf\"", series.Count);
        ExpositionText.Line(text, $"{_name}_sum", labels, series.Value);
        ExpositionText.Line(text, $"{_name}_count", labels, series.Count);
    }

    private int Bucket(double value)
    {
        var bucket = 0;
        while (bucket < _bounds!.Length && value > _bounds[bucket])
            bucket++;
        return bucket;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var all = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            if (value is not null && name != Listened.PeerAddress)
                all.Add($"{PrometheusName.Label(name)}=\"{ExpositionText.Escaped(Said(value))}\"");
        }

        all.Sort(StringComparer.Ordinal);
        return string.Join(',', all);
    }

    private static string Said(object value) => value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static double[] Bounds(Instrument instrument) => instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } ? [.. advised] : s_seconds;

    private sealed class Series(long[] buckets)
    {
        /// <summary>How many fell between a bound and the one before it; the last above all bounds.</summary>
        public long[] Buckets { get; } = buckets;

        public long Count { get; set; }

        /// <summary>The sum, for a histogram.</summary>
        public double Value { get; set; }
    }
}
