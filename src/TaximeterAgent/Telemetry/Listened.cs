using System.Diagnostics.Metrics;
using TaximeterAgent.Telemetry.Metrics;

namespace TaximeterAgent.Telemetry;

/// <summary>Which instruments are collected, whoever collects: ours, .NET's own of the process, and those of its HTTP client that are of use. Every other costs nothing.</summary>
internal static class Listened
{
    public const string RuntimeMeter = "System.Runtime";
    public const string HttpMeter = "System.Net.Http";

    /// <summary>An attribute that is not told: the address behind a name changes with the name service.</summary>
    public const string PeerAddress = "network.peer.address";

    private static readonly string[] s_http = ["http.client.request.duration", "http.client.active_requests", "http.client.open_connections"];

    /// <summary>True for an instrument to collect.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="ours">True for those of this agent: a process may have more than one, as the tests' has.</param>
    public static bool To(Instrument instrument, Func<Instrument, bool> ours) => instrument.Meter.Name switch
    {
        MetricTable.MeterName => ours(instrument),
        RuntimeMeter => true,
        HttpMeter => s_http.Contains(instrument.Name),
        _ => false,
    };
}
