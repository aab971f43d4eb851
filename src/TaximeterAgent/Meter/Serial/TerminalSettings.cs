using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>
/// The kernel's own <c>struct termios2</c>: unlike the C library's it takes any speed as a number, and it is the same on every architecture that .NET
/// runs on except POWER, whose numbers differ.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TerminalSettings
{
    public const uint EightBits = 0x30;
    public const uint ParityEnabled = 0x100;
    public const uint ParityOdd = 0x200;
    public const uint CheckParity = 0x10; // INPCK, of the input flags: damaged bytes are not taken for good ones, with or without a parity bit
    public const uint MarkDamage = 0x8; // PARMRK, of the input flags: which bytes are damaged, and breaks
    public const uint HangUpAtClose = 0x400; // HUPCL
    public const uint IgnoreModemLines = 0x800; // CLOCAL

    private const int ControlCharacters = 19;
    private const int MinimumTime = 5;
    private const int MinimumCount = 6;
    private const uint Receiver = 0x80;
    private const uint SpeedAsNumber = 0x1000;

    // _IOR('T', 0x2A, struct termios2) and _IOW('T', 0x2B, struct termios2), 44 bytes each.
    private const nuint Get = 0x802C542A;
    private const nuint Set = 0x402C542B;

    public uint InputFlags;
    public uint OutputFlags;
    public uint ControlFlags;
    public uint LocalFlags;
    public byte LineDiscipline;
    public fixed byte Control[ControlCharacters];
    public uint InputSpeed;
    public uint OutputSpeed;

    /// <summary>
    /// Bytes as they come: no echo, no lines, no signals, no translation, no flow control, whatever the modem lines say. Damaged bytes and breaks are marked, for
    /// <see cref="MarkedInput"/>. DTR is not dropped at a close (no HUPCL): a meter that watches it does not see the agent start anew.
    /// </summary>
    public static TerminalSettings Raw(int baudRate, Parity parity)
    {
        var settings = new TerminalSettings
        {
            InputFlags = CheckParity | MarkDamage,
            ControlFlags = EightBits | Receiver | IgnoreModemLines | SpeedAsNumber | parity switch
            {
                Parity.Even => ParityEnabled,
                Parity.Odd => ParityEnabled | ParityOdd,
                _ => 0,
            },
            InputSpeed = (uint)baudRate,
            OutputSpeed = (uint)baudRate,
        };
        settings.Control[MinimumCount] = 1;
        settings.Control[MinimumTime] = 0;
        return settings;
    }

    /// <summary>The same without marks: every byte comes once and as it is, for a stream that is not read through <see cref="MarkedInput"/>.</summary>
    public static TerminalSettings RawUnmarked(int baudRate)
    {
        var settings = Raw(baudRate, Parity.None);
        settings.InputFlags = 0;
        return settings;
    }

    public static bool TryGet(int descriptor, out TerminalSettings settings)
    {
        RequireKnownArchitecture();
        Span<byte> bytes = stackalloc byte[sizeof(TerminalSettings)];
        var done = Libc.Control(descriptor, Get, bytes) == 0;
        settings = MemoryMarshal.Read<TerminalSettings>(bytes);
        return done;
    }

    public readonly bool TrySet(int descriptor)
    {
        RequireKnownArchitecture();
        Span<byte> bytes = stackalloc byte[sizeof(TerminalSettings)];
        MemoryMarshal.Write(bytes, this);
        return Libc.Control(descriptor, Set, bytes) == 0;
    }

    /// <summary>True if the driver runs at this speed; its clock may miss by two percent, which eight bits bear.</summary>
    public readonly bool RunsAt(int baudRate) => Math.Abs((long)OutputSpeed - baudRate) * 50 <= baudRate;

    public readonly Parity Parity => (ControlFlags & ParityEnabled) == 0 ? Parity.None : (ControlFlags & ParityOdd) == 0 ? Parity.Even : Parity.Odd;

    private static void RequireKnownArchitecture()
    {
        if (RuntimeInformation.ProcessArchitecture == Architecture.Ppc64le)
            throw new PlatformNotSupportedException("The terminal settings of POWER are not known here.");
    }
}
