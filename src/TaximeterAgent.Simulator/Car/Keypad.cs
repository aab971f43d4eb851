using System.Buffers.Binary;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// The driver's number pad: Linux input events, as the kernel hands them out, into a FIFO that the agent reads in place of /dev/input/eventN. One that can be
/// unplugged is a pseudo terminal instead: a FIFO's reader cannot see that the other end is gone.
/// </summary>
internal sealed class Keypad : IDisposable
{
    /// <summary><c>struct input_event</c> where <c>long</c> has 64 bits: two of them for the time, then type, code, value.</summary>
    internal const int EventSize = 24;

    private const ushort SynType = 0;
    private const ushort KeyType = 1;
    private const ushort MiscType = 4;
    private const ushort ScanCode = 4;

    private readonly Lock _gate = new();
    private readonly int _fifo = -1;
    private readonly TimeProvider _time;
    private readonly KeypadLayout _layout;
    private PseudoTerminal? _terminal;

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="layout">Which of a keyboard's two sets of digits the pad has.</param>
    /// <param name="time">The time in the events.</param>
    /// <param name="pluggable">True for a pad that can be unplugged.</param>
    public Keypad(string path, KeypadLayout layout, TimeProvider time, bool pluggable = false)
    {
        Path = path;
        _layout = layout;
        _time = time;
        if (pluggable)
        {
            Plug();
            return;
        }

        Posix.MakeFifo(path);
        // Opened for both directions: the FIFO exists whether or not an agent reads, and neither side ever waits for the other.
        _fifo = Posix.Open(path, Posix.ReadWrite | Posix.NonBlocking);
    }

    /// <summary>What was pressed, as <see cref="Type"/> has it.</summary>
    public event Action<char>? Pressed;

    public string Path { get; }

    /// <summary>Presses and releases one key after the other: digits, <c>#</c> confirm, <c>*</c> escape, <c>&lt;</c> one back, <c>M</c> menu, <c>U</c> up, <c>D</c> down.</summary>
    public void Type(string keys)
    {
        foreach (char key in keys)
            Press(key);
    }

    /// <summary>Drops what no agent has read: a pad keeps no keys for the next process.</summary>
    public void Forget()
    {
        _terminal?.ReadyForNextHolder();
        byte[] unread = new byte[4096];
        while (_fifo >= 0 && Posix.Read(_fifo, unread) > 0)
        {
        }
    }

    /// <summary>The pad is plugged in, under its old name.</summary>
    public void Plug()
    {
        lock (_gate)
        {
            if (_terminal is not null)
                return;
            _terminal = new PseudoTerminal();
            File.CreateSymbolicLink(Path, _terminal.Path);
        }
    }

    /// <summary>The pad is unplugged: whoever has it open reads its end, and the name is gone.</summary>
    /// <exception cref="InvalidOperationException">It cannot be: it is a FIFO.</exception>
    public void Unplug()
    {
        PseudoTerminal? unplugged;
        lock (_gate)
        {
            if (_fifo >= 0)
                throw new InvalidOperationException("this pad is a FIFO, which cannot be unplugged");
            unplugged = _terminal;
            _terminal = null;
            File.Delete(Path);
        }

        unplugged?.Dispose();
    }

    public void Dispose()
    {
        if (_fifo >= 0)
            Posix.Close(_fifo);
        else
            Unplug();
    }

    private void Press(char key)
    {
        ushort code = Code(key, _layout);
        byte[] events = new byte[6 * EventSize];
        int at = 0;
        foreach (int value in (ReadOnlySpan<int>)[1, 0])
        {
            Put(events, ref at, MiscType, ScanCode, 0x70000 + code);
            Put(events, ref at, KeyType, code, value);
            Put(events, ref at, SynType, 0, 0);
        }

        Pressed?.Invoke(key);
        if (_fifo < 0)
        {
            // Keys of a pad that hangs in the air go nowhere.
            lock (_gate)
                _terminal?.Write(events);
            return;
        }

        int written = Posix.Write(_fifo, events);
        if (written != events.Length)
            throw new InvalidOperationException($"the keypad's FIFO took {written} of {events.Length} bytes: nobody reads the keys");
    }

    private void Put(byte[] events, ref int at, ushort type, ushort code, int value)
    {
        TimeSpan since = _time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        Span<byte> target = events.AsSpan(at, EventSize);
        long microseconds = since.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target, since.Ticks / TimeSpan.TicksPerSecond);
            BinaryPrimitives.WriteInt64LittleEndian(target[8..], microseconds);
            BinaryPrimitives.WriteUInt16LittleEndian(target[16..], type);
            BinaryPrimitives.WriteUInt16LittleEndian(target[18..], code);
            BinaryPrimitives.WriteInt32LittleEndian(target[20..], value);
        }
        else
        {
            throw new PlatformNotSupportedException("the keypad writes the kernel's structures, and .NET's Linux machines are little-endian");
        }

        at += EventSize;
    }

    /// <summary>The codes of linux/input-event-codes.h.</summary>
    internal static ushort Code(char key, KeypadLayout layout) => (key, layout) switch
    {
        ('0', KeypadLayout.MainRow) => 11,
        (>= '1' and <= '9', KeypadLayout.MainRow) => (ushort)(key - '1' + 2),
        ('0', _) => 82,
        ('1', _) => 79,
        ('2', _) => 80,
        ('3', _) => 81,
        ('4', _) => 75,
        ('5', _) => 76,
        ('6', _) => 77,
        ('7', _) => 71,
        ('8', _) => 72,
        ('9', _) => 73,
        ('#', KeypadLayout.MainRow) => 28,
        ('#', _) => 96,
        ('*', _) => 1,
        ('<', _) => 14,
        ('M', _) => 15,
        ('U', _) => 103,
        ('D', _) => 108,
        _ => throw new ArgumentException($"the pad has no key '{key}'", nameof(key)),
    };
}

/// <summary>Which digits a pad sends: a keyboard's main row with KEY_ENTER, or its number block with KEY_KPENTER.</summary>
internal enum KeypadLayout
{
    MainRow,
    NumberBlock,
}
