using System.Globalization;

namespace TaximeterAgent.Benchmarks.Data;

/// <summary>What some settled trips cost on the mobile network.</summary>
/// <param name="Trips">How many.</param>
/// <param name="Sent">Bytes over TCP that the car sent, TLS and all.</param>
/// <param name="Received">And had.</param>
/// <param name="Connections">New ones.</param>
/// <param name="Calls">What was asked of the service, by operation.</param>
internal sealed record DataCount(int Trips, long Sent, long Received, int Connections, IReadOnlyDictionary<string, int> Calls)
{
    public double PerTrip => (double)(Sent + Received) / Trips;

    public string Told => string.Create(
        CultureInfo.InvariantCulture,
        $"{Trips} trips, {(double)Sent / Trips:0} B sent and {(double)Received / Trips:0} B received for each, {(double)Connections / Trips:0.##} new connections; calls: {string.Join(", ", Calls.Select(call => string.Create(CultureInfo.InvariantCulture, $"{(double)call.Value / Trips:0.##} {call.Key}")))}");
}
