using System.Text;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Sync;

/// <summary>At a start the calls wait until the meter has had its answer, and not for long.</summary>
public sealed class ListenFirstTests : IDisposable
{
    private static readonly TimeSpan s_most = TimeSpan.FromMilliseconds(500);

    private readonly ManualTime _time = new();
    private readonly List<string> _order = [];
    private readonly DeskBench _bench;

    public ListenFirstTests()
    {
        _bench = new DeskBench(time: _time, calls: new Calls(_order));
        _bench.Written += frame => _order.Add(Encoding.ASCII.GetString(frame).TrimStart('\x02').Split('|')[0]);
        _bench.Engine.ListenFirst(s_most);
        _bench.Fare("1", "2026-11-20T10:00:00Z", phone: DeskBench.Phone);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Nothing_is_called_before_the_meter_is_heard_and_then_at_once()
    {
        Assert.DoesNotContain("call", _order);
        _order.Clear();

        _bench.Engine.Do(() => _bench.Engine.Link.Receive(Hello()));

        Assert.Equal("call", _order[^1]);
        Assert.Contains("ACK", _order[..^1]);
    }

    [Fact]
    public void A_meter_that_is_silent_keeps_nobody_waiting()
    {
        Assert.NotNull(_bench.Engine.NextDue);
        _time.Advance(s_most);
        Assert.True(_bench.Engine.NextDue <= _time.GetTimestamp());

        _bench.Engine.Drain();

        Assert.Contains("call", _order);
    }

    private static byte[] Hello() => FrameWriter.Write("HELLO|0|proto=1|meter=NO-4711|model=M|fw=1", out _);

    private sealed class Calls(List<string> order) : IPaymentCalls
    {
        public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => default;

        public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
        {
            order.Add("call");
            return Task.FromResult(new CallReport(new TryOutcome.NotSent(), Offline: true));
        }
    }
}
