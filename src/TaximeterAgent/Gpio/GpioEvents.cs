using System.Runtime.InteropServices;
using static TaximeterAgent.Gpio.GpioAbi;

namespace TaximeterAgent.Gpio;

/// <summary>Reads <c>struct gpio_v2_line_event</c>, however the bytes were cut, and notices when the kernel had to drop some.</summary>
internal sealed class GpioEvents
{
    public const int EventSize = 48;

    private readonly byte[] _event = new byte[EventSize];
    private int _length;
    private uint? _last;

    /// <summary>Hands on each edge.</summary>
    /// <param name="bytes">What was read.</param>
    /// <param name="edge">The line's offset on its chip; true for becoming active.</param>
    /// <returns>False if edges are missing before or among these: only reading the levels tells how the lines stand.</returns>
    public bool Read(ReadOnlySpan<byte> bytes, Action<uint, bool> edge)
    {
        var whole = true;
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, EventSize - _length);
            bytes[..count].CopyTo(_event.AsSpan(_length));
            bytes = bytes[count..];
            _length += count;
            if (_length < EventSize)
                return whole;
            _length = 0;
            var told = MemoryMarshal.Read<LineEvent>(_event);
            // The kernel counts from 1 for each request, over all its lines. What does not fit its buffer is counted and dropped.
            whole &= told.Sequence == unchecked((_last ?? 0) + 1);
            _last = told.Sequence;
            if (told.Id is RisingEdge or FallingEdge)
                edge(told.Offset, told.Id == RisingEdge);
            else
                whole = false;
        }

        return whole;
    }

    /// <summary>The lines were asked for anew.</summary>
    public void Reset()
    {
        _length = 0;
        _last = null;
    }
}
