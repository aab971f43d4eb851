using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Meter.Tfp;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Sync;

/// <summary>A result that no meter acknowledges goes out for as long as it takes; the history must not fill with it.</summary>
public sealed class ResultHistoryTests : IDisposable
{
    private const string Start = "2026-11-20T10:00:00Z";

    private readonly ManualTime _time = new();
    private readonly MemoryOutbox _outbox = new();
    private readonly DeskBench _bench;
    private readonly List<string> _results = [];
    private readonly FrameReader _reader = new();

    public ResultHistoryTests()
    {
        _bench = new DeskBench(_outbox, _time);
        _bench.Written += Hear;
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_result_that_is_sent_again_and_again_is_in_the_history_once()
    {
        var engine = _bench.Engine;
        engine.Do(engine.Link.Start);
        _bench.Fare("1", Start);
        var key = engine.Book.Find(Identity.OfTrip(new TripId(DeskBench.Meter, "1", Start)))!.Key;
        // No number was asked for yet: the driver takes cash, and the meter is told so.
        engine.Do(() => engine.Book.Take(key, (at, id) => new Input.OtherWayChosen { At = at, Id = id }));
        for (var second = 0; second < 120; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            engine.Drain();
        }

        Assert.True(_results.Count > 3, $"sent {_results.Count} times");
        var line = Assert.Single(_outbox.History, line => line.What == "frame" && line.Actor == "agent" && line.Text.StartsWith("UNPAID|", StringComparison.Ordinal));
        Assert.Equal(_results[0], line.Text);
    }

    // The meter takes our HELLO, and never answers a result.
    private void Hear(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        while (_reader.TryRead(ref rest, out var frame))
        {
            if (frame.Payload.StartsWith("UNPAID|", StringComparison.Ordinal))
                _results.Add(frame.Payload);
            else if (frame.Payload.StartsWith("HELLO|", StringComparison.Ordinal))
                _bench.Engine.Post(() => _bench.Engine.Link.Receive(TfpBench.Frame(TfpBench.Ack(frame.Payload))));
        }
    }
}
