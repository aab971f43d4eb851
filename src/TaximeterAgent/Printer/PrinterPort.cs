using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Printer;

/// <summary>What keeps a printer from being sent more than it can take.</summary>
internal enum FlowControl
{
    None,

    /// <summary>The wires RTS and CTS.</summary>
    Hardware,

    /// <summary>XON and XOFF from the printer.</summary>
    Software,
}

/// <summary>Where a printer is: a serial port, or a USB printer's own device.</summary>
/// <param name="Path">The device.</param>
/// <param name="BaudRate">Bits a second; nothing to a USB printer.</param>
/// <param name="Flow">Nothing to a USB printer.</param>
internal sealed record PrinterPort(string Path, int BaudRate, FlowControl Flow)
{
    private const nuint SetExclusive = 0x540C; // TIOCEXCL
    private const nuint ClearExclusive = 0x540D; // TIOCNXCL
    private const uint HardwareFlow = 0x8000_0000; // CRTSCTS, of the control flags
    private const uint SoftwareFlow = 0x400; // IXON, of the input flags
    private const byte Continue = 0x11;
    private const byte Hold = 0x13;
    private const int DiscardedMost = 64 * 1024;
    private const int StartCharacter = 8;
    private const int StopCharacter = 9;

    // The kernel's usblp: /dev/usb/lp0 to lp15.
    private const uint UsbMajor = 180;
    private const uint UsbPrinters = 16;

    /// <summary>True for a port whose DTR holds a bypass: DTR is up while it is open, and falls when it is closed, however the agent ends.</summary>
    public bool HoldsBypass { get; init; }

    /// <summary>The parity bit.</summary>
    public Parity Parity { get; init; }

    /// <summary>For people.</summary>
    public string Name => HoldsBypass ? $"The meter's printer line {Path}" : $"The printer on {Path}";

    public DeviceOpening Open()
    {
        var descriptor = Libc.Open(Path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec | Libc.NonBlocking, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(Name, Path, Libc.Error);
        if (SetUp(descriptor) is not { } refused)
            return DeviceOpening.Of(descriptor, Name);
        Libc.Close(descriptor);
        return refused;
    }

    // The mark stays on a terminal that somebody else has open too, and would keep out the agent itself.
    public static void Closing(int descriptor) => Libc.Control(descriptor, ClearExclusive, 0);

    // As for the meter's line: the mark keeps out other programs, the lock another agent that runs as root.
    private DeviceOpening? SetUp(int descriptor)
    {
        if (!TerminalSettings.TryGet(descriptor, out _))
        {
            if (Libc.Error == Libc.EIO)
                return DeviceOpening.FromError(Name, Path, Libc.EIO);
            return IsUsbPrinter(descriptor) ? null : DeviceOpening.Failed(DeviceState.Unusable, $"{Name} is neither a serial port nor a USB printer.");
        }

        if (Libc.Lock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) < 0 || Libc.Control(descriptor, SetExclusive, 0) < 0)
            return DeviceOpening.FromError(Name, Path, Libc.Error);
        if (Settings().TrySet(descriptor) && TerminalSettings.TryGet(descriptor, out var actual) && actual.RunsAt(BaudRate))
        {
            Discard(descriptor);
            return null;
        }

        Closing(descriptor);
        return DeviceOpening.Failed(DeviceState.Unusable, $"{Name} does not run at {BaudRate} baud.");
    }

    // What was left unread by whoever had the port before: late answers, and of a meter's print a piece that would come out in the midst of another.
    private static void Discard(int descriptor)
    {
        Span<byte> buffer = stackalloc byte[1024];
        for (var read = 0; read < DiscardedMost && Libc.Read(descriptor, buffer, (nuint)buffer.Length) is > 0 and var count;)
            read += (int)count;
    }

    private unsafe TerminalSettings Settings()
    {
        var settings = TerminalSettings.Raw(BaudRate, Parity);
        settings.InputFlags = 0; // unmarked: every byte as it is
        if (HoldsBypass)
            settings.ControlFlags |= TerminalSettings.HangUpAtClose;
        if (Flow == FlowControl.Hardware)
            settings.ControlFlags |= HardwareFlow;
        if (Flow == FlowControl.Software)
        {
            settings.InputFlags |= SoftwareFlow;
            settings.Control[StartCharacter] = Continue;
            settings.Control[StopCharacter] = Hold;
        }

        return settings;
    }

    private static bool IsUsbPrinter(int descriptor) =>
        Libc.TryStat(descriptor, out var facts) && facts.IsCharacterDevice && facts.Device >> 32 == UsbMajor && (uint)facts.Device < UsbPrinters;
}
