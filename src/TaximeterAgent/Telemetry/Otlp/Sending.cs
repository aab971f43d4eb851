using System.Diagnostics.Metrics;
using TaximeterAgent.Configuration;
using TaximeterAgent.Telemetry.Traces;

namespace TaximeterAgent.Telemetry.Otlp;

/// <summary>What sends metrics and traces, before it is begun. Names nothing of the library that does it.</summary>
internal sealed record Sending(TelemetryOptions Options, ExportStatus Status, TripTraces Traces)
{
    public IDisposable Begin(IReadOnlyList<KeyValuePair<string, string>> resource, Func<Instrument, bool> ours) => OtlpExport.Start(Options, Status, resource, ours);
}
