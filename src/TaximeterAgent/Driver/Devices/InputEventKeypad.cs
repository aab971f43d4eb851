namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// A keypad by Linux input events. The device is grabbed, so that digits do not also go to a console. A FIFO with the same events is for tests, and has to be asked for:
/// anybody who may write to it could press keys.
/// </summary>
public sealed class InputEventKeypad : IKeypad, IDeviceEvents
{
    private const nuint Grab = 0x40044590; // EVIOCGRAB: _IOW('E', 0x90, int)

    private readonly string _name;
    private readonly InputEventReader _reader = new();
    private readonly DeviceThread _device;
    private IKeypadEvents? _events;

    /// <param name="path">The device, <c>/dev/input/by-id/…-event-kbd</c>.</param>
    /// <param name="allowFifo">True to take a FIFO in its place.</param>
    /// <param name="time">When to try again.</param>
    public InputEventKeypad(string path, bool allowFifo, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        _name = Name(path);
        _device = new DeviceThread(_name, reads: true, () => Open(path, allowFifo), _ => { }, output: null, this, time);
    }

    /// <inheritdoc/>
    public DeviceStatus? Status => _device.Status;

    /// <inheritdoc/>
    public void Start(IKeypadEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (Interlocked.CompareExchange(ref _events, events, null) is not null)
            throw new InvalidOperationException($"{_name} was started already.");
        _device.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _device.Dispose();

    void IDeviceEvents.Received(ReadOnlySpan<byte> bytes) => _reader.Read(bytes, _events!.Pressed);

    void IDeviceEvents.Changed(DeviceStatus status)
    {
        _reader.Reset();
        _events!.Changed(status);
    }

    internal static DeviceOpening Open(string path, bool allowFifo)
    {
        var name = Name(path);
        const int flags = Libc.NonBlocking | Libc.CloseOnExec | Libc.NoControllingTerminal;

        // A FIFO that is open for both directions never ends when its writer goes; a real pad may only be readable.
        if (Libc.TryStat(path, out var before) && before.IsFifo)
        {
            if (!allowFifo)
                return DeviceOpening.Failed(DeviceState.Unusable, $"{name} is a FIFO, not an input device; a test sets Driver:KeypadFifo.");
            var fifo = Libc.Open(path, Libc.ReadWrite | flags, 0);
            return fifo < 0 ? DeviceOpening.FromError(name, path, Libc.Error) : DeviceOpening.Of(fifo, name);
        }

        var descriptor = Libc.Open(path, Libc.ReadOnly | flags, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(name, path, Libc.Error);
        if (Libc.TryStat(descriptor, out var facts) && facts.IsCharacterDevice && Libc.Control(descriptor, Grab, 1) == 0)
            return DeviceOpening.Of(descriptor, name);
        var busy = facts.IsCharacterDevice && Libc.Error == Libc.EBUSY;
        Libc.Close(descriptor);
        return busy ? DeviceOpening.FromError(name, path, Libc.EBUSY) : DeviceOpening.Failed(DeviceState.Unusable, $"{name} is not an input device.");
    }

    private static string Name(string path) => $"The keypad {path}";
}
