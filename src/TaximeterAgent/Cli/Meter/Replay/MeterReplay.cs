using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary>
/// Feeds a capture to the same session that runs in a car, byte by byte, and tells what comes of each: the frame, its meaning, the answer, and what was dropped and why.
/// Nothing is sent and nothing is stored.
/// </summary>
internal sealed class MeterReplay
{
    private static readonly DroppedFrame[] s_causes = Enum.GetValues<DroppedFrame>();

    private readonly CaptureTime _time = new();
    private readonly DryDesk _desk = new();
    private readonly TfpLink _link;
    private readonly TimeSpan _silence;
    private readonly Func<ReplayLine, Task> _tell;
    private readonly long[] _dropped = new long[s_causes.Length];
    private DateTimeOffset? _last;
    private DateTimeOffset? _at;
    private long _offset;
    private long _outsideTold;
    private long _number;
    private long _acknowledged;
    private long _refused;
    private long _repeats;
    private long _conflicts;
    private long _gaps;

    /// <param name="options">The meter that is listened to, its currency and country; and after which silence there is a gap.</param>
    /// <param name="tell">Told of everything, in order.</param>
    public MeterReplay(TfpOptions options, Func<ReplayLine, Task> tell)
    {
        _silence = options.HeartbeatLost;
        _tell = tell;
        _link = new TfpLink(options, _time, _desk, _ => { });
        _desk.Link = _link;
    }

    private FrameReader Reader => _link.Reader;

    /// <summary>Replays all of it; the last line is the summary.</summary>
    public async Task<ReplaySummary> RunAsync(CaptureFile file, CancellationToken stop)
    {
        await foreach (var piece in file.ReadAsync(stop))
        {
            stop.ThrowIfCancellationRequested();
            if (piece.At is { } at)
                _time.MoveTo(at);
            _at = piece.At;
            switch (piece)
            {
                case CapturePiece.FromMeter meter:
                    await TellGapAsync();
                    await TakeAsync(meter.Bytes);
                    break;
                case CapturePiece.FromAgent agent:
                    await TellOutsideAsync();
                    await _tell(new ReplayLine("frame") { At = _at, From = "agent", Name = agent.Name, Text = agent.Text, Meaning = agent.Meaning });
                    break;
                case CapturePiece.Missing missing:
                    await _tell(new ReplayLine("lost") { At = _at, Count = missing.Count });
                    break;
            }
        }

        // What the end of the capture cuts off is no frame.
        _link.Reader.Reset();
        await TellDroppedAsync();
        await TellOutsideAsync();
        var summary = new ReplaySummary
        {
            Format = Kebab.Of(file.Format),
            Bytes = _offset,
            Frames = _number,
            Acknowledged = _acknowledged,
            Refused = _refused,
            Repeats = _repeats,
            Conflicts = _conflicts,
            Dropped = _dropped.Sum(),
            BytesOutside = Reader.NoiseBytes,
            Gaps = _gaps,
            Cut = file.Cut,
        };
        await _tell(new ReplayLine("summary") { Summary = summary });
        return summary;
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            _desk.Begin();
            _desk.Number = _number + 1;
            // One by one, so that it is known after which of them something was dropped.
            _link.Receive(bytes.Span[index..(index + 1)]);
            _offset++;
            if (Changed())
                await TellDroppedAsync();
            if (_desk.Taken is { } frame)
                await TellFrameAsync(frame);
        }
    }

    private async Task TellFrameAsync(TfpFrameRecord frame)
    {
        await TellOutsideAsync();
        _number++;
        var reason = _desk.Answer is { Type: "NAK" } refusal ? ReasonOf(refusal.Payload) : null;
        _acknowledged += _desk.Answer is { Type: "ACK" } ? 1 : 0;
        _refused += reason is null ? 0 : 1;
        _repeats += _desk.RepeatOf is null ? 0 : 1;
        _conflicts += _desk.ConflictsWith is null ? 0 : 1;
        await _tell(new ReplayLine("frame")
        {
            Number = _number,
            Offset = _offset - 1,
            At = _at,
            From = "meter",
            Name = frame.Type,
            Text = frame.Payload,
            Meaning = FrameMeaning.Of(frame),
            Answer = _desk.Answer?.Type,
            Reason = reason,
            RepeatOf = _desk.RepeatOf,
            ConflictsWith = _desk.ConflictsWith,
        });
    }

    private async Task TellGapAsync()
    {
        if (_at is not { } at)
            return;
        if (_last is { } last && at - last > _silence)
        {
            _gaps++;
            await _tell(new ReplayLine("gap") { At = at, Seconds = Math.Round((at - last).TotalSeconds, 3) });
        }

        _last = at;
    }

    private bool Changed()
    {
        for (var index = 0; index < s_causes.Length; index++)
        {
            if (Reader.Dropped(s_causes[index]) != _dropped[index])
                return true;
        }

        return false;
    }

    private async Task TellDroppedAsync()
    {
        for (var index = 0; index < s_causes.Length; index++)
        {
            while (_dropped[index] < Reader.Dropped(s_causes[index]))
            {
                _dropped[index]++;
                await _tell(new ReplayLine("dropped") { Offset = Math.Max(0, _offset - 1), At = _at, Reason = Kebab.Of(s_causes[index]) });
            }
        }
    }

    private async Task TellOutsideAsync()
    {
        var outside = Reader.NoiseBytes - _outsideTold;
        if (outside == 0)
            return;
        _outsideTold = Reader.NoiseBytes;
        await _tell(new ReplayLine("outside") { Offset = _offset - 1, At = _at, Count = outside });
    }

    private static string ReasonOf(string payload)
    {
        const string key = "|reason=";
        var index = payload.IndexOf(key, StringComparison.Ordinal);
        return index < 0 ? "" : payload[(index + key.Length)..];
    }
}
