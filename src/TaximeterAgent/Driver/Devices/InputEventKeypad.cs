namespace TaximeterAgent.Driver.Devices;

/// <summary>Which pad, and what its keys mean.</summary>
/// <param name="Device">A path, such as <c>/dev/input/by-id/…-event-kbd</c>, or <c>name:</c> and the name that the device gives itself.</param>
/// <param name="AllowFifo">True to take a FIFO or a terminal in place of an input device.</param>
/// <param name="Keymap">Which code is which key.</param>
public sealed record InputEventOptions(string Device, bool AllowFifo, Keymap Keymap);

/// <summary>
/// A keypad by Linux input events. The device is grabbed, so that digits do not also go to a console. A FIFO or a terminal with the same events is for
/// tests, and has to be asked for: anybody who may write to it could press keys.
/// </summary>
public sealed class InputEventKeypad : IKeypad, IDeviceEvents
{
    private readonly string _name;
    private readonly InputEventReader _reader;
    private readonly DeviceThread _device;
    private IKeypadEvents? _events;
    private int _descriptor = -1; // on the device's thread only

    /// <param name="options">Which pad.</param>
    /// <param name="time">When to try again.</param>
    public InputEventKeypad(InputEventOptions options, TimeProvider time)
        : this(options, new InputDevices(new InputCalls()), time)
    {
    }

    internal InputEventKeypad(InputEventOptions options, InputDevices devices, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Device);
        ArgumentNullException.ThrowIfNull(time);
        _name = InputDevices.Name(options.Device);
        _reader = new InputEventReader(options.Keymap, bits => _descriptor >= 0 && devices.Calls.TryKeysDown(_descriptor, bits));
        _device = new DeviceThread(_name, reads: true, () => Open(devices, options), _ => _descriptor = -1, output: null, this, time);
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

    void IDeviceEvents.Changed(DeviceStatus status) => _events!.Changed(status);

    private DeviceOpening Open(InputDevices devices, InputEventOptions options)
    {
        var opening = devices.Open(options.Device, options.AllowFifo);
        _descriptor = opening.Descriptor;
        if (_descriptor >= 0)
            _reader.Opened();
        return opening;
    }
}
