namespace TaximeterAgent.Meter.Serial;

/// <summary>
/// Reads what the kernel writes with PARMRK: <c>FF 00 x</c> for a byte with a parity or framing error, <c>FF 00 00</c> for a break, <c>FF FF</c> for the byte FF.
/// What is damaged becomes 00, which no frame may hold: its frame is dropped, and never read as another that happens to fit.
/// </summary>
internal sealed class MarkedInput
{
    private const byte Mark = 0xFF;
    private State _state;

    private enum State
    {
        Plain,
        Marked,
        Damaged,
    }

    /// <summary>Bytes with a parity or framing error.</summary>
    public long Damaged { get; private set; }

    /// <summary>Breaks: the line was held low for longer than a byte.</summary>
    public long Breaks { get; private set; }

    /// <summary>A line opened anew: the rest of a mark does not come.</summary>
    public void Reset() => _state = State.Plain;

    /// <summary>Decodes in place, however the bytes are cut into reads; gives what is left of them.</summary>
    public Span<byte> Decode(Span<byte> bytes)
    {
        var length = 0;
        foreach (var value in bytes)
        {
            if (Take(value) is { } plain)
                bytes[length++] = plain;
        }

        return bytes[..length];
    }

    private byte? Take(byte value)
    {
        switch (_state)
        {
            case State.Plain when value == Mark:
                _state = State.Marked;
                return null;
            case State.Marked when value == 0:
                _state = State.Damaged;
                return null;
            case State.Damaged when value == 0:
                _state = State.Plain;
                Breaks++;
                return 0;
            case State.Damaged:
                _state = State.Plain;
                Damaged++;
                return 0;
            default:
                // The byte FF itself; or something after a mark that the kernel never writes, taken as it is.
                _state = State.Plain;
                return value;
        }
    }
}
