using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>What is asked of a terminal beside its settings: that it is ours alone, and its modem lines.</summary>
internal static class TerminalClaim
{
    private const nuint SetExclusive = 0x540C; // TIOCEXCL
    private const nuint ClearExclusive = 0x540D; // TIOCNXCL
    private const nuint GetExclusive = 0x80045440; // TIOCGEXCL
    private const nuint SetModemLines = 0x5416; // TIOCMBIS
    private const nuint GetModemLines = 0x5415; // TIOCMGET
    private const nuint Flush = 0x540B; // TCFLSH
    private const nint Input = 0; // TCIFLUSH
    private const int DataTerminalReadyAndRequestToSend = 0x2 | 0x4;

    /// <summary>Locks a terminal that was opened, and looks whether somebody has marked it as theirs.</summary>
    /// <param name="descriptor">The terminal.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="port">Where it is.</param>
    /// <param name="holders">Finds out who has it if it is busy.</param>
    /// <returns>Why it is not ours; null if it is.</returns>
    public static DeviceOpening? Take(int descriptor, string name, string port, Func<string, IReadOnlyList<string>>? holders)
    {
        if (!TerminalSettings.TryGet(descriptor, out _))
        {
            return Libc.Error is Libc.EIO
                ? DeviceOpening.FromError(name, port, Libc.EIO)
                : DeviceOpening.Failed(DeviceState.Unusable, $"{name} is not a serial port.");
        }

        // The kernel's mark keeps out everyone but root; the lock keeps out another agent that runs as root.
        if (Libc.Lock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) < 0)
            return DeviceOpening.FromError(name, port, Libc.Error, holders);
        return IsMarked(descriptor) ? DeviceOpening.FromError(name, port, Libc.EBUSY, holders) : null;
    }

    /// <summary>Keeps out everyone who opens it from now on and is not root.</summary>
    public static bool TryMark(int descriptor) => Libc.Control(descriptor, SetExclusive, 0) >= 0;

    /// <summary>The mark stays on a terminal that somebody else has open too, and would keep out the agent itself.</summary>
    public static void Unmark(int descriptor) => Libc.Control(descriptor, ClearExclusive, 0);

    /// <summary>
    /// Level converters and isolators draw their supply from these, and some meters speak only while DTR is up. A line without them says so, and does without.
    /// </summary>
    public static void RaiseModemLines(int descriptor)
    {
        Span<byte> lines = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(lines, DataTerminalReadyAndRequestToSend);
        Libc.Control(descriptor, SetModemLines, lines);
    }

    /// <summary>False for a pseudo terminal, and for a driver that cannot say.</summary>
    public static bool HasModemLines(int descriptor)
    {
        Span<byte> lines = stackalloc byte[sizeof(int)];
        return Libc.Control(descriptor, GetModemLines, lines) == 0;
    }

    /// <summary>Drops what has come and was not read.</summary>
    public static void DropInput(int descriptor) => Libc.Control(descriptor, Flush, Input);

    /// <summary>What to tell of a driver that did not do what was asked: it says nothing by itself, only reading back shows it.</summary>
    public static DeviceOpening Unfit(string name, SerialLineOptions options) => DeviceOpening.Failed(
        DeviceState.Unusable, $"{name} does not run at {options.BaudRate} baud with parity {options.Parity.ToString().ToLowerInvariant()}.");

    // The kernel lets root pass another program's mark, so that root has to look for itself.
    private static bool IsMarked(int descriptor)
    {
        Span<byte> flag = stackalloc byte[sizeof(int)];
        return Libc.Control(descriptor, GetExclusive, flag) == 0 && MemoryMarshal.Read<int>(flag) != 0;
    }
}
