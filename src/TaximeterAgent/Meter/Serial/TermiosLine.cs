using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>A Linux tty, held exclusively: two agents on one meter would each hear half of it.</summary>
public sealed class TermiosLine : ISerialLine, IDeviceEvents
{
    private readonly SerialLineOptions _options;
    private readonly LineHolders _holders;
    private readonly WriteQueue _queue = new();
    private readonly DeviceThread _device;
    private readonly ITimer _othersTimer;
    private readonly MarkedInput _input = new();
    private readonly Lock _trafficGate = new();
    private SerialTraffic _traffic = new();
    private ISerialEvents? _events;

    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public TermiosLine(SerialLineOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _holders = new LineHolders(Name(options), options.Port, time);
        _device = new DeviceThread(Name(options), reads: true, OpenAgain, Closing, _queue, this, time, link: options.Port, blocks: false);
        _othersTimer = time.CreateTimer(_ => TellOthers(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public DeviceStatus? Status => _device.Status;

    /// <summary>True if the line is not used before it is known who else has it open; else that is said a second later, and nothing waits for it.</summary>
    public bool OthersFirst { get; init; }

    /// <inheritdoc/>
    public SerialTraffic Traffic
    {
        get
        {
            lock (_trafficGate)
                return _traffic with { BytesSent = _queue.Written, FramesNotSent = _queue.Dropped };
        }
    }

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
        _othersTimer.Dispose();
        _queue.Close();
        _device.Dispose();
    }

    private DeviceOpening OpenAgain()
    {
        var opening = Open(_options, _holders.Of);
        if (opening.Descriptor < 0)
            return opening;
        _input.Reset();
        _holders.Forget();
        lock (_trafficGate)
            _traffic = _traffic with { Openings = _traffic.Openings + 1 };
        if (OthersFirst)
            return _holders.Others() is { } message ? opening with { Status = opening.Status with { Message = message } } : opening;
        _othersTimer.Change(LineHolders.OthersAfter, Timeout.InfiniteTimeSpan);
        return opening;
    }

    private void TellOthers()
    {
        if (Status is { State: DeviceState.Open } && _holders.Others() is { } message)
            _device.Remark(message);
    }

    void IDeviceEvents.Received(ReadOnlySpan<byte> bytes)
    {
        Span<byte> copy = stackalloc byte[bytes.Length];
        bytes.CopyTo(copy);
        var plain = _input.Decode(copy);
        lock (_trafficGate)
            _traffic = _traffic with { BytesReceived = _traffic.BytesReceived + plain.Length, BytesDamaged = _input.Damaged, Breaks = _input.Breaks };
        if (!plain.IsEmpty)
            _events!.Received(plain);
    }

    void IDeviceEvents.Changed(DeviceStatus status)
    {
        if (status.State is not (DeviceState.Open or DeviceState.Stalled))
            _queue.Close();
        _events!.Changed(status);
    }

    /// <summary>Opens and sets up the line, or says why not. The descriptor is the caller's.</summary>
    /// <param name="options">Which line.</param>
    /// <param name="holders">Finds out who has it if it is busy.</param>
    internal static DeviceOpening Open(SerialLineOptions options, Func<string, IReadOnlyList<string>>? holders = null)
    {
        var name = Name(options);
        var descriptor = Libc.Open(options.Port, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec | Libc.NonBlocking, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error, holders);
        if (SetUp(descriptor, options, holders) is { } failed)
        {
            Libc.Close(descriptor);
            return failed;
        }

        return DeviceOpening.Of(descriptor, name);
    }

    private static DeviceOpening? SetUp(int descriptor, SerialLineOptions options, Func<string, IReadOnlyList<string>>? holders)
    {
        var name = Name(options);
        if (TerminalClaim.Take(descriptor, name, options.Port, holders) is { } refused)
            return refused;
        if (!TerminalClaim.TryMark(descriptor))
            return DeviceOpening.FromError(name, options.Port, Libc.Error);
        var done = TerminalSettings.Raw(options.BaudRate, options.Parity).TrySet(descriptor);

        // A driver that cannot do what is asked says nothing: only reading back shows it.
        if (done && TerminalSettings.TryGet(descriptor, out var actual) && actual.RunsAt(options.BaudRate) && actual.Parity == options.Parity)
        {
            TerminalClaim.RaiseModemLines(descriptor);
            TerminalClaim.DropInput(descriptor); // what came before was read with other settings
            return null;
        }

        Closing(descriptor);
        return TerminalClaim.Unfit(name, options);
    }

    private static void Closing(int descriptor) => TerminalClaim.Unmark(descriptor);

    private static string Name(SerialLineOptions options) => LineHolders.Name(options);
}
