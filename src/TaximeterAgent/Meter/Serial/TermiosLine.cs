using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>A Linux tty, held exclusively: two agents on one meter would each hear half of it.</summary>
public sealed class TermiosLine : ISerialLine, IDeviceEvents
{
    private const nuint SetExclusive = 0x540C; // TIOCEXCL
    private const nuint ClearExclusive = 0x540D; // TIOCNXCL

    private readonly SerialOptions _options;
    private readonly WriteQueue _queue = new();
    private readonly DeviceThread _device;
    private ISerialEvents? _events;

    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public TermiosLine(SerialOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _device = new DeviceThread(Name(options), reads: true, () => Open(options), Closing, _queue, this, time);
    }

    /// <inheritdoc/>
    public DeviceStatus? Status => _device.Status;

    /// <summary>Frames that were dropped because the line was not open or did not drain.</summary>
    public long FramesDropped => _queue.Dropped;

    /// <inheritdoc/>
    public void Start(ISerialEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (Interlocked.CompareExchange(ref _events, events, null) is not null)
            throw new InvalidOperationException($"{Name(_options)} was started already.");
        _device.Start();
    }

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> frame)
    {
        if (!_queue.TryAdd(frame))
            return false;
        _device.Wake();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Close();
        _device.Dispose();
    }

    void IDeviceEvents.Received(ReadOnlySpan<byte> bytes) => _events!.Received(bytes);

    void IDeviceEvents.Changed(DeviceStatus status)
    {
        if (status.State is not (DeviceState.Open or DeviceState.Stalled))
            _queue.Close();
        _events!.Changed(status);
    }

    /// <summary>Opens and sets up the line, or says why not. The descriptor is the caller's.</summary>
    internal static DeviceOpening Open(SerialOptions options)
    {
        var name = Name(options);
        var descriptor = Libc.Open(options.Port, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec | Libc.NonBlocking, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error);
        if (SetUp(descriptor, options) is { } failed)
        {
            Libc.Close(descriptor);
            return failed;
        }

        return DeviceOpening.Of(descriptor, name);
    }

    private static DeviceOpening? SetUp(int descriptor, SerialOptions options)
    {
        var name = Name(options);
        if (!TerminalSettings.TryGet(descriptor, out _))
        {
            return Libc.Error is Libc.EIO
                ? DeviceOpening.FromError(name, options.Port, Libc.EIO)
                : DeviceOpening.Failed(DeviceState.Unusable, $"{name} is not a serial port.");
        }

        // The kernel's mark keeps out everyone but root; the lock keeps out another agent that runs as root.
        if (Libc.Lock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error);
        if (Libc.Control(descriptor, SetExclusive, 0) < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error);
        var done = TerminalSettings.Raw(options.BaudRate, options.Parity).TrySet(descriptor);

        // A driver that cannot do what is asked says nothing: only reading back shows it.
        if (done && TerminalSettings.TryGet(descriptor, out var actual) && actual.RunsAt(options.BaudRate) && actual.Parity == options.Parity)
            return null;
        Closing(descriptor);
        return DeviceOpening.Failed(
            DeviceState.Unusable, $"{name} does not run at {options.BaudRate} baud with parity {options.Parity.ToString().ToLowerInvariant()}.");
    }

    private static void Closing(int descriptor) => Libc.Control(descriptor, ClearExclusive, 0);

    private static string Name(SerialOptions options) => $"The meter's line {options.Port}";
}
