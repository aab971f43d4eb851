using System.Runtime.InteropServices;
using System.Text;

namespace TaximeterAgent.Driver.Devices;

/// <summary>What the kernel can be asked about an open input device. A port, because only hardware has such devices.</summary>
internal interface IInputCalls
{
    /// <summary>Takes the device for this process alone: 0, or the kernel's error number.</summary>
    int Grab(int descriptor);

    /// <summary>The name that the device gives itself.</summary>
    bool TryName(int descriptor, out string name);

    /// <summary>Which keys are down now: the bit of each code, from the lowest bit of the first byte.</summary>
    bool TryKeysDown(int descriptor, Span<byte> bits);

    /// <summary>Asks for NumLock, because a pad that keeps the lock itself sends arrows for digits without it. A device that has no such light ignores it.</summary>
    void LightNumLock(int descriptor);
}

/// <summary>The calls of evdev (linux/input.h).</summary>
internal sealed class InputCalls : IInputCalls
{
    /// <summary>Bytes that hold a bit for every key there can be.</summary>
    public const int KeyBytes = (KeyNames.HighestCode + 1) / 8;

    public const int NameBytes = 256;

    // _IOW('E', 0x90, int); _IOC(_IOC_READ, 'E', 0x06, NameBytes); _IOC(_IOC_READ, 'E', 0x18, KeyBytes)
    public const uint GrabRequest = 0x40044590;
    public const uint NameRequest = 0x80000000 | (NameBytes << 16) | ('E' << 8) | 0x06;
    public const uint KeysDownRequest = 0x80000000 | (KeyBytes << 16) | ('E' << 8) | 0x18;

    private const ushort LightEvent = 0x11; // EV_LED
    private const ushort NumLockLight = 0; // LED_NUML

    public int Grab(int descriptor) => Libc.Control(descriptor, GrabRequest, 1) == 0 ? 0 : Libc.Error;

    public bool TryName(int descriptor, out string name)
    {
        Span<byte> text = stackalloc byte[NameBytes];
        text.Clear();
        var done = Libc.Control(descriptor, NameRequest, text) >= 0;
        var end = text.IndexOf((byte)0);
        name = Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
        return done;
    }

    public bool TryKeysDown(int descriptor, Span<byte> bits) => Libc.Control(descriptor, KeysDownRequest, bits[..KeyBytes]) >= 0;

    public void LightNumLock(int descriptor)
    {
        // Two events: the light, and the report that ends them.
        Span<byte> events = stackalloc byte[2 * InputEventReader.NativeSize];
        events.Clear();
        var first = events[(2 * IntPtr.Size)..];
        MemoryMarshal.Write(first, LightEvent);
        MemoryMarshal.Write(first[2..], NumLockLight);
        MemoryMarshal.Write(first[4..], 1);
        _ = Libc.Write(descriptor, events, (nuint)events.Length); // a device opened for reading only refuses, and keeps its lock as it is
    }
}
