using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>Writes a whole frame to the line. Must not block, must not call back into the link, and may drop the frame: the protocol repeats.</summary>
public delegate void LineWriter(ReadOnlySpan<byte> frame);

/// <summary>
/// A session of TFP/1. Has no thread, no timer and no line of its own: all calls come on the owner's one thread, time comes from a <see
/// cref="TimeProvider"/>'s monotonic timestamps, and <see cref="NextDue"/> says when <see cref="OnDue"/> wants to be called. HELLO, POS and PING are
/// acknowledged at once; FARE, BOOK and VOID only when the owner says so.
/// </summary>
public sealed class TfpLink
{
    private readonly TfpOptions _options;
    private readonly TimeProvider _time;
    private readonly ITfpEvents _events;
    private readonly LineWriter _write;
    private readonly FrameReader _reader = new();
    private readonly MessageReader _messages;
    private readonly AnswerClock _answer;
    private readonly List<OutgoingMessage> _waiting = [];
    private OutgoingMessage? _outstanding;
    private ushort _nextSequence;
    private long _lostAt;
    private bool _started;
    private bool _receiving;

    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public TfpLink(TfpOptions options, TimeProvider time, ITfpEvents events, LineWriter write)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(write);
        options.Validate();
        _options = options;
        _time = time;
        _events = events;
        _write = write;
        _messages = new MessageReader(options.Currency, options.Home, options.ExpectedMeter);
        _answer = new AnswerClock(time, options);
        _nextSequence = options.FirstSequence;
        if (Hello(ushort.MaxValue).Length > TfpFrame.PayloadMaximum)
            throw new ArgumentException("HELLO with this agent and version does not fit into a frame.", nameof(options));
    }

    /// <summary>Counts of frames received and dropped.</summary>
    public FrameReader Reader => _reader;

    /// <summary>Answers that fit no outstanding message: late, doubled, or damaged in a way that no CRC shows.</summary>
    public long AnswersIgnored { get; private set; }

    /// <summary>Frames of ours that went out, repeats and answers too.</summary>
    public long FramesSent { get; private set; }

    /// <summary>Of these, messages that went out again because no answer came in time.</summary>
    public long FramesSentAgain { get; private set; }

    /// <summary>
    /// Frames that came back as we sent them: the line sends us our own words, by wires joined or an adapter that echoes. Taken for the meter's they would
    /// refuse our own results.
    /// </summary>
    public long EchoesIgnored { get; private set; }

    /// <summary>The meter that speaks and is not <see cref="TfpOptions.ExpectedMeter"/>, as it named itself; null while none does.</summary>
    public string? OtherMeter { get; private set; }

    /// <summary>True while the meter was heard within <see cref="TfpOptions.HeartbeatLost"/>.</summary>
    public bool MeterHeard { get; private set; }

    /// <summary>The timestamp at which <see cref="OnDue"/> wants to be called; null if nothing is due. Ask again after every other call.</summary>
    public long? NextDue
    {
        get
        {
            long? lost = _started && !LostReported ? _lostAt : null;
            long? answer = _outstanding is null ? null : _answer.Due;
            return lost is { } one && answer is { } other ? Math.Min(one, other) : lost ?? answer;
        }
    }

    private bool LostReported { get; set; }

    /// <summary>
    /// To be called when the line is open, and again each time it has been opened anew: says HELLO, which makes the meter say all that is unanswered.
    /// A result that was outstanding comes after it, as the same frame.
    /// </summary>
    public void Start()
    {
        _reader.Reset();
        if (!_started)
        {
            _started = true;
            _lostAt = _time.After(_options.HeartbeatLost);
        }

        var hello = _outstanding is { IsHello: true } ? _outstanding : Waiting(message => message.IsHello);
        if (_outstanding is { IsHello: false })
            _waiting.Insert(0, _outstanding);
        _waiting.RemoveAll(message => message.IsHello);
        _waiting.Insert(0, hello ?? new OutgoingMessage(null, Hello));
        _outstanding = null;
        SendNext();
    }

    /// <summary>The line is gone: the meter cannot be heard before it is opened again, and need not be waited for to know it.</summary>
    public void LineLost()
    {
        if (_started)
            Lose();
    }

    /// <summary>Bytes from the line, however they were cut.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        if (_receiving)
            throw new InvalidOperationException("Bytes are handed over one after the other: the first call has not returned yet.");
        _receiving = true;
        try
        {
            while (_reader.TryRead(ref bytes, out var frame))
                Take(frame);
        }
        finally
        {
            _receiving = false;
        }
    }

    /// <summary>What came under this token is durably stored.</summary>
    public void Acknowledge(FrameToken token) => Answer(token, "ACK", null);

    /// <summary>What came under this token can never be used.</summary>
    public void Refuse(FrameToken token, NakReason reason) => Answer(token, "NAK", reason);

    /// <summary>
    /// Tells the meter a result, after those that wait already. Telling one that waits or is outstanding again changes nothing.
    /// </summary>
    /// <returns>False if the queue is full: tell it again when another result was answered or withdrawn.</returns>
    /// <exception cref="ArgumentException">The result does not fit into a frame, or its name waits already for another result.</exception>
    public bool Tell(MeterResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var same = _outstanding?.Result?.Id == result.Id ? _outstanding : Waiting(message => message.Result?.Id == result.Id);
        if (same is not null)
            return same.Result == result ? true : throw new ArgumentException($"The result {result.Id} waits already and says something else.", nameof(result));
        if (result.Payload(ushort.MaxValue).Length > TfpFrame.PayloadMaximum)
            throw new ArgumentException($"The result {result.Id} does not fit into a frame.", nameof(result));
        var results = _waiting.Count(message => !message.IsHello) + (_outstanding is { IsHello: false } ? 1 : 0);
        if (results >= _options.QueueMaximum)
            return false;
        _waiting.Add(new OutgoingMessage(result, result.Payload));
        if (_started && _outstanding is null)
            SendNext();
        return true;
    }

    /// <summary>A newer result of the trip replaces this one: it is not sent again. One that is not there is no error.</summary>
    public void Withdraw(string id)
    {
        _waiting.RemoveAll(message => message.Result?.Id == id);
        if (_outstanding?.Result?.Id != id)
            return;
        _outstanding = null;
        SendNext();
    }

    /// <summary>Does what is due at this moment; harmless when nothing is.</summary>
    public void OnDue()
    {
        var now = _time.GetTimestamp();
        if (_started && now >= _lostAt)
            Lose();

        if (_outstanding is not null && now >= _answer.Due && _answer.SendNow())
            Transmit(_outstanding);
    }

    private void Lose()
    {
        if (LostReported)
            return;
        LostReported = true;
        MeterHeard = false;
        OtherMeter = null;
        _events.HeartbeatLost();
    }

    private void Take(TfpFrame frame)
    {
        if (frame.Payload == _outstanding?.Payload)
        {
            EchoesIgnored++;
            return;
        }

        if (!Payload.TryParse(frame.Payload, out var payload))
        {
            _reader.Count(DroppedFrame.NoSequence);
            return;
        }

        _events.Frame(new TfpFrameRecord(false, PayloadMask.TypeOf(payload.Type), PayloadMask.Apply(frame.Payload, _options.Home), frame.Crc));
        var token = new FrameToken(payload.Sequence, frame.Crc);
        switch (payload.Type)
        {
            case "ACK" or "NAK":
                TakeAnswer(payload);
                break;
            case "HELLO" or "POS" or "PING" or "FARE" or "BOOK" or "VOID":
                Heard();
                TakeMessage(payload, token);
                break;
            default:
                Refuse(token, NakReason.Type);
                break;
        }
    }

    private void TakeMessage(Payload payload, FrameToken token)
    {
        if (payload.Duplicate is { } key)
        {
            Refuse(token, NakReason.Field(key));
            return;
        }

        NoteMeter(payload);

        var fields = new FieldReader(payload);
        switch (payload.Type)
        {
            case "PING":
                Acknowledge(token);
                break;
            case "HELLO" when _messages.Hello(fields) is { } hello:
                Acknowledge(token);
                MeterStarted();
                _events.Hello(hello);
                break;
            case "POS" when _messages.Position(fields) is { } position:
                Acknowledge(token);
                _events.Position(position);
                break;
            case "FARE" when _messages.Fare(fields) is { } fare:
                _events.Fare(fare, token);
                break;
            case "BOOK" when _messages.Book(fields) is { } booking:
                _events.Book(booking, token);
                break;
            case "VOID" when _messages.Void(fields) is { } order:
                _events.Void(order, token);
                break;
            default:
                Refuse(token, fields.Fault ?? throw new InvalidOperationException($"A {payload.Type} that cannot be read has no fault."));
                break;
        }
    }

    // Its messages are refused for this key or for another that comes first; who it is is told in any case.
    private void NoteMeter(Payload payload)
    {
        if (_options.ExpectedMeter.Length == 0 || !payload.TryGet("meter", out var raw) || !PercentCoding.TryDecode(raw, out var meter))
            return;
        if (meter == _options.ExpectedMeter)
        {
            OtherMeter = null;
        }
        else if (meter != OtherMeter)
        {
            OtherMeter = meter;
            _events.OtherMeter(meter);
        }
    }

    // A meter that has just started listens now, whatever it missed before. Our HELLO is not sent in return: two sides that greet each greeting never stop.
    private void MeterStarted()
    {
        if (_outstanding is null)
            return;
        if (_outstanding.IsHello)
        {
            _answer.Hasten();
            return;
        }

        _answer.Restart();
        Transmit(_outstanding);
    }

    private void TakeAnswer(Payload payload)
    {
        if (_outstanding is not { } message || payload.Duplicate is not null || payload.Sequence != message.Sequence
            || !payload.TryGet("of", out var of) || of != FrameWriter.Digits(message.Crc))
        {
            AnswersIgnored++;
            return;
        }

        // As on the wire: printable whatever the meter wrote.
        var refusal = payload.Type == "NAK" ? payload.TryGet("reason", out var reason) ? reason : "" : null;
        Heard();
        _outstanding = null;
        SendNext();
        Report(message, refusal);
    }

    private void Report(OutgoingMessage message, string? refusal)
    {
        if (message.Result is { } result && refusal is null)
            _events.ResultAcknowledged(result.Id);
        else if (message.Result is { } refused)
            _events.ResultRefused(refused.Id, refusal!);
        else if (refusal is not null)
            _events.HelloRefused(refusal);
    }

    private void Heard()
    {
        _lostAt = _time.After(_options.HeartbeatLost);
        MeterHeard = true;
        if (!LostReported)
            return;
        LostReported = false;
        _events.HeartbeatBack();
    }

    private void Answer(FrameToken token, string type, NakReason? reason)
    {
        var payload = new PayloadBuilder(type, token.Sequence).Add("of", FrameWriter.Digits(token.Crc));
        if (reason is { } given)
            payload.Add("reason", given.ToString());
        var text = payload.ToString();
        Write(FrameWriter.Write(text, out var crc), type, text, crc, again: false);
    }

    private void SendNext()
    {
        if (_waiting.Count == 0)
            return;
        _outstanding = _waiting[0];
        _waiting.RemoveAt(0);
        _answer.Restart();
        Transmit(_outstanding);
    }

    private void Transmit(OutgoingMessage message)
    {
        var again = message.Frame is not null;
        if (again)
            FramesSentAgain++;
        else
            message.MakeFrame(unchecked(_nextSequence++));
        _answer.Tried();
        Write(message.Frame!, message.Payload[..message.Payload.IndexOf('|', StringComparison.Ordinal)], message.Payload, message.Crc, again);
    }

    private void Write(byte[] frame, string type, string payload, uint crc, bool again)
    {
        FramesSent++;
        _write(frame);
        _events.Frame(new TfpFrameRecord(true, type, PayloadMask.Apply(payload, _options.Home), crc, again));
    }

    private OutgoingMessage? Waiting(Predicate<OutgoingMessage> which) => _waiting.Find(which);

    private string Hello(ushort sequence) =>
        new PayloadBuilder("HELLO", sequence).Add("proto", "1").Add("agent", _options.Agent).Add("ver", _options.Version).ToString();
}
