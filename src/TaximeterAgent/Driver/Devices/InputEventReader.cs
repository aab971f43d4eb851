using System.Runtime.InteropServices;

namespace TaximeterAgent.Driver.Devices;

/// <summary>Asks which keys are down; false if that cannot be known.</summary>
internal delegate bool KeysDown(Span<byte> bits);

/// <summary>
/// Reads <c>struct input_event</c>: two of the kernel's <c>long</c> for the time, then type, code and value. 24 bytes for a 64-bit process and 16 for a
/// 32-bit one, whichever size time has in its C library and whichever kernel runs below: the kernel writes what the reading process expects.
/// </summary>
/// <param name="keymap">Which code is which key.</param>
/// <param name="keysDown">Asked when events were lost.</param>
/// <param name="longSize">Bytes of a <c>long</c>, 4 or 8.</param>
internal sealed class InputEventReader(Keymap keymap, KeysDown keysDown, int longSize)
{
    private const ushort SyncEvent = 0;
    private const ushort KeyEvent = 1;
    private const ushort Report = 0;
    private const ushort Dropped = 3;
    private const int Release = 0;
    private const int Press = 1;
    private const int Repeat = 2;

    private readonly int _time = 2 * longSize;
    private readonly byte[] _event = new byte[(2 * longSize) + 8];
    private readonly byte[] _down = new byte[InputCalls.KeyBytes];
    private readonly byte[] _told = new byte[InputCalls.KeyBytes];
    private int _length;
    private bool _dropped;

    public InputEventReader(Keymap keymap, KeysDown keysDown)
        : this(keymap, keysDown, IntPtr.Size)
    {
    }

    /// <summary>The size of an event in this process.</summary>
    public static int NativeSize => (2 * IntPtr.Size) + 8;

    /// <summary>Hands on each key that these bytes press; what is left of an event waits for its rest.</summary>
    public void Read(ReadOnlySpan<byte> bytes, Action<Key> pressed)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, _event.Length - _length);
            bytes[..count].CopyTo(_event.AsSpan(_length));
            bytes = bytes[count..];
            _length += count;
            if (_length < _event.Length)
                return;
            _length = 0;
            Take(pressed);
        }
    }

    /// <summary>The device was opened anew: it begins with a whole event, and what is held down already was not pressed for us.</summary>
    public void Opened()
    {
        _length = 0;
        _dropped = false;
        Array.Clear(_told);
        if (!keysDown(_down))
            Array.Clear(_down);
    }

    private void Take(Action<Key> pressed)
    {
        var rest = _event.AsSpan(_time);
        var type = MemoryMarshal.Read<ushort>(rest);
        var code = MemoryMarshal.Read<ushort>(rest[2..]);
        var value = MemoryMarshal.Read<int>(rest[4..]);
        if (type == SyncEvent && code == Dropped)
            _dropped = true;
        else if (_dropped && type == SyncEvent && code == Report)
            CatchUp(pressed);
        else if (!_dropped && type == KeyEvent && code <= KeyNames.HighestCode)
            TakeKey(code, value, pressed);
    }

    private void TakeKey(ushort code, int value, Action<Key> pressed)
    {
        switch (value)
        {
            case Press when !Has(_down, code):
                Down(code, pressed);
                break;
            case Repeat when Has(_told, code) && keymap.Find(code) == Key.Back:
                // A digit held too long is one digit; only taking back may run on.
                pressed(Key.Back);
                break;
            case Release:
                Clear(_down, code);
                Clear(_told, code);
                break;
        }
    }

    // The kernel's buffer ran over. A key that went down meanwhile was pressed at least once; how often those that are up again were, nobody knows any more.
    private void CatchUp(Action<Key> pressed)
    {
        _dropped = false;
        Span<byte> now = stackalloc byte[InputCalls.KeyBytes];
        if (!keysDown(now))
            now.Clear();
        for (ushort code = 0; code <= KeyNames.HighestCode; code++)
        {
            if (!Has(now, code))
            {
                Clear(_down, code);
                Clear(_told, code);
            }
            else if (!Has(_down, code))
            {
                Down(code, pressed);
            }
        }
    }

    private void Down(ushort code, Action<Key> pressed)
    {
        Set(_down, code);
        Set(_told, code);
        if (keymap.Find(code) is { } key)
            pressed(key);
    }

    private static bool Has(ReadOnlySpan<byte> bits, int code) => (bits[code / 8] & (1 << (code % 8))) != 0;

    private static void Set(Span<byte> bits, int code) => bits[code / 8] |= (byte)(1 << (code % 8));

    private static void Clear(Span<byte> bits, int code) => bits[code / 8] &= (byte)~(1 << (code % 8));
}
