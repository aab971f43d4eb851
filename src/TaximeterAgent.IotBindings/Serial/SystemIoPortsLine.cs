using TaximeterAgent.Driver.Devices;
using TaximeterAgent.IotBindings.Work;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.IotBindings.Serial;

/// <summary>The meter's line through System.IO.Ports, held exclusively, and opened again whenever it is lost.</summary>
public sealed class SystemIoPortsLine : ISerialLine
{
    private readonly SerialLineOptions _options;
    private readonly LineHolders _holders;
    private readonly WriteQueue _queue = new();
    private readonly MarkedInput _input = new();
    private readonly Worker _worker;
    private readonly ITimer _othersTimer;
    private readonly Lock _trafficGate = new();
    private SerialTraffic _traffic = new();
    private ISerialEvents? _events;

    /// <param name="options">Which line.</param>
    /// <param name="time">When to try again.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public SystemIoPortsLine(SerialLineOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _holders = new LineHolders(LineHolders.Name(options), options.Port, time);
        _worker = new Worker(this, time);
        _othersTimer = time.CreateTimer(_ => TellOthers(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public DeviceStatus? Status => _worker.Status;

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
            throw new InvalidOperationException($"{LineHolders.Name(_options)} was started already.");
        _worker.Start();
    }

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> frame)
    {
        if (!_queue.TryAdd(frame))
            return false;
        _worker.Wake();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _othersTimer.Dispose();
        _queue.Close();
        _worker.Dispose();
    }

    private OpenPort? Open(out DeviceStatus status)
    {
        status = OpenPort.Open(_options, LineHolders.Name(_options), _holders.Of, out var port);
        if (port is null)
            return null;
        _input.Reset();
        _holders.Forget();
        _queue.Opened();
        lock (_trafficGate)
            _traffic = _traffic with { Openings = _traffic.Openings + 1 };
        if (!OthersFirst)
            _othersTimer.Change(LineHolders.OthersAfter, Timeout.InfiniteTimeSpan);
        else if (_holders.Others() is { } message)
            status = status with { Message = message };
        return port;
    }

    private void TellOthers()
    {
        if (Status is { State: DeviceState.Open } && _holders.Others() is { } message)
            _worker.Remark(DeviceState.Open, message);
    }

    private void Received(Span<byte> bytes)
    {
        var plain = _input.Decode(bytes);
        lock (_trafficGate)
            _traffic = _traffic with { BytesReceived = _traffic.BytesReceived + plain.Length, BytesDamaged = _input.Damaged, Breaks = _input.Breaks };
        if (!plain.IsEmpty)
            _events!.Received(plain);
    }

    private void Changed(DeviceStatus status)
    {
        if (status.State is not (DeviceState.Open or DeviceState.Stalled))
            _queue.Close();
        _events!.Changed(status);
    }

    /// <summary>Moves the bytes.</summary>
    private sealed class Worker(SystemIoPortsLine line, TimeProvider time) : DeviceWorker<OpenPort>(LineHolders.Name(line._options), line.Changed, time)
    {
        private const int BufferSize = 4096;

        private readonly byte[] _buffer = new byte[BufferSize];
        private (Task Task, int Count)? _writing;
        private short _returned;
        private bool _named;

        protected override OpenPort? Open(out DeviceStatus status)
        {
            (_writing, _returned, _named) = (null, 0, false);
            return line.Open(out status);
        }

        protected override void Work(OpenPort open)
        {
            Read(open);
            if (_named && !open.Watch!.StillLeadsTo(open.Descriptor))
                throw Gone("its name no longer leads to it: unplugged, or named anew");
            Write(open);
        }

        // Only poll() knows of bytes, a hang-up, a name that goes and a frame to be sent at once; and while it sleeps nobody is woken.
        protected override void Sleep(OpenPort? open)
        {
            Span<Libc.PollFd> polled =
            [
                new() { Descriptor = Signal.Descriptor, Events = Libc.PollIn },
                new() { Descriptor = open?.Descriptor ?? -1, Events = Libc.PollIn }, // poll() passes over a negative descriptor
                new() { Descriptor = open?.Watch?.Descriptor ?? -1, Events = Libc.PollIn },
            ];
            (_returned, _named) = (0, false);
            if (Libc.Poll(polled, (nuint)polled.Length, -1) < 0)
                return; // a signal
            if (polled[0].Returned != 0)
                Signal.Clear();
            (_returned, _named) = (polled[1].Returned, polled[2].Returned != 0);
        }

        // A read is asked for only when there are bytes: one that waits keeps the library's loop running.
        private void Read(OpenPort open)
        {
            if ((_returned & Libc.PollIn) != 0)
            {
                var waiting = open.Waiting;
                if (waiting <= 0)
                    throw Gone();
                var count = open.Stream.Read(_buffer, 0, Math.Min(waiting, BufferSize));
                line.Received(_buffer.AsSpan(0, count));
            }
            else if ((_returned & (Libc.PollHup | Libc.PollErr | Libc.PollInvalid)) != 0)
            {
                throw Gone();
            }

            _returned = 0;
        }

        // One write at a time, and nobody waits for it: the line may take nothing, and has to be read meanwhile.
        private void Write(OpenPort open)
        {
            if (_writing is { Task.IsCompleted: false })
                return;
            if (_writing is { } done)
            {
                _writing = null;
                if (!done.Task.IsCompletedSuccessfully)
                    throw Gone();
                ((IDeviceOutput)line._queue).Written(done.Count);
                Done();
            }

            var bytes = line._queue.Next();
            if (bytes.IsEmpty)
                return;
            Busy();
            var task = open.Stream.WriteAsync(bytes.ToArray(), 0, bytes.Length);
            _writing = (task, bytes.Length);
            task.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
