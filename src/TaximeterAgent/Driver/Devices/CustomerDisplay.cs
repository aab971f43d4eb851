using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Driver.Devices;

/// <summary>Where the display is, and what it is.</summary>
/// <param name="Port">The serial port, a link below <c>/dev/serial/by-id/</c> for a USB one.</param>
/// <param name="BaudRate">Bits a second; 8 data bits, no parity, 1 stop bit.</param>
/// <param name="Columns">Characters a line.</param>
/// <param name="Rows">Lines.</param>
/// <param name="CodePage">437, 850, 858, 865 or 1252.</param>
public sealed record CustomerDisplayOptions(string Port, int BaudRate, int Columns, int Rows, int CodePage);

/// <summary>A customer display on a serial line. It never answers: what is known of it is that its port is there.</summary>
public sealed class CustomerDisplay : DeviceDisplay
{
    private const nuint SetExclusive = 0x540C; // TIOCEXCL
    private const nuint ClearExclusive = 0x540D; // TIOCNXCL

    /// <exception cref="ArgumentOutOfRangeException">There is no such code page or size.</exception>
    public CustomerDisplay(CustomerDisplayOptions options, TimeProvider time)
        : base(
            Name(options),
            options.Columns,
            options.Rows,
            new CustomerDisplayPainter(options.Columns, options.Rows, new CodePage(options.CodePage)),
            () => Open(options),
            time,
            DisplayWriting.AsItComes with { Closing = Closing })
    {
    }

    private static string Name(CustomerDisplayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Port);
        return $"The display on {options.Port}";
    }

    private static DeviceOpening Open(CustomerDisplayOptions options)
    {
        var name = Name(options);
        var descriptor = Libc.Open(options.Port, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec | Libc.NonBlocking, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error);
        if (SetUp(descriptor, name, options) is not { } refused)
            return DeviceOpening.Of(descriptor, name);
        Libc.Close(descriptor);
        return refused;
    }

    // As for the meter's line: the mark keeps out other programs, the lock another agent that runs as root.
    private static DeviceOpening? SetUp(int descriptor, string name, CustomerDisplayOptions options)
    {
        if (!TerminalSettings.TryGet(descriptor, out _))
            return Libc.Error == Libc.EIO ? DeviceOpening.FromError(name, options.Port, Libc.EIO) : DeviceOpening.Failed(DeviceState.Unusable, $"{name} is not a serial port.");
        if (Libc.Lock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) < 0 || Libc.Control(descriptor, SetExclusive, 0) < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error);
        if (TerminalSettings.Raw(options.BaudRate, Parity.None).TrySet(descriptor) && TerminalSettings.TryGet(descriptor, out var actual) && actual.RunsAt(options.BaudRate))
            return null;
        Closing(descriptor);
        return DeviceOpening.Failed(DeviceState.Unusable, $"{name} does not run at {options.BaudRate} baud.");
    }

    // The mark stays on a terminal that somebody else has open too, and would keep out the agent itself.
    private static void Closing(int descriptor) => Libc.Control(descriptor, ClearExclusive, 0);
}
