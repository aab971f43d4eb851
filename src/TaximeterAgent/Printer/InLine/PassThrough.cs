using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Printer.InLine;

/// <summary>What is told of a line that the agent sits in. On the line's own thread: must return soon, must not throw.</summary>
internal interface IPassThroughEvents
{
    /// <summary>Bytes of the meter's, after they were passed on; valid during the call.</summary>
    void Printed(ReadOnlySpan<byte> bytes);

    void Changed(DeviceStatus status);
}

/// <summary>
/// Sits between meter and printer: every byte goes on unchanged, both ways, on a thread of its own. Both ports are open or neither: while the meter's is not, its DTR
/// is down and the bypass connects meter and printer by themselves. A byte is in the agent's hands from one small read to the write that follows it, and no longer;
/// only while a slip of ours is printed the meter's bytes wait behind it. At a stop it leaves the line in a pause of the meter's, so that the contacts move between two bytes.
/// </summary>
internal sealed class PassThrough : IDisposable
{
    /// <summary>Bytes that one read takes, and that are lost at most if the agent is killed between it and its write.</summary>
    public const int AtOnce = 64;

    /// <summary>Bytes of the meter's that may wait for a printer that takes none, or for the end of a slip of ours; then the meter waits, if its port can make it.</summary>
    public const int Waiting = 64 * 1024;

    private const nuint BytesToSend = 0x5411; // TIOCOUTQ

    /// <summary>Milliseconds without a byte that are a pause: longer than a byte takes at any speed, and than contacts take to move.</summary>
    public const int Pause = 100;

    /// <summary>How long a pause is waited for at a stop.</summary>
    public static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(2);

    private readonly PrinterPort _meterPort;
    private readonly PrinterPort _printerPort;
    private readonly TimeSpan _quiet;
    private readonly TimeProvider _time;
    private readonly IPassThroughEvents _events;
    private readonly PrinterSession _session;
    private readonly IDeviceOutput _own;
    private readonly ByteStore _down = new(Waiting);
    private readonly ByteStore _up = new(Waiting);
    private readonly ByteStore _restoring = new(AtOnce);
    private readonly ModesOfTheMeter _modes = new();
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private readonly WakeSignal _wake = new();
    private readonly Lock _statusGate = new();
    private DeviceStatus? _status;
    private int _meter = -1;
    private int _printer = -1;
    private bool _printerFull;
    private bool _meterFull;
    private bool _midst; // a slip of ours was begun and is not at its end
    private long _quietAt;
    private volatile bool _retry = true;
    private bool _paused; // in the last turn nothing has come, and nothing waits
    private volatile bool _stop;
    private volatile bool _leave; // at once, pause or not

    /// <param name="meter">The port to the meter, whose DTR holds the bypass.</param>
    /// <param name="printer">The port to the printer.</param>
    /// <param name="quiet">How long the meter must have said nothing before a slip of ours is begun.</param>
    /// <param name="session">Our own slips; a session that asks nothing, because the answers are the meter's.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="time">How time passes.</param>
    public PassThrough(PrinterPort meter, PrinterPort printer, TimeSpan quiet, PrinterSession session, IPassThroughEvents events, TimeProvider time)
    {
        _meterPort = meter;
        _printerPort = printer;
        _quiet = quiet;
        _session = session;
        _own = session;
        _events = events;
        _time = time;
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "printer line" };
    }

    public DeviceStatus? Status
    {
        get
        {
            lock (_statusGate)
                return _status;
        }
    }

    public void Start() => _thread.Start();

    public void Wake() => _wake.Set();

    public void Dispose()
    {
        if (_stop)
            return;
        _stop = true;
        _timer.Dispose();
        Wake();
        var ended = !_thread.IsAlive || _thread.Join(PauseLimit);
        if (!ended)
        {
            _leave = true;
            Wake();
            ended = _thread.Join(s_stopLimit);
        }

        if (ended)
            _wake.Dispose();
    }

    private void Run()
    {
        while (!_leave && !(_stop && (_meter < 0 || _paused)))
        {
            if (_meter < 0 && _retry)
                Open();
            else
                Turn();
        }

        Close();
    }

    // The printer's port first: from the moment at which the meter's is open, what the meter sends comes here and has to go on.
    private void Open()
    {
        _retry = false;
        var printer = _printerPort.Open();
        if (printer.Descriptor < 0)
        {
            Failed(printer.Status);
            return;
        }

        var meter = _meterPort.Open();
        if (meter.Descriptor < 0)
        {
            PrinterPort.Closing(printer.Descriptor);
            Libc.Close(printer.Descriptor);
            Failed(meter.Status);
            return;
        }

        (_printer, _meter) = (printer.Descriptor, meter.Descriptor);
        (_printerFull, _meterFull, _midst) = (false, false, false);
        // A print of the meter's may be under way.
        BeQuiet();
        _own.Opened();
        Report(new DeviceStatus(DeviceState.Open, $"{_meterPort.Name} and {char.ToLowerInvariant(_printerPort.Name[0])}{_printerPort.Name[1..]} are open: bytes pass."));
    }

    private void Failed(DeviceStatus status)
    {
        _timer.Change(DeviceThread.Retry, Timeout.InfiniteTimeSpan);
        Report(status);
    }

    private void Turn()
    {
        if (_meter >= 0)
        {
            Down();
            Up();
        }

        Span<Libc.PollFd> polled =
        [
            new() { Descriptor = _wake.Descriptor, Events = Libc.PollIn },
            new() { Descriptor = _meter, Events = (short)((_down.Room >= AtOnce ? Libc.PollIn : 0) | (_meterFull ? Libc.PollOut : 0)) },
            new() { Descriptor = _printer, Events = (short)((_up.Room >= AtOnce ? Libc.PollIn : 0) | (_printerFull ? Libc.PollOut : 0)) },
        ];
        var ready = Libc.Poll(polled, (nuint)polled.Length, _stop ? Pause : -1);
        _paused = ready == 0 && NothingWaits();
        if (ready < 0)
        {
            if (Libc.Error != Libc.EINTR)
                throw new IOException($"{_meterPort.Name}: poll: {Libc.ErrorText(Libc.Error)}.");
            return;
        }

        if (polled[0].Returned != 0)
            _wake.Clear();
        if ((polled[1].Returned & Libc.PollOut) != 0)
            _meterFull = false;
        if ((polled[2].Returned & Libc.PollOut) != 0)
            _printerFull = false;
        if (!Take(polled[1], _down, _meterPort, fromMeter: true) || !Take(polled[2], _up, _printerPort, fromMeter: false))
            _timer.Change(DeviceThread.Retry, Timeout.InfiniteTimeSpan);
    }

    // What the printer's port still holds would go to nobody once the contacts have moved.
    private bool NothingWaits()
    {
        Span<byte> held = stackalloc byte[sizeof(int)];
        return _down.IsEmpty && _restoring.IsEmpty && _up.IsEmpty && !_midst
            && (Libc.Control(_printer, BytesToSend, held) < 0 || MemoryMarshal.Read<int>(held) == 0);
    }

    // False if the port is gone: then both are closed.
    private bool Take(Libc.PollFd polled, ByteStore store, PrinterPort port, bool fromMeter)
    {
        if (_meter < 0)
            return true;
        if ((polled.Returned & Libc.PollIn) == 0)
        {
            if ((polled.Returned & (Libc.PollHup | Libc.PollErr | Libc.PollInvalid)) == 0)
                return true;
            Lose(port);
            return false;
        }

        Span<byte> buffer = stackalloc byte[AtOnce];
        var count = Libc.Read(polled.Descriptor, buffer, AtOnce);
        if (count <= 0)
        {
            if (count < 0 && Libc.Error is Libc.EAGAIN or Libc.EINTR)
                return true;
            Lose(port);
            return false;
        }

        var bytes = buffer[..(int)count];
        store.Add(bytes);
        if (!fromMeter)
        {
            Up();
            return true;
        }

        BeQuiet();
        Down(); // first of all
        _modes.Look(bytes);
        _events.Printed(bytes);
        return true;
    }

    private void Down()
    {
        while (!_printerFull && _meter >= 0)
        {
            ReadOnlySpan<byte> next;
            if (_midst || (!_stop && _down.IsEmpty && _restoring.IsEmpty && IsQuiet()))
            {
                var own = _own.Next();
                _midst = _session.InMidst;
                if (own.IsEmpty)
                    return;
                if (!Write(_printer, own.Span, out var written, ref _printerFull))
                    return;
                _own.Written(written);
                // A slip at its end leaves the meter's modes behind it, before what the meter has sent meanwhile.
                if (_midst && !_session.InMidst)
                    _restoring.Add(_modes.Restoring);
                _midst = _session.InMidst;
                continue;
            }

            var store = _restoring.IsEmpty ? _down : _restoring;
            next = store.Next;
            if (next.IsEmpty || !Write(_printer, next, out var count, ref _printerFull))
                return;
            store.Taken(count);
        }
    }

    private void Up()
    {
        while (!_meterFull && !_up.IsEmpty && _meter >= 0 && Write(_meter, _up.Next, out var count, ref _meterFull))
            _up.Taken(count);
    }

    // False if nothing was taken; a port that is gone says so when it is polled.
    private static bool Write(int descriptor, ReadOnlySpan<byte> bytes, out int written, ref bool full)
    {
        var count = Libc.Write(descriptor, bytes, (nuint)bytes.Length);
        written = (int)Math.Max(0, count);
        full = written < bytes.Length;
        return written > 0;
    }

    private bool IsQuiet()
    {
        if (_time.GetTimestamp() >= _quietAt)
            return true;
        if (_session.Status.Waiting > 0)
            _timer.Change(Until(_quietAt), Timeout.InfiniteTimeSpan);
        return false;
    }

    private void BeQuiet() => _quietAt = _time.After(_quiet);

    private TimeSpan Until(long at) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(_time.GetElapsedTime(_time.GetTimestamp(), at).TotalMilliseconds)));

    private void Lose(PrinterPort port)
    {
        Close();
        Report(new DeviceStatus(DeviceState.Lost, $"{port.Name} is gone: unplugged or switched off. Meter and printer are connected by the bypass."));
    }

    // The meter's port first: with it the bypass falls.
    private void Close()
    {
        foreach (var descriptor in new[] { _meter, _printer }.Where(descriptor => descriptor >= 0))
        {
            PrinterPort.Closing(descriptor);
            Libc.Close(descriptor);
        }

        (_meter, _printer) = (-1, -1);
        _down.Clear();
        _up.Clear();
        _restoring.Clear();
    }

    private void OnTimer()
    {
        _retry = true;
        if (!_stop)
            Wake();
    }

    private void Report(DeviceStatus status)
    {
        lock (_statusGate)
        {
            if (status == _status)
                return;
            _status = status;
        }

        _session.Changed(status.State);
        _events.Changed(status);
    }
}
