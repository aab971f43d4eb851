using System.Text;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.EPayment;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz.Tests;

internal static class Verifying
{
    public static WebhookVerdict VerifyBytes(this WebhookVerifier verifier, WebhookRequest request, byte[] body) => verifier.Verify(request, body);
}

/// <summary>Only the parts that work by chance, for a failure that the proofs would find first.</summary>
internal sealed class WithoutProofs(IFuzzTarget target) : IFuzzTarget
{
    public string Name => target.Name;

    public IReadOnlyList<FuzzProof> Proofs => [];

    public IReadOnlyList<FuzzPart> Parts => target.Parts;

    public ValueTask StartAsync() => target.StartAsync();

    public IReadOnlyList<string> Conclude() => target.Conclude();

    public ValueTask DisposeAsync() => target.DisposeAsync();
}

/// <summary>The agent's own reader, over digits that were put right before: no CRC is ever wrong.</summary>
internal sealed class TrustingFrames : IFrameSource
{
    private readonly AgentFrames _inner = new();

    public IReadOnlyList<long> Counts => _inner.Counts;

    public void Read(ReadOnlySpan<byte> bytes, List<TfpFrame> frames)
    {
        var line = bytes.ToArray();
        for (var start = 0; start < line.Length; start++)
        {
            var end = start + 1;
            while (line[start] == 0x02 && end < line.Length && line[end] is >= 0x20 and <= 0x7E)
                end++;
            if (line[start] == 0x02 && end > start + 1 && end + 9 < line.Length && line[end] == 0x03)
                Encoding.ASCII.GetBytes($"{ReferenceReader.Crc(line.AsSpan(start + 1, end - start - 1)):X8}").CopyTo(line, end + 1);
        }

        _inner.Read(line, frames);
    }
}

/// <summary>Begins anew with every read.</summary>
internal sealed class ForgetfulFrames : IFrameSource
{
    public IReadOnlyList<long> Counts => [0];

    public void Read(ReadOnlySpan<byte> bytes, List<TfpFrame> frames) => new AgentFrames().Read(bytes, frames);
}

/// <summary>Reads right and lets nothing go.</summary>
internal sealed class HoardingFrames : IFrameSource
{
    private readonly AgentFrames _inner = new();
    private readonly List<byte[]> _kept = [];

    public IReadOnlyList<long> Counts => _inner.Counts;

    public void Read(ReadOnlySpan<byte> bytes, List<TfpFrame> frames)
    {
        _kept.Add(bytes.ToArray());
        _inner.Read(bytes, frames);
    }
}

/// <summary>Passes everything on as it is.</summary>
internal class FaithfulOwner(ITfpEvents owner) : ITfpEvents
{
    public void Hello(MeterHello hello) => owner.Hello(hello);

    public void OtherMeter(string meter) => owner.OtherMeter(meter);

    public void Position(MeterPosition position) => owner.Position(position);

    public virtual void Fare(Fare fare, FrameToken token) => owner.Fare(fare, token);

    public virtual void Book(Booking booking, FrameToken token) => owner.Book(booking, token);

    public void Void(MeterVoid order, FrameToken token) => owner.Void(order, token);

    public void ResultAcknowledged(string id) => owner.ResultAcknowledged(id);

    public void ResultRefused(string id, string reason) => owner.ResultRefused(id, reason);

    public void HelloRefused(string reason) => owner.HelloRefused(reason);

    public void HeartbeatLost() => owner.HeartbeatLost();

    public void HeartbeatBack() => owner.HeartbeatBack();

    public void Frame(TfpFrameRecord frame) => owner.Frame(frame);
}

internal sealed class WrongFares(ITfpEvents owner) : FaithfulOwner(owner)
{
    public override void Fare(Fare fare, FrameToken token) => base.Fare(fare with { Distance = fare.Distance + 1 }, token);
}

internal sealed class SilentOwner(ITfpEvents owner) : FaithfulOwner(owner)
{
    public override void Book(Booking booking, FrameToken token)
    {
    }
}

/// <summary>An agent that cannot bear to be asked for a list.</summary>
internal sealed class MistakenAgent(IControlTarget agent) : IControlTarget
{
    public Task<Answer<StatusReport>> StatusAsync(CancellationToken cancellationToken) => agent.StatusAsync(cancellationToken);

    public Task<Answer<string>> MetricsAsync(CancellationToken cancellationToken) => agent.MetricsAsync(cancellationToken);

    public Task<Answer<TripListReport>> TripsAsync(TripQuery query, CancellationToken cancellationToken) => throw new InvalidOperationException("a mistake");

    public Task<Answer<TripDetailReport>> TripAsync(string id, CancellationToken cancellationToken) => agent.TripAsync(id, cancellationToken);

    public Task<Answer<OutboxListReport>> OutboxAsync(CancellationToken cancellationToken) => agent.OutboxAsync(cancellationToken);

    public Task<Answer<HoldReport>> HoldAsync(string id, bool hold, string caller, CancellationToken cancellationToken) => agent.HoldAsync(id, hold, caller, cancellationToken);

    public Task<Answer<RetryReport>> RetryAsync(string? id, string caller, CancellationToken cancellationToken) => agent.RetryAsync(id, caller, cancellationToken);

    public Task<Answer<ResolveReport>> ResolveAsync(string id, bool giveUp, string note, string caller, CancellationToken cancellationToken) => agent.ResolveAsync(id, giveUp, note, caller, cancellationToken);

    public Task<Answer<RefundReport>> RefundAsync(string id, long? total, string caller, CancellationToken cancellationToken) => agent.RefundAsync(id, total, caller, cancellationToken);

    public Answer<Watcher> Watch(WatchTopic topic) => agent.Watch(topic);

    public WatchReport Watching(WatchTopic topic) => agent.Watching(topic);

    public Task<Answer<DisplayTestReport>> TestDisplayAsync(CancellationToken cancellationToken) => agent.TestDisplayAsync(cancellationToken);

    public Task<Answer<PrinterReport>> TestPrinterAsync(CancellationToken cancellationToken) => agent.TestPrinterAsync(cancellationToken);
}

/// <summary>Takes what stands behind the total for what is due, whatever else is on the receipt.</summary>
internal static class CarelessReceipts
{
    // Once: to make a template's patterns takes by far longer than to read by them.
    private static readonly Dictionary<string, ReceiptTemplate> s_templates = ShippedTemplates.All.ToDictionary(template => template.Id);

    public static IEnumerable<long> AnyTotal(byte[] print, string template)
    {
        var by = s_templates[template];
        return EscPosReader.ReadAll(print, by.Printer).Select(text => ReceiptReader.Read(text, by).Total).OfType<long>();
    }
}
