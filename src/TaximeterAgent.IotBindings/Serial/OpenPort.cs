using System.IO.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.IotBindings.Serial;

/// <summary>
/// A SerialPort, and beside it a descriptor of ours on the same line: it holds the lock, and poll() on it tells of bytes and of a hang-up without the library's loop,
/// which wakes a thousand times a second and does not notice an unplugged adapter.
/// </summary>
internal sealed class OpenPort : IDisposable
{
    private readonly SerialPort _port;

    private OpenPort(int descriptor, SerialPort port, string path)
    {
        Descriptor = descriptor;
        _port = port;
        Stream = port.BaseStream;
        Watch = NameWatch.Of(path);
    }

    public int Descriptor { get; }

    public Stream Stream { get; }

    /// <summary>The line's stable name; null for one that is no link.</summary>
    public NameWatch? Watch { get; }

    /// <summary>Bytes that can be read without waiting; -1 for a line that is gone.</summary>
    public int Waiting => _port.BytesToRead;

    /// <summary>Opens and sets up the line.</summary>
    /// <param name="options">Which.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="holders">Finds out who has it if it is busy.</param>
    /// <param name="port">The line, or null.</param>
    /// <returns>What to tell.</returns>
    public static DeviceStatus Open(SerialLineOptions options, string name, Func<string, IReadOnlyList<string>> holders, out OpenPort? port)
    {
        port = null;
        var descriptor = Libc.Open(options.Port, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec | Libc.NonBlocking, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error, holders).Status;
        SerialPort? library = null;
        try
        {
            // Before the library: it would take a line that another program of root's has.
            if (TerminalClaim.Take(descriptor, name, options.Port, holders) is { } refused)
                return refused.Status;
            // The library drops DTR unless it is told to raise it, and cannot open a line that has none if it is.
            var modem = TerminalClaim.HasModemLines(descriptor);
            library = new SerialPort(options.Port, options.BaudRate, ParityOf(options.Parity), 8, StopBits.One) { DtrEnable = modem, RtsEnable = modem };
            if (!TryOpen(library) || !TrySetUp(descriptor, options))
                return TerminalClaim.Unfit(name, options).Status;
            TerminalClaim.DropInput(descriptor); // what came before was read with other settings
            port = new OpenPort(descriptor, library, options.Port);
            return DeviceOpening.Of(descriptor, name).Status;
        }
        finally
        {
            if (port is null)
            {
                Close(library);
                Libc.Close(descriptor);
            }
        }
    }

    public void Dispose()
    {
        Watch?.Dispose();
        Close(_port);
        Libc.Close(Descriptor);
    }

    // SerialPort.Dispose waits for what was written to be sent, on a line that is gone for ever: its stream, closed first, does not.
    private static void Close(SerialPort? port)
    {
        if (port is { IsOpen: true })
            port.BaseStream.Dispose();
        port?.Dispose();
    }

    private static bool TryOpen(SerialPort port)
    {
        try
        {
            port.Open();
            return true;
        }
        catch (ArgumentException)
        {
            return false; // a speed that the driver or the library does not have
        }
    }

    // The library neither asks for damaged bytes to be marked, nor looks at what the driver made of speed and parity.
    private static bool TrySetUp(int descriptor, SerialLineOptions options)
    {
        if (!TerminalSettings.TryGet(descriptor, out var settings))
            return false;
        settings.InputFlags |= TerminalSettings.CheckParity | TerminalSettings.MarkDamage;
        (settings.OutputFlags, settings.LocalFlags) = (0, 0); // what it leaves set there does nothing without other flags
        settings.ControlFlags = (settings.ControlFlags | TerminalSettings.IgnoreModemLines) & ~TerminalSettings.HangUpAtClose;
        return settings.TrySet(descriptor) && TerminalSettings.TryGet(descriptor, out var actual) && actual.RunsAt(options.BaudRate) && actual.Parity == options.Parity;
    }

    private static System.IO.Ports.Parity ParityOf(Core.Ports.Devices.Parity parity) => parity switch
    {
        Core.Ports.Devices.Parity.Even => System.IO.Ports.Parity.Even,
        Core.Ports.Devices.Parity.Odd => System.IO.Ports.Parity.Odd,
        _ => System.IO.Ports.Parity.None,
    };
}
