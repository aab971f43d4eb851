using System.Text;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>
/// Finds TFP/1 frames in a stream of bytes, however they are cut into reads. Holds at most one payload; what is no frame is dropped up to the next STX and counted.
/// </summary>
public sealed class FrameReader
{
    private static readonly int s_causes = Enum.GetValues<DroppedFrame>().Length;

    private readonly byte[] _payload = new byte[TfpFrame.PayloadMaximum];
    private readonly long[] _dropped = new long[s_causes];
    private State _state;
    private int _length;
    private int _digits;
    private uint _said;

    private enum State
    {
        Outside,
        Payload,
        Crc,
        End,
    }

    /// <summary>Frames that were received whole.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes that belonged to no frame: line noise, and what follows a dropped frame.</summary>
    public long NoiseBytes { get; private set; }

    /// <summary>Frames that were dropped for this reason.</summary>
    public long Dropped(DroppedFrame cause) => _dropped[(int)cause];

    /// <summary>Takes bytes up to the end of the next frame.</summary>
    /// <param name="bytes">What was read; on return what is not looked at yet. All of it is used up when the answer is false.</param>
    /// <param name="frame">The frame, if the answer is true.</param>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out TfpFrame frame)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            if (!Take(bytes[index]))
                continue;
            bytes = bytes[(index + 1)..];
            frame = new TfpFrame(Encoding.ASCII.GetString(_payload, 0, _length), _said);
            return true;
        }

        bytes = [];
        frame = default;
        return false;
    }

    /// <summary>Forgets a frame half received: the line was opened anew, and what follows is not its rest.</summary>
    public void Reset()
    {
        if (_state != State.Outside)
            Drop(DroppedFrame.Interrupted);
    }

    internal void Count(DroppedFrame cause) => _dropped[(int)cause]++;

    private bool Take(byte value)
    {
        if (value == TfpFrame.StartOfText)
        {
            if (_state != State.Outside)
                Count(DroppedFrame.Interrupted);
            _state = State.Payload;
            _length = 0;
            return false;
        }

        switch (_state)
        {
            case State.Payload:
                TakePayload(value);
                return false;
            case State.Crc:
                TakeCrc(value);
                return false;
            case State.End when value == TfpFrame.CarriageReturn:
                _state = State.Outside;
                Received++;
                return true;
            case State.End:
                Drop(DroppedFrame.NoEnd);
                return false;
            default:
                NoiseBytes++;
                return false;
        }
    }

    private void TakePayload(byte value)
    {
        if (value == TfpFrame.EndOfText)
        {
            if (_length == 0)
            {
                Drop(DroppedFrame.Empty);
                return;
            }

            _state = State.Crc;
            _digits = 0;
            _said = 0;
        }
        else if (!TfpFrame.IsPayloadByte(value))
        {
            Drop(DroppedFrame.ForbiddenByte);
        }
        else if (_length == _payload.Length)
        {
            Drop(DroppedFrame.TooLong);
        }
        else
        {
            _payload[_length++] = value;
        }
    }

    private void TakeCrc(byte value)
    {
        int digit = value switch
        {
            >= (byte)'0' and <= (byte)'9' => value - '0',
            >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
            _ => -1,
        };
        if (digit < 0)
        {
            Drop(DroppedFrame.WrongCrc);
            return;
        }

        _said = (_said << 4) | (uint)digit;
        if (++_digits < TfpFrame.CrcDigits)
            return;
        if (_said == Crc32.Compute(_payload.AsSpan(0, _length)))
            _state = State.End;
        else
            Drop(DroppedFrame.WrongCrc);
    }

    private void Drop(DroppedFrame cause)
    {
        Count(cause);
        _state = State.Outside;
    }
}
