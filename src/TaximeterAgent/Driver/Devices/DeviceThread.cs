namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// Keeps one device open and moves its bytes, on a thread of its own that sleeps in poll() until there is something to do. A device that is gone is
/// reported at once and tried again every <see cref="Retry"/>; nobody who writes ever waits for it.
/// </summary>
internal sealed class DeviceThread : IDisposable
{
    /// <summary>How often a device that is not open is tried.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>How long bytes may wait in vain before the device is said to have stalled.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(5);

    private const int BufferSize = 4096;
    private const int WritesPerTurn = 16;
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(2);

    private readonly string _name;
    private readonly Func<DeviceOpening> _open;
    private readonly Action<int> _closing;
    private readonly bool _reads;
    private readonly bool _wholeWrites;
    private readonly IDeviceOutput? _output;
    private readonly IDeviceEvents _events;
    private readonly Thread _thread;
    private readonly ITimer _retryTimer;
    private readonly ITimer _stallTimer;
    private readonly WakeSignal _wake = new();
    private readonly string? _link;
    private readonly bool _blocks;
    private readonly Lock _reportGate = new();
    private readonly Lock _statusGate = new();
    private DeviceStatus? _status;
    private int _descriptor = -1;
    private NameWatch? _watch;
    private bool _full;
    private volatile bool _stop;
    private volatile bool _retry = true;
    private volatile bool _stallArmed;

    /// <param name="name">The device, for people: begins messages and names the thread.</param>
    /// <param name="reads">True if bytes come from it.</param>
    /// <param name="open">Opens it, non-blocking.</param>
    /// <param name="closing">What to do before it is closed.</param>
    /// <param name="output">What is to be written, or null.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="time">When to try again.</param>
    /// <param name="wholeWrites">True if a write is a transfer that is done or has failed, however far it came: nothing may be repeated from its middle.</param>
    /// <param name="link">The name under which it was opened, if the device counts as gone when that name no longer leads to it; else null.</param>
    /// <param name="blocks">True if a write can be stuck in the driver, as a display's can, though it is opened non-blocking; a tty's cannot.</param>
    public DeviceThread(
        string name, bool reads, Func<DeviceOpening> open, Action<int> closing, IDeviceOutput? output, IDeviceEvents events, TimeProvider time, bool wholeWrites = false,
        string? link = null, bool blocks = true)
    {
        _wholeWrites = wholeWrites;
        _name = name;
        _reads = reads;
        _open = open;
        _closing = closing;
        _output = output;
        _events = events;
        _link = link;
        _blocks = blocks;
        _retryTimer = time.CreateTimer(_ => TryAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stallTimer = time.CreateTimer(_ => Stalled(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>The last status that was reported; null before the first.</summary>
    public DeviceStatus? Status
    {
        get
        {
            lock (_statusGate)
                return _status;
        }
    }

    public void Start() => _thread.Start();

    /// <summary>There is something new to write, or to stop for.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Says something of a device that is open. From any thread; nothing is said of one that is not by then.</summary>
    public void Remark(string message)
    {
        lock (_reportGate)
        {
            if (!_stop && Status is { State: DeviceState.Open } status)
                Report(status with { Message = message });
        }
    }

    public void Dispose()
    {
        if (_stop)
            return;
        _stop = true;
        _retryTimer.Dispose();
        _stallTimer.Dispose();
        Wake();

        // A driver that never comes back from a write keeps its thread and the descriptor with it; the process still ends.
        var ended = !_thread.IsAlive || (Thread.CurrentThread != _thread && _thread.Join(s_stopLimit));
        if (ended)
            _wake.Dispose();
    }

    private void Run()
    {
        while (!_stop)
        {
            if (_descriptor < 0 && _retry)
                Open();
            else
                Turn();
        }

        Close();
    }

    private void Open()
    {
        _retry = false;
        var opening = _open();
        _descriptor = opening.Descriptor;
        if (_descriptor >= 0)
        {
            _watch = _link is null ? null : NameWatch.Of(_link);
            _full = _wholeWrites;
            _output?.Opened();
        }
        else
        {
            _retryTimer.Change(Retry, Timeout.InfiniteTimeSpan);
        }

        Report(opening.Status);
    }

    private void Turn()
    {
        // Written first and asked after: a device that takes what it is given needs no poll() to say that it would.
        if (_descriptor >= 0 && !_full && Pending())
            WriteSome();
        var wanted = _reads ? Libc.PollIn : (short)0;
        var pending = _descriptor >= 0 && Pending();
        if (pending && _full)
        {
            wanted |= Libc.PollOut;
            ArmStall();
        }

        Span<Libc.PollFd> polled =
        [
            new() { Descriptor = _wake.Descriptor, Events = Libc.PollIn },
            new() { Descriptor = _descriptor, Events = wanted }, // poll() passes over a negative descriptor
            new() { Descriptor = _watch?.Descriptor ?? -1, Events = Libc.PollIn },
        ];
        if (Libc.Poll(polled, (nuint)polled.Length, pending && !_full ? 0 : -1) < 0)
        {
            if (Libc.Error != Libc.EINTR)
                throw new IOException($"{_name}: poll: {Libc.ErrorText(Libc.Error)}.");
            return;
        }

        if (polled[0].Returned != 0)
            _wake.Clear();
        var returned = polled[1].Returned;
        if ((returned & Libc.PollIn) != 0)
            ReadSome();
        else if ((returned & (Libc.PollHup | Libc.PollErr | Libc.PollInvalid)) != 0)
            Lose();
        if ((returned & Libc.PollOut) != 0)
            _full = false;
        if (_descriptor >= 0 && polled[2].Returned != 0 && !_watch!.StillLeadsTo(_descriptor))
            Lose("its name no longer leads to it: unplugged, or named anew");
    }

    private void ReadSome()
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        var count = Libc.Read(_descriptor, buffer, BufferSize);
        if (count > 0)
            _events.Received(buffer[..(int)count]);
        else if (count == 0 || Libc.Error is not (Libc.EAGAIN or Libc.EINTR))
            Lose();
    }

    private void WriteSome()
    {
        // A transfer that is refused has failed for good, so there poll() is asked first.
        _full = _wholeWrites;
        for (var turn = 0; turn < WritesPerTurn && !_stop; turn++)
        {
            var bytes = _output!.Next();
            if (bytes.IsEmpty)
                break;
            if (_blocks)
                ArmStall();
            var count = Libc.Write(_descriptor, bytes.Span, (nuint)bytes.Length);
            if (count > 0)
            {
                _output.Written((int)count);
                Flowing();
                if (count == bytes.Length)
                    continue;
            }
            else if (count < 0 && (_wholeWrites || Libc.Error is not (Libc.EAGAIN or Libc.EINTR)))
            {
                Lose();
                return;
            }

            // No more for now: poll() says when there is room again.
            _full = true;
            ArmStall();
            return;
        }
    }

    private bool Pending() => _output is not null && !_output.Next().IsEmpty;

    private void Lose(string why = "unplugged or switched off")
    {
        Close();
        _retryTimer.Change(Retry, Timeout.InfiniteTimeSpan);
        Report(new DeviceStatus(DeviceState.Lost, $"{_name} is gone: {why}."));
    }

    private void Close()
    {
        Disarm();
        _full = false;
        _watch?.Dispose();
        _watch = null;
        if (_descriptor < 0)
            return;
        _closing(_descriptor);
        Libc.Close(_descriptor);
        _descriptor = -1;
    }

    private void TryAgain()
    {
        _retry = true;
        if (!_stop)
            Wake();
    }

    private void ArmStall()
    {
        if (_stallArmed)
            return;
        _stallArmed = true;
        _stallTimer.Change(StallLimit, Timeout.InfiniteTimeSpan);
    }

    private void Disarm()
    {
        // A timer that is touched wakes the timers' thread: not for each heartbeat's answer.
        if (!_stallArmed)
            return;
        _stallArmed = false;
        if (!_stop)
            _stallTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Flowing()
    {
        Disarm();
        if (Status?.State == DeviceState.Stalled)
            Report(new DeviceStatus(DeviceState.Open, $"{_name} takes what is written again."));
    }

    // On the timer's thread: the device's own may be stuck in the driver, so it is reported here.
    private void Stalled()
    {
        if (_stallArmed && !_stop && Status?.State == DeviceState.Open)
            Report(new DeviceStatus(DeviceState.Stalled, $"{_name} takes nothing that is written."));
    }

    private void Report(DeviceStatus status)
    {
        // Two threads may report; what is told last is what holds.
        lock (_reportGate)
        {
            if (status == Status)
                return;
            lock (_statusGate)
                _status = status;
            _events.Changed(status);
        }
    }
}
