using System.Runtime.InteropServices;

namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// Reads <c>struct input_event</c>: two of the kernel's <c>long</c> for the time, then type, code and value. 24 bytes for a 64-bit process and 16 for a 32-bit one,
/// whichever size time has in its C library and whichever kernel runs below: the kernel writes what the reading process expects.
/// </summary>
internal sealed class InputEventReader
{
    public static readonly int EventSize = (2 * IntPtr.Size) + 8;

    private const ushort KeyEvent = 1;
    private const int Press = 1;
    private const int Repeat = 2;

    private readonly byte[] _event = new byte[EventSize];
    private int _length;

    /// <summary>Hands on each key that these bytes press; what is left of an event waits for its rest.</summary>
    public void Read(ReadOnlySpan<byte> bytes, Action<Key> pressed)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, EventSize - _length);
            bytes[..count].CopyTo(_event.AsSpan(_length));
            bytes = bytes[count..];
            _length += count;
            if (_length < EventSize)
                return;
            _length = 0;
            if (Key() is { } key)
                pressed(key);
        }
    }

    /// <summary>The device was opened anew: it begins with a whole event.</summary>
    public void Reset() => _length = 0;

    private Key? Key()
    {
        var rest = _event.AsSpan(2 * IntPtr.Size);
        var type = MemoryMarshal.Read<ushort>(rest);
        var code = MemoryMarshal.Read<ushort>(rest[2..]);
        var value = MemoryMarshal.Read<int>(rest[4..]);
        if (type != KeyEvent || value is not (Press or Repeat))
            return null;
        var key = KeyCodes.Find(code);

        // A digit held too long is one digit; only taking back may run on.
        return value == Press || key == Devices.Key.Back ? key : null;
    }
}
