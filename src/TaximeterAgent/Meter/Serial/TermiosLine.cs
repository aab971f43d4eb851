using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>A Linux tty, held exclusively: two agents on one meter would each hear half of it.</summary>
public sealed class TermiosLine : ISerialLine, IDeviceEvents
{
    private const nuint SetExclusive = 0x540C; // TIOCEXCL
    private const nuint ClearExclusive = 0x540D; // TIOCNXCL
    private const nuint GetExclusive = 0x80045440; // TIOCGEXCL
    private const nuint RaiseModemLines = 0x5416; // TIOCMBIS
    private const nuint Flush = 0x540B; // TCFLSH
    private const nint Input = 0; // TCIFLUSH
    private const int DataTerminalReadyAndRequestToSend = 0x2 | 0x4;

    private static readonly TimeSpan s_holdersEvery = TimeSpan.FromSeconds(30);

    /// <summary>To look at every process there is takes longer than a meter's first answer should wait.</summary>
    private static readonly TimeSpan s_othersAfter = TimeSpan.FromSeconds(1);

    private readonly SerialOptions _options;
    private readonly TimeProvider _time;
    private readonly WriteQueue _queue = new();
    private readonly DeviceThread _device;
    private readonly ITimer _othersTimer;
    private readonly MarkedInput _input = new();
    private readonly Lock _trafficGate = new();
    private SerialTraffic _traffic = new();
    private IReadOnlyList<string>? _holders;
    private long _holdersAt;
    private ISerialEvents? _events;

    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public TermiosLine(SerialOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _time = time;
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

    // A busy line is tried every second; who has it is looked for at first, and now and then.
    private IReadOnlyList<string> Holders(string port)
    {
        if (_holders is null || _time.GetElapsedTime(_holdersAt) >= s_holdersEvery)
        {
            _holders = DeviceHolders.Of(port);
            _holdersAt = _time.GetTimestamp();
        }

        return _holders;
    }

    private DeviceOpening OpenAgain()
    {
        var opening = Open(_options, Holders);
        if (opening.Descriptor < 0)
            return opening;
        _input.Reset();
        _holders = null;
        lock (_trafficGate)
            _traffic = _traffic with { Openings = _traffic.Openings + 1 };
        if (OthersFirst)
            return Others() is { } message ? opening with { Status = opening.Status with { Message = message } } : opening;
        _othersTimer.Change(s_othersAfter, Timeout.InfiniteTimeSpan);
        return opening;
    }

    private void TellOthers()
    {
        if (Status is { State: DeviceState.Open } && Others() is { } message)
            _device.Remark(message);
    }

    // Whoever took neither the lock nor the mark, as a console does, is not kept out by ours if it was there before.
    private string? Others() => DeviceHolders.Besides(_options.Port, Environment.ProcessId) is { Count: > 0 } others
        ? $"{Name(_options)} is open, but not ours alone: {string.Join(", ", others)} can take bytes away."
        : null;

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
    internal static DeviceOpening Open(SerialOptions options, Func<string, IReadOnlyList<string>>? holders = null)
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

    private static DeviceOpening? SetUp(int descriptor, SerialOptions options, Func<string, IReadOnlyList<string>>? holders)
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
            return DeviceOpening.FromError(name, options.Port, Libc.Error, holders);
        if (IsExclusive(descriptor))
            return DeviceOpening.FromError(name, options.Port, Libc.EBUSY, holders);
        if (Libc.Control(descriptor, SetExclusive, 0) < 0)
            return DeviceOpening.FromError(name, options.Port, Libc.Error);
        var done = TerminalSettings.Raw(options.BaudRate, options.Parity).TrySet(descriptor);

        // A driver that cannot do what is asked says nothing: only reading back shows it.
        if (done && TerminalSettings.TryGet(descriptor, out var actual) && actual.RunsAt(options.BaudRate) && actual.Parity == options.Parity)
        {
            RaiseLines(descriptor);
            Libc.Control(descriptor, Flush, Input); // what came before was read with other settings
            return null;
        }

        Closing(descriptor);
        return DeviceOpening.Failed(
            DeviceState.Unusable, $"{name} does not run at {options.BaudRate} baud with parity {options.Parity.ToString().ToLowerInvariant()}.");
    }

    // The kernel lets root pass another program's mark, so that root has to look for itself.
    private static bool IsExclusive(int descriptor)
    {
        Span<byte> flag = stackalloc byte[sizeof(int)];
        return Libc.Control(descriptor, GetExclusive, flag) == 0 && MemoryMarshal.Read<int>(flag) != 0;
    }

    // Level converters and isolators draw their supply from these, and some meters speak only while DTR is up. A line without them says so, and does without.
    private static void RaiseLines(int descriptor)
    {
        Span<byte> lines = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(lines, DataTerminalReadyAndRequestToSend);
        Libc.Control(descriptor, RaiseModemLines, lines);
    }

    private static void Closing(int descriptor) => Libc.Control(descriptor, ClearExclusive, 0);

    private static string Name(SerialOptions options) => $"The meter's line {options.Port}";
}
