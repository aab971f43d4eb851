using System.Globalization;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// A taximeter that speaks TFP/1. It keeps what it must keep until it is answered, repeats as the protocol says, and notes everything that the agent
/// sends and that the protocol does not allow (<see cref="Violations"/>).
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
internal sealed class Meter : IDisposable
{
    /// <summary>A simulated shift never comes near; a loop gone wild does.</summary>
    private const int MaximumQueued = 1000;

    private readonly Lock _gate = new();
    private readonly ISerialLine _line;
    private readonly MeterOptions _options;
    private readonly TimeProvider _time;
    private readonly Tfp1Receiver _receiver;
    private readonly MeterLedger _ledger;
    private readonly ITimer _repeat;
    private readonly ITimer _heartbeat;
    private readonly List<MeterMessage> _queue = [];
    private readonly HashSet<string> _everSent = new(StringComparer.Ordinal);
    private MeterMessage? _outstanding;
    private ushort _seq;
    private string _id;
    private string _position = "FORHIRE";
    private DateTimeOffset _positionSince;
    private bool _powered;
    private int _resultsToIgnore;

    public Meter(ISerialLine line, MeterOptions options, TimeProvider time)
    {
        _line = line;
        _options = options;
        _time = time;
        _seq = options.FirstSeq;
        _id = options.Id;
        _ledger = new MeterLedger(options.Id);
        _receiver = new Tfp1Receiver(TakeFrame, TakeDamaged);
        _repeat = time.CreateTimer(_ => RepeatIsDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _heartbeat = time.CreateTimer(_ => HeartbeatIsDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _positionSince = time.GetUtcNow();
        line.Received += Receive;
    }

    /// <summary>Every frame of either side, copies and repeats too; raised under the meter's lock: do not call back.</summary>
    public event Action<LineFrame>? FrameLogged;

    /// <summary>Raised under the meter's lock when something was recorded.</summary>
    public event Action? Changed;

    public string Id => Read(() => _id);

    /// <summary>What happens to each transmission on the way; null for a good line.</summary>
    public Func<byte[], byte[]>? Mangle { get; set; }

    /// <summary>What happens to what the agent sends on the way; null for a good line, on which a damaged frame is the agent's own mistake.</summary>
    public Func<byte[], byte[]>? MangleReceived { get; set; }

    /// <summary>Frames of the agent's that arrived damaged, on a line that damages them.</summary>
    public int DamagedFrames { get; private set; }

    /// <summary>True: the wire from the agent is broken. What the agent says is lost; what the meter says still arrives.</summary>
    public bool Deaf { get; set; }

    public IReadOnlyList<AcknowledgedFare> Acknowledged => Read(() => _ledger.Acknowledged.ToArray());

    public IReadOnlyList<string> AcknowledgedBookings => Read(() => _ledger.AcknowledgedBookings.ToArray());

    public IReadOnlyList<VoidedTrip> Voided => Read(() => _ledger.Voided.ToArray());

    public IReadOnlyList<PaidResult> Paid => Read(() => _ledger.Paid.ToArray());

    public IReadOnlyList<UnpaidResult> Unpaid => Read(() => _ledger.Unpaid.ToArray());

    public IReadOnlyList<RefundedResult> Refunded => Read(() => _ledger.Refunded.ToArray());

    public IReadOnlyList<MeterAnswer> Answers => Read(() => _ledger.Answers.ToArray());

    /// <summary>Every trip (<c>meter/trip/start</c>) and booking that the meter ever spoke of.</summary>
    public IReadOnlyList<string> Named => Read(() => _ledger.Known.Select(trip => trip.ToString()).Concat(_ledger.Bookings).ToArray());

    public IReadOnlyList<string> Violations => Read(() => _ledger.Violations.ToArray());

    /// <summary>How often the agent has said HELLO.</summary>
    public int AgentHellos => Read(() => _ledger.AgentHellos);

    /// <summary>Whether FARE, BOOK or VOID still waits for its answer.</summary>
    public bool HasUnanswered => Read(() => _outstanding is { Kept: true } || _queue.Exists(message => message.Kept));

    /// <summary>Whether anything waits to be said or answered.</summary>
    public bool IsTalking => Read(() => _outstanding is not null || _queue.Count > 0);

    /// <summary>Power: HELLO, then the position and all that is unanswered.</summary>
    public void SwitchOn()
    {
        lock (_gate)
        {
            _powered = true;
            _heartbeat.Change(_options.Heartbeat, _options.Heartbeat);
            Introduce();
        }
    }

    public void SwitchOff()
    {
        lock (_gate)
        {
            _powered = false;
            _heartbeat.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _repeat.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The power goes and comes: SEQ starts again, at <paramref name="firstSeq"/>; what is kept is kept.</summary>
    public void Restart(ushort firstSeq)
    {
        lock (_gate)
        {
            SwitchOff();
            _seq = firstSeq;
            _outstanding?.Forget();
            foreach (MeterMessage message in _queue)
                message.Forget();
            SwitchOn();
        }
    }

    /// <summary>Another meter in this one's place, which knows nothing of what the old one had to say. Its SEQ starts where the first one's did.</summary>
    public void Replace(string id)
    {
        lock (_gate)
        {
            SwitchOff();
            _id = id;
            _ledger.Replaced(id);
            _seq = _options.FirstSeq;
            _outstanding = null;
            _queue.Clear();
            SwitchOn();
        }
    }

    public void ForHire() => Turn("FORHIRE");

    public void Hired() => Turn("HIRED");

    public void Stopped() => Turn("STOPPED");

    /// <summary>The trip is over and this is due. Says it until it is answered.</summary>
    public void Finish(TripFare fare)
    {
        string fields = MeterWords.Fare(fare);
        lock (_gate)
        {
            _ledger.Finished(fare);
            Queue(new MeterMessage("FARE", fields, kept: true, answer => _ledger.Acknowledge(fare, answer.At)));
        }
    }

    /// <param name="booking">The booking's name.</param>
    /// <param name="phone">The customer's number, in any form.</param>
    /// <param name="currency">NOK, DKK or EUR.</param>
    /// <param name="maximum">Reserve that much ahead, minor units; null for no reservation.</param>
    public void Book(string booking, string phone, string currency, long? maximum = null)
    {
        lock (_gate)
        {
            _ledger.Bookings.Add(booking);
            Queue(new MeterMessage("BOOK", MeterWords.Book(booking, phone, currency, maximum), kept: true, _ => _ledger.AcknowledgedBookings.Add(booking)));
        }
    }

    /// <summary>Settled otherwise, or the ride will not be.</summary>
    public void Void(TripKey trip, string? reason = null)
    {
        lock (_gate)
        {
            _ledger.Known.Add(trip);
            Queue(new MeterMessage("VOID", MeterWords.Void(trip, reason), kept: true, answer => _ledger.Voided.Add(new VoidedTrip(trip, null, answer.At))));
        }
    }

    public void VoidBooking(string booking, string? reason = null)
    {
        lock (_gate)
        {
            _ledger.Bookings.Add(booking);
            Queue(new MeterMessage("VOID", MeterWords.Void(booking, reason), kept: true, answer => _ledger.Voided.Add(new VoidedTrip(null, booking, answer.At))));
        }
    }

    /// <summary>Sends fields as they are under the next SEQ, once, without waiting for the answer (which <see cref="Answers"/> will hold).</summary>
    public void SayOnce(string type, string fields)
    {
        lock (_gate)
        {
            var message = new MeterMessage(type, fields, kept: false);
            message.Number(_seq++);
            Transmit(message.Payload!, message);
        }
    }

    /// <summary>Bytes on the line that are no frame of the meter's.</summary>
    public void Noise(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
            _line.Write(bytes);
    }

    /// <summary>The meter does not hear the next results (PAID, UNPAID, REFUNDED) of the agent's: no record and no answer.</summary>
    public void IgnoreResults(int count)
    {
        lock (_gate)
            _resultsToIgnore = count;
    }

    public void Dispose()
    {
        _line.Received -= Receive;
        SwitchOff();
        _repeat.Dispose();
        _heartbeat.Dispose();
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private void Turn(string position)
    {
        lock (_gate)
        {
            _position = position;
            _positionSince = _time.GetUtcNow();
            // Only the newest position is of interest to anyone.
            _queue.RemoveAll(message => message.Type == "POS");
            Queue(PositionMessage());
        }
    }

    private MeterMessage PositionMessage() => new("POS", $"meter={Tfp1.Escape(Id)}|pos={_position}|time={MeterWords.Time(_positionSince)}", kept: false);

    private void Queue(MeterMessage message)
    {
        if (_queue.Count >= MaximumQueued)
            throw new InvalidOperationException("the meter has more to say than it can keep");
        _queue.Add(message);
        SendNext();
    }

    private void Introduce()
    {
        if (_outstanding is { Kept: true } unanswered)
            _queue.Insert(0, unanswered);
        _outstanding = null;
        _queue.RemoveAll(message => !message.Kept);
        _queue.Insert(0, new MeterMessage("HELLO", $"proto=1|meter={Tfp1.Escape(Id)}|model={Tfp1.Escape(_options.Model)}|fw={Tfp1.Escape(_options.Firmware)}", kept: false));
        _queue.Insert(1, PositionMessage());
        SendNext();
    }

    private void SendNext()
    {
        if (!_powered || _outstanding is not null || _queue.Count == 0)
            return;
        _outstanding = _queue[0];
        _queue.RemoveAt(0);
        _outstanding.Tries = 0;
        Try(_outstanding);
    }

    private void Try(MeterMessage message)
    {
        if (message.Payload is null)
            message.Number(_seq++);
        message.Tries++;
        Transmit(message.Payload!, message);
        _repeat.Change(_options.AnswerTimeout, Timeout.InfiniteTimeSpan);
    }

    private void RepeatIsDue()
    {
        lock (_gate)
        {
            if (!_powered || _outstanding is not { } message)
                return;
            if (message.Tries < _options.Tries)
            {
                Try(message);
            }
            else if (message.Kept)
            {
                message.Tries = 0;
                _repeat.Change(_options.AnswerPause, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _outstanding = null;
                SendNext();
            }
        }
    }

    private void HeartbeatIsDue()
    {
        lock (_gate)
        {
            if (_powered && _outstanding is null && _queue.Count == 0)
                Queue(new MeterMessage("PING", "", kept: false));
        }
    }

    private void Transmit(string payload, MeterMessage? message)
    {
        if (message is not null)
            _everSent.Add($"{message.Seq}|{message.Crc}");
        byte[] frame = Tfp1.Frame(payload);
        for (int copy = 0; copy < _options.Copies; copy++)
        {
            FrameLogged?.Invoke(new LineFrame(_time.GetUtcNow(), FromMeter: true, payload));
            _line.Write(Mangle is { } mangle ? mangle(frame) : frame);
        }
    }

    private void Receive(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            if (_powered && !Deaf)
                _receiver.Take(MangleReceived is { } mangle ? mangle(bytes.ToArray()) : bytes.Span);
        }
    }

    private void TakeDamaged(string why)
    {
        if (MangleReceived is null)
            Violate("the agent's frame is damaged: " + why);
        else
            DamagedFrames++;
    }

    private void Violate(string what)
    {
        _ledger.Note(what);
        Changed?.Invoke();
    }

    private void TakeFrame(string payload, string crc)
    {
        DateTimeOffset now = _time.GetUtcNow();
        FrameLogged?.Invoke(new LineFrame(now, FromMeter: false, payload));
        Tfp1Message? message = Tfp1Message.Parse(payload, out string? fault);
        if (message is null)
        {
            Violate($"the agent sent '{payload}': {fault}");
            return;
        }

        switch (message.Type)
        {
            case "ACK" or "NAK":
                TakeAnswer(message, payload, now);
                break;
            case "HELLO":
                _ledger.TakeHello(message);
                Answer(message, crc, refusal: null);
                Introduce();
                break;
            case "PAID" or "UNPAID" or "REFUNDED" when _resultsToIgnore > 0:
                _resultsToIgnore--;
                break;
            default:
                Answer(message, crc, _ledger.TakeResult(message, now));
                break;
        }

        Changed?.Invoke();
    }

    private void Answer(Tfp1Message message, string crc, string? refusal) =>
        Transmit(refusal is null
            ? string.Create(CultureInfo.InvariantCulture, $"ACK|{message.Seq}|of={crc}")
            : string.Create(CultureInfo.InvariantCulture, $"NAK|{message.Seq}|of={crc}|reason={refusal}"), message: null);

    private void TakeAnswer(Tfp1Message answer, string payload, DateTimeOffset now)
    {
        string? reason = answer["reason"];
        if (_ledger.AnswerFault(answer) is { } fault)
        {
            Violate($"the agent answered '{payload}': {fault}");
            return;
        }

        if (!_everSent.Contains($"{answer.Seq}|{answer["of"]}"))
        {
            // Harmless to a meter, which ignores it, but an agent that answers what nobody said is broken.
            Violate($"the agent answered '{payload}', and no such frame was ever sent");
            return;
        }

        if (_outstanding is not { } message || message.Seq != answer.Seq || message.Crc != answer["of"])
        {
            _ledger.NoteAnswer(new MeterAnswer(answer.Type, payload, reason, now));
            return;
        }

        var taken = new MeterAnswer(answer.Type, message.Payload!, reason, now);
        _ledger.NoteAnswer(taken);
        if (answer.Type == "ACK")
            message.Acknowledged?.Invoke(taken);
        _outstanding = null;
        _repeat.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        SendNext();
    }
}
