using System.Net;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Simulator.Scenarios;

internal sealed class SimulatedApis : IAsyncDisposable
{
    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, 1);
    public ApiCredentials Credentials { get; } = new("123456", "a", "b", "c");
    public static Task<SimulatedApis> StartAsync(WorldOptions options, Transcript transcript, TimeProvider time, WireLog? wire) => Task.FromResult(new SimulatedApis());
    public IReadOnlyList<PaymentFacts> Payments() => [];
    public IReadOnlyList<string> Violations() => [];
    public JsonArray LedgerOfPayments() => [];
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
internal sealed class WireLog(TextWriter writer) { public TextWriter Writer => writer; }
