using System.Diagnostics.Metrics;
using System.Text;

namespace TaximeterAgent.Telemetry.Prometheus;

/// <summary>Listens to instruments from its start on, and writes what they have said as Prometheus reads it.</summary>
internal sealed class Collector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly Lock _families = new();
    private readonly SortedDictionary<string, Family> _byName = new(StringComparer.Ordinal);
    private readonly Func<Instrument, bool> _ours;

    /// <param name="ours">True for the instruments of this agent: a process may have more than one, as the tests' has.</param>
    public Collector(Func<Instrument, bool> ours)
    {
        _ours = ours;
        _listener.InstrumentPublished = Published;
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((Family)state!).Take(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((Family)state!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((Family)state!).Take(value, tags));
        _listener.Start();
    }

    /// <summary>Asks the observed, and writes all; text format 0.0.4.</summary>
    /// <param name="target">Labels of this agent, as OpenTelemetry names a resource.</param>
    public string Write(IReadOnlyList<KeyValuePair<string, string>> target)
    {
        lock (_collecting)
        {
            List<Family> families;
            lock (_families)
                families = [.. _byName.Values];
            foreach (var family in families)
                family.BeginObserving();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            ExpositionText.Target(text, target);
            foreach (var family in families)
                family.Write(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Published(Instrument instrument, MeterListener listener)
    {
        if (!Listened.To(instrument, _ours))
            return;
        Family? family;
        lock (_families)
        {
            var name = PrometheusName.Of(instrument);
            // Two of the same name are one family: two HTTP clients share their instrument's meaning.
            if (!_byName.TryGetValue(name, out family))
                _byName[name] = family = new Family(name, instrument);
        }

        listener.EnableMeasurementEvents(instrument, family);
    }
}
