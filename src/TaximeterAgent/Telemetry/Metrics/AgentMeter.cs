using System.Diagnostics.Metrics;
using TaximeterAgent.Control;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Telemetry.Metrics;

/// <summary>
/// The instruments of <see cref="MetricTable"/>. What is counted elsewhere already is observed, when somebody collects; the rest is recorded by <see cref="TripMetrics"/>.
/// </summary>
internal sealed class AgentMeter : IDisposable
{
    private readonly System.Diagnostics.Metrics.Meter _meter;
    private readonly MeasuredParts _parts;
    private readonly FigureSource _figures;

    public AgentMeter(MeasuredParts parts, FigureSource figures, string version)
    {
        _parts = parts;
        _figures = figures;
        _meter = new System.Diagnostics.Metrics.Meter(MetricTable.MeterName, version);
        Fares = Counter(MetricTable.Fares);
        Trips = Counter(MetricTable.Trips);
        Unpaid = Counter(MetricTable.Unpaid);
        Captured = Counter(MetricTable.Captured);
        Refunded = Counter(MetricTable.Refunded);
        Calls = Counter(MetricTable.Calls);
        PaymentDuration = Histogram(MetricTable.PaymentDuration);
        CommitDuration = Histogram(MetricTable.CommitDuration);
        ObserveEngine();
        ObserveLine();
        ObserveCar();
        ObserveConnections();
    }

    public Counter<long> Fares { get; }

    public Counter<long> Trips { get; }

    public Counter<long> Unpaid { get; }

    public Counter<long> Captured { get; }

    public Counter<long> Refunded { get; }

    public Counter<long> Calls { get; }

    public Histogram<double> PaymentDuration { get; }

    public Histogram<double> CommitDuration { get; }

    /// <summary>True for an instrument of this meter, and of no other of the same name.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void Dispose() => _meter.Dispose();

    private void ObserveEngine()
    {
        Gauge(MetricTable.EngineAnswers, () => [Flag(_figures.Latest is not null)]);
        Gauge(MetricTable.Operations, figures => [Split(figures.Operations - figures.OnTheirWay, MetricTable.State, "waiting"), Split(figures.OnTheirWay, MetricTable.State, "on-its-way")]);
        Observe(MetricTable.OldestAge, () => _figures.Latest is { } figures ? [new Measurement<double>(Age(figures.OldestOpen))] : []);
        Gauge(MetricTable.Writable, figures => [Flag(figures.Writable)]);
        Gauge(MetricTable.OpenTrips, figures =>
        [
            Split(figures.UnderWay, MetricTable.State, "under-way"),
            Split(figures.Unpaid, MetricTable.State, "unpaid"),
            Split(figures.Held, MetricTable.State, "held"),
            Split(figures.Failed, MetricTable.State, "failed"),
        ]);
        Gauge(MetricTable.Online, figures => [Flag(figures.Online)]);
        Gauge(MetricTable.Ignition, figures => figures.Ignition is { } on ? [Flag(on)] : []);
    }

    private void ObserveLine()
    {
        Gauge(MetricTable.MeterHeard, figures => [Flag(figures.MeterHeard)]);
        Count(MetricTable.Frames, figures => [Split(figures.FramesReceived, MetricTable.Direction, "received"), Split(figures.FramesSent, MetricTable.Direction, "sent")]);
        Count(MetricTable.FramesAgain, figures => [new Measurement<long>(figures.FramesSentAgain)]);
        Count(MetricTable.FramesDropped, figures =>
        [
            .. figures.Dropped.Select(dropped => Split(dropped.Count, MetricTable.Reason, Kebab.Of(dropped.Cause))),
            Split(figures.AnswersIgnored, MetricTable.Reason, "answer-ignored"),
            Split(figures.Echoes, MetricTable.Reason, "echo"),
            Split(_parts.Traffic().FramesNotSent, MetricTable.Reason, "not-sent"),
        ]);
        Count(MetricTable.Bytes, () => _parts.Traffic() is var line ? [Split(line.BytesReceived, MetricTable.Direction, "received"), Split(line.BytesSent, MetricTable.Direction, "sent")] : []);
        Count(MetricTable.LineFaults, figures =>
        [
            Split(_parts.Traffic().BytesDamaged, MetricTable.Reason, "damaged"),
            Split(figures.BytesOutside, MetricTable.Reason, "outside"),
            Split(_parts.Traffic().Breaks, MetricTable.Reason, "break"),
        ]);
        Count(MetricTable.LineOpenings, () => [new Measurement<long>(_parts.Traffic().Openings)]);
    }

    private void ObserveCar()
    {
        Gauge(MetricTable.DeviceState, () => [.. _parts.Devices().SelectMany(device => States(device.Name, device.Status))]);
        Gauge(MetricTable.OutboxSize, () => _parts.Disk() is { } disk ? [new Measurement<long>(disk.OutboxBytes)] : []);
        Gauge(MetricTable.DiskFree, () => _parts.Disk() is { } disk ? [new Measurement<long>(disk.FreeBytes)] : []);
        Observe(MetricTable.ClockSkew, () => _parts.Skew() is { } skew ? [new Measurement<double>(skew.TotalSeconds)] : []);
    }

    private void ObserveConnections()
    {
        if (_parts.Webhooks is { } webhooks)
        {
            Count(MetricTable.Webhooks, () => webhooks() is var came ?
            [
                Split(came.Accepted, MetricTable.Outcome, "accepted"),
                Split(came.Forged, MetricTable.Outcome, "forged"),
                Split(came.Stale, MetricTable.Outcome, "stale"),
                Split(came.Malformed, MetricTable.Outcome, "malformed"),
            ] : []);
        }

        if (_parts.Relay is not { } relay)
            return;
        Gauge(MetricTable.RelayConnected, () => [Flag(relay().Connected)]);
        Count(MetricTable.RelayMessages, () => relay() is var came ?
        [
            Split(came.Hints, MetricTable.RelayMessages.Labels[0], "hint"),
            Split(came.Orders, MetricTable.RelayMessages.Labels[0], "order"),
            Split(came.Unreadable, MetricTable.RelayMessages.Labels[0], "unreadable"),
            Split(came.Reports, MetricTable.RelayMessages.Labels[0], "report"),
        ] : []);
    }

    private Counter<long> Counter(Metric metric) => _meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Meaning);

    private Histogram<double> Histogram(Metric metric) =>
        _meter.CreateHistogram(metric.Name, metric.Unit, metric.Meaning, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = metric.Buckets });

    private void Gauge(Metric metric, Func<IEnumerable<Measurement<long>>> observe) => _meter.CreateObservableGauge(metric.Name, observe, metric.Unit, metric.Meaning);

    private void Gauge(Metric metric, Func<AgentFigures, IEnumerable<Measurement<long>>> observe) => Gauge(metric, () => _figures.Latest is { } figures ? observe(figures) : []);

    private void Observe(Metric metric, Func<IEnumerable<Measurement<double>>> observe) => _meter.CreateObservableGauge(metric.Name, observe, metric.Unit, metric.Meaning);

    private void Count(Metric metric, Func<IEnumerable<Measurement<long>>> observe) => _meter.CreateObservableCounter(metric.Name, observe, metric.Unit, metric.Meaning);

    private void Count(Metric metric, Func<AgentFigures, IEnumerable<Measurement<long>>> observe) => Count(metric, () => _figures.Latest is { } figures ? observe(figures) : []);

    private static Measurement<long> Flag(bool value) => new(value ? 1 : 0);

    private static Measurement<long> Split(long value, Label label, string of) => new(value, new KeyValuePair<string, object?>(label.Name, of));

    private static IEnumerable<Measurement<long>> States(string device, DeviceStatus? status)
    {
        var now = status is null ? Reporting.UnknownState : Kebab.Of(status.State);
        return Enum.GetValues<DeviceState>().Select(Kebab.Of).Append(Reporting.UnknownState).Select(state => new Measurement<long>(
            state == now ? 1 : 0,
            new KeyValuePair<string, object?>(MetricTable.Device.Name, device),
            new KeyValuePair<string, object?>(MetricTable.State.Name, state)));
    }

    private double Age(DateTimeOffset? since) => since is { } at ? Math.Max(0, (_parts.Time.GetUtcNow() - at).TotalSeconds) : 0;
}
