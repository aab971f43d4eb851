using System.Collections.Concurrent;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Tests.Meter.Tfp;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Meter.Serial;

/// <summary>The session on a real terminal, joined as the engine joins them: what the line's thread hears is queued for one thread.</summary>
public class LinkOverLineTests
{
    [Fact]
    public void A_fare_on_a_real_terminal_is_acknowledged_and_paid()
    {
        using var terminal = new TestTerminal();
        using var line = new TermiosLine(new SerialLineOptions { Port = terminal.Path }, TimeProvider.System);
        var queue = new Queued();
        line.Start(queue);
        Assert.Equal(DeviceState.Open, ((DeviceStatus)queue.Next()).State);
        var engine = new Engine();
        var options = new TfpOptions
        {
            Agent = "NO-4711-T7",
            Version = "0.1.0",
            Currency = Currency.NOK,
            Home = Country.NO,
            AnswerTimeout = TimeSpan.FromHours(1),
        };
        var link = new TfpLink(options, TimeProvider.System, engine, frame => line.Write(frame));
        engine.Link = link;
        link.Start();

        var meter = new FrameReader();
        var hello = Hears(meter, terminal);
        Assert.StartsWith("HELLO|0|", hello, StringComparison.Ordinal);
        TestFiles.Write(terminal.Master, [.. TfpBench.Frame(TfpBench.Ack(hello)), .. TfpBench.Frame(TfpBench.Fare345)]);
        while (!engine.Done)
            link.Receive((byte[])queue.Next());
        Assert.Equal(TfpBench.Ack(TfpBench.Fare345), Hears(meter, terminal));
        Assert.StartsWith("PAID|1|meter=NO-4711|trip=1042|", Hears(meter, terminal), StringComparison.Ordinal);
    }

    private readonly Queue<string> _heard = new();

    private string Hears(FrameReader reader, TestTerminal terminal)
    {
        while (_heard.Count == 0)
        {
            ReadOnlySpan<byte> bytes = TestFiles.Read(terminal.Master);
            while (reader.TryRead(ref bytes, out var frame))
                _heard.Enqueue(frame.Payload);
        }

        return _heard.Dequeue();
    }

    private sealed class Queued : ISerialEvents
    {
        private readonly BlockingCollection<object> _queue = [];

        public void Received(ReadOnlySpan<byte> bytes) => _queue.Add(bytes.ToArray());

        public void Changed(DeviceStatus status) => _queue.Add(status);

        public object Next() => _queue.TryTake(out var item, TimeSpan.FromSeconds(30)) ? item : throw new InvalidOperationException("The line is silent.");
    }

    private sealed class Engine : ITfpEvents
    {
        public TfpLink? Link { get; set; }

        public bool Done { get; private set; }

        public void Fare(Fare fare, FrameToken token)
        {
            Link!.Acknowledge(token);
            Done = Link.Tell(new PaidResult("p", fare.Trip, TfpBench.Ref(), fare.Total));
        }

        public void Hello(MeterHello hello) => throw new NotSupportedException();

        public void Position(MeterPosition position) => throw new NotSupportedException();

        public void Book(Booking booking, FrameToken token) => throw new NotSupportedException();

        public void Void(MeterVoid order, FrameToken token) => throw new NotSupportedException();

        public void ResultAcknowledged(string id) => throw new NotSupportedException();

        public void ResultRefused(string id, string reason) => throw new NotSupportedException();

        public void HelloRefused(string reason) => throw new NotSupportedException();

        public void HeartbeatLost() => throw new NotSupportedException();

        public void HeartbeatBack() => throw new NotSupportedException();

        public void OtherMeter(string meter) => throw new NotSupportedException();

        public void Frame(TfpFrameRecord frame) => Assert.NotEmpty(frame.Payload);
    }
}
