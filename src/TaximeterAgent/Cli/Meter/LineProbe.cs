using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Cli.Meter;

/// <summary>
/// The meter's line without the agent: greets the meter and answers what may be answered by anybody. A fare, booking or void is never acknowledged, because
/// nothing here stores it: the meter keeps it and says it to the agent.
/// </summary>
internal sealed class LineProbe : ITfpEvents, IDisposable
{
    /// <summary>Bytes that are kept to guess from.</summary>
    private const int SampleMaximum = 4096;

    private readonly LineEvents _events;
    private readonly ISerialLine _line;
    private readonly TfpLink _link;
    private readonly TimeProvider _time;
    private readonly Action<TfpFrameRecord>? _seen;
    private readonly List<byte> _sample = [];
    private uint _hello;

    /// <param name="line">The line; this closes it.</param>
    /// <param name="options">How to speak.</param>
    /// <param name="seen">Told of each frame.</param>
    /// <param name="time">The clock.</param>
    public LineProbe(ISerialLine line, TfpOptions options, Action<TfpFrameRecord>? seen, TimeProvider time)
    {
        _line = line;
        _seen = seen;
        _time = time;
        _events = new LineEvents(time);
        _link = new TfpLink(options, time, this, bytes => line.Write(bytes));
    }

    public DeviceStatus? Status { get; private set; }

    /// <summary>The meter, as it named itself.</summary>
    public MeterHello? Hello { get; private set; }

    public string? OtherMeter { get; private set; }

    /// <summary>Told of the bytes as they come, before anything is made of them.</summary>
    public Action<ReadOnlySpan<byte>>? Raw { get; init; }

    /// <summary>Whole frames of the meter's.</summary>
    public long Frames { get; private set; }

    /// <summary>True once the meter has answered our HELLO: it hears us.</summary>
    public bool Answered { get; private set; }

    public string? Refusal { get; private set; }

    public long Echoes => _link.EchoesIgnored;

    /// <summary>The first bytes that came.</summary>
    public IReadOnlyList<byte> Sample => _sample;

    public SerialTraffic Traffic => _line.Traffic;

    /// <summary>What a probe says HELLO as.</summary>
    public static TfpOptions Speaking(string agent, string meter, Country home, Currency currency) => new()
    {
        Agent = agent.Length is 0 or > 64 ? "meter-test" : agent,
        Version = Hosting.Banner.Version,
        Currency = currency,
        Home = home,
        ExpectedMeter = meter,
    };

    /// <summary>Listens and speaks until it is enough, the line is not to be had, or the time is over.</summary>
    /// <returns>True if it was enough.</returns>
    public async Task<bool> RunAsync(Func<LineProbe, bool> enough, TimeSpan limit, CancellationToken stop)
    {
        var end = _time.After(limit);
        _line.Start(_events);
        while (!enough(this))
        {
            var due = Math.Min(_link.NextDue ?? long.MaxValue, end);
            if (await _events.NextAsync(due, stop) is { } next)
                Take(next.Bytes, next.Status);
            else if (_time.GetTimestamp() >= end)
                return false;
            else
                _link.OnDue();
            if (Status is { State: not (DeviceState.Open or DeviceState.Stalled) })
                return enough(this);
        }

        return true;
    }

    public void Dispose() => _line.Dispose();

    void ITfpEvents.Hello(MeterHello hello) => Hello = hello;

    void ITfpEvents.Position(MeterPosition position)
    {
        // Seen as a frame.
    }

    void ITfpEvents.Fare(Fare fare, FrameToken token)
    {
        // Not ours to acknowledge.
    }

    void ITfpEvents.Book(Booking booking, FrameToken token)
    {
        // Not ours to acknowledge.
    }

    void ITfpEvents.Void(MeterVoid order, FrameToken token)
    {
        // Not ours to acknowledge.
    }

    void ITfpEvents.ResultAcknowledged(string id)
    {
        // None is told.
    }

    void ITfpEvents.ResultRefused(string id, string reason)
    {
        // None is told.
    }

    void ITfpEvents.HelloRefused(string reason) => Refusal = reason;

    void ITfpEvents.HeartbeatLost()
    {
        // Whoever waits has a limit of his own.
    }

    void ITfpEvents.HeartbeatBack()
    {
        // As above.
    }

    void ITfpEvents.OtherMeter(string meter) => OtherMeter = meter;

    void ITfpEvents.Frame(TfpFrameRecord frame)
    {
        if (frame is { Sent: true, Type: "HELLO" })
            _hello = frame.Crc;
        if (!frame.Sent)
        {
            Frames++;
            if (frame.Type is "ACK" or "NAK" && frame.Payload.Contains($"of={FrameWriter.Digits(_hello)}", StringComparison.Ordinal))
                Answered = true;
        }

        _seen?.Invoke(frame);
    }

    private void Take(byte[]? bytes, DeviceStatus? status)
    {
        if (bytes is not null)
        {
            _sample.AddRange(bytes.AsSpan(0, Math.Min(bytes.Length, SampleMaximum - _sample.Count)));
            Raw?.Invoke(bytes);
            _link.Receive(bytes);
        }

        if (status is null)
            return;
        var opened = status.State == DeviceState.Open && Status?.State is not (DeviceState.Open or DeviceState.Stalled);
        Status = status;
        if (opened)
            _link.Start();
    }
}
