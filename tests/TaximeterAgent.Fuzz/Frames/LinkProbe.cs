using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>The agent's whole session on the meter's line, with an owner that answers at once and looks at all that is written.</summary>
internal sealed class LinkProbe : ITfpEvents
{
    private readonly List<object> _heard = [];
    private readonly List<string> _written = [];
    private readonly List<TfpFrameRecord> _records = [];
    private readonly TfpLink _link;

    /// <param name="between">What stands between the link and its owner, for a test that spoils it.</param>
    public LinkProbe(Func<ITfpEvents, ITfpEvents>? between = null, Country home = Country.NO)
    {
        var options = new TfpOptions { Agent = "EL12345", Version = "1", Currency = Currency.NOK, Home = home, ExpectedMeter = MeterSamples.Meter };
        _link = new TfpLink(options, StandingTime.Instance, between?.Invoke(this) ?? this, Written);
    }

    /// <summary>Messages that reached the owner, as the values they were read into.</summary>
    public IReadOnlyList<object> Heard => _heard;

    /// <summary>Payloads that went out.</summary>
    public IReadOnlyList<string> Answers => _written;

    public IReadOnlyList<TfpFrameRecord> Records => _records;

    public void Start() => _link.Start();

    public void Receive(ReadOnlySpan<byte> bytes) => _link.Receive(bytes);

    public void Forget()
    {
        _heard.Clear();
        _written.Clear();
        _records.Clear();
    }

    public void Hello(MeterHello hello) => _heard.Add(hello);

    public void OtherMeter(string meter)
    {
        // Refused by the link itself; the owner need only know.
    }

    public void Position(MeterPosition position) => _heard.Add(position);

    public void Fare(Fare fare, FrameToken token)
    {
        _heard.Add(fare);
        _link.Acknowledge(token);
    }

    public void Book(Booking booking, FrameToken token)
    {
        _heard.Add(booking);
        _link.Acknowledge(token);
    }

    public void Void(MeterVoid order, FrameToken token)
    {
        _heard.Add(order);
        _link.Refuse(token, NakReason.Trip);
    }

    public void ResultAcknowledged(string id) => throw new CheckFailedException("a result was acknowledged that was never told");

    public void ResultRefused(string id, string reason) => throw new CheckFailedException("a result was refused that was never told");

    public void HelloRefused(string reason) => Check.That(reason.All(c => c is >= ' ' and <= '~'), "the reason of a refused HELLO is not printable");

    public void HeartbeatLost()
    {
    }

    public void HeartbeatBack()
    {
    }

    public void Frame(TfpFrameRecord frame)
    {
        if (!frame.Sent)
            _records.Add(frame);
    }

    private void Written(ReadOnlySpan<byte> frame)
    {
        var read = ReferenceReader.Read(frame, out _);
        Check.That(read.Count == 1 && frame.Length == read[0].Payload.Length + 11, "what is written is not one frame");
        _written.Add(read[0].Payload);
    }
}
