using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Printer;

/// <summary>
/// What a printer is to be sent, and what it says of itself: asked before each slip, some time after it, and now and then while it would not print. One that has never
/// answered is printed on all the same. Nothing is asked while all is well and nothing is printed.
/// </summary>
internal sealed class PrinterSession : IDeviceOutput, IDisposable
{
    /// <summary>How long an answer may take, besides the time that the bytes before it take on the line.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    /// <summary>From the end of a slip to the question how it went: paper that ends in its midst.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(3);

    /// <summary>How often a printer that would not print is asked again while slips wait.</summary>
    public static readonly TimeSpan RetryWaiting = TimeSpan.FromSeconds(2);

    /// <summary>The same while none waits: for the display only.</summary>
    public static readonly TimeSpan RetryIdle = TimeSpan.FromSeconds(20);

    private const int BitsPerByte = 10;
    private const byte NextLine = 0x0A;

    private readonly Lock _gate = new();
    private readonly Lock _tellGate = new();
    private readonly PrintQueue _queue = new();
    private readonly TimeProvider _time;
    private readonly bool _asks;
    private readonly int _baudRate;
    private readonly int _longestCommand;
    private readonly Action _wake;
    private readonly Action<PrinterStatus> _changed;
    private readonly ITimer _timer;
    private PrinterStatus _told = PrinterStatus.None;
    private PrinterState _state = PrinterState.Off;
    private Step _step;
    private byte[] _bytes = [];
    private int _offset;
    private PrintJob? _printing;
    private bool _mayPrint; // the next slip, and no more
    private bool _afresh; // nothing was printed since the port was opened
    private bool _hasAnswered;
    private byte _cause;
    private long? _due;
    private long? _timerAt;
    private long _lineFreeAt;
    private bool _disposed;

    /// <param name="asks">False for a printer that cannot answer.</param>
    /// <param name="baudRate">Bits a second, for how long bytes are on the line; 0 for a port that has no such thing.</param>
    /// <param name="longestCommand">
    /// Bytes of the longest command in a slip. One that the last holder of the port has broken off takes zeros for its rest, and would take the first slip; the
    /// printer passes over the others. A line that it had begun is ended.
    /// </param>
    /// <param name="time">How time passes.</param>
    /// <param name="wake">There may be something to write.</param>
    /// <param name="changed">Told of each change, on whatever thread it was found; must return soon.</param>
    public PrinterSession(bool asks, int baudRate, int longestCommand, TimeProvider time, Action wake, Action<PrinterStatus> changed)
    {
        _asks = asks;
        _baudRate = baudRate;
        _longestCommand = longestCommand;
        _time = time;
        _wake = wake;
        _changed = changed;
        _timer = time.CreateTimer(_ => Do(OnDue), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private enum Step
    {
        /// <summary>The port is not open.</summary>
        Closed,

        /// <summary>Nothing is under way; a look at the printer may be due.</summary>
        Idle,

        /// <summary>The printer is asked next.</summary>
        Ask,

        /// <summary>What keeps it from printing was asked.</summary>
        AwaitCause,

        /// <summary>How it stands with the paper was asked.</summary>
        AwaitPaper,

        /// <summary>It would not print: it is asked again later.</summary>
        Rest,
    }

    public PrinterStatus Status
    {
        get
        {
            lock (_gate)
                return Now();
        }
    }

    /// <summary>True from a slip's first byte to its last.</summary>
    public bool InMidst
    {
        get
        {
            lock (_gate)
                return _printing is not null;
        }
    }

    private bool Good => _state is PrinterState.Ready or PrinterState.Unknown;

    public void Add(PrintJob job) => Do(() =>
    {
        _queue.Add(job);
        if (_step == Step.Rest)
            _due = Schedule.Earliest(_due, _time.After(RetryWaiting));
    });

    public void ForgetLink() => Do(_queue.ForgetLink);

    /// <summary>The device's state has changed.</summary>
    public void Changed(DeviceState state) => Do(() =>
    {
        if (state == DeviceState.Stalled)
        {
            _state = PrinterState.Off;
            if (_printing is null)
                Rest();
        }
        else if (state != DeviceState.Open)
        {
            Close();
        }
        else if (_step != Step.Closed && _state == PrinterState.Off && _step is Step.Idle or Step.Rest)
        {
            // It takes again what is written.
            Begin();
        }
    });

    /// <summary>Bytes from the printer.</summary>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        foreach (var answer in bytes)
        {
            if (PrinterAnswer.IsOne(answer))
                Do(() => Take(answer));
        }
    }

    void IDeviceOutput.Opened() => Do(() =>
    {
        Close();
        Begin();
    });

    ReadOnlyMemory<byte> IDeviceOutput.Next()
    {
        ReadOnlyMemory<byte> next;
        lock (_gate)
        {
            if (_offset == _bytes.Length)
                Choose();
            next = _bytes.AsMemory(_offset);
        }

        Tell();
        return next;
    }

    void IDeviceOutput.Written(int count) => Do(() =>
    {
        _offset += count;
        var now = _time.GetTimestamp();
        _lineFreeAt = Math.Max(now, _lineFreeAt) + (_baudRate == 0 ? 0 : _time.Ticks(TimeSpan.FromSeconds((double)count * BitsPerByte / _baudRate)));
        if (_offset < _bytes.Length)
            return;
        if (_step is Step.AwaitCause or Step.AwaitPaper)
            _due = _lineFreeAt + _time.Ticks(AnswerTimeout);
        if (_printing is not { } printed)
            return;
        if (printed.IsLink && _queue.Link == SlipState.Waiting)
            _queue.Link = SlipState.Printed;
        _printing = null;
        if (_asks)
            _due = _lineFreeAt + _time.Ticks(LookAfter);
    });

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        _timer.Dispose();
    }

    // What is written next: a question, or the next slip if nothing speaks against it.
    private void Choose()
    {
        (_bytes, _offset) = ([], 0);
        _queue.DropOld(_time.GetTimestamp());
        if (_step == Step.Idle && _queue.Count > 0 && _asks && !_mayPrint)
            _step = Step.Ask;
        if (_step == Step.Ask)
            Question(Step.AwaitCause, PrinterAnswer.Cause);
        else if (_step == Step.Idle && _queue.Count > 0)
            Print(_queue.Take()!);
    }

    private void Print(PrintJob job)
    {
        _mayPrint = false;
        _due = null;
        try
        {
            var slip = job.Render();
            _bytes = _afresh ? [.. new byte[_longestCommand], NextLine, .. slip] : slip;
            (_afresh, _printing) = (false, job);
        }
        catch (ArgumentException)
        {
            // What has no room in a code. Nothing that is to be printed may end the printer's thread.
            _queue.Drop(job);
        }
    }

    private void Question(Step step, byte part)
    {
        _step = step;
        _bytes = PrinterAnswer.Question(part);
        _offset = 0;
        _due = null; // from when it is written
    }

    private void Take(byte answer)
    {
        if (_step == Step.AwaitCause)
        {
            _cause = answer;
            Question(Step.AwaitPaper, PrinterAnswer.Paper);
        }
        else if (_step == Step.AwaitPaper)
        {
            _hasAnswered = true;
            Know(PrinterAnswer.Read(_cause, answer));
        }
    }

    private void Know(PrinterState state)
    {
        (_bytes, _offset) = ([], 0);
        _state = state;
        _mayPrint = Good && _queue.Count > 0;
        if (Good)
            (_step, _due) = (Step.Idle, null);
        else
            Rest();
    }

    private void Begin()
    {
        _afresh = true;
        _state = PrinterState.Unknown;
        (_step, _due) = (_asks ? Step.Ask : Step.Idle, null);
    }

    private void Rest()
    {
        (_bytes, _offset) = ([], 0);
        (_step, _mayPrint) = (Step.Rest, false);
        _due = _asks ? _time.After(_queue.Count > 0 ? RetryWaiting : RetryIdle) : null;
    }

    private void Close()
    {
        if (_printing is { } broken)
            _queue.Drop(broken); // some of it may be on paper: it is not printed twice
        (_printing, _bytes, _offset) = (null, [], 0);
        (_step, _state, _due, _mayPrint) = (Step.Closed, PrinterState.Off, null, false);
        _lineFreeAt = 0;
    }

    private void OnDue()
    {
        _timerAt = null; // it may have fired a little early: then it is set again
        var now = _time.GetTimestamp();
        _queue.DropOld(now);
        if (_due is not { } due || due > now)
            return;
        _due = null;
        switch (_step)
        {
            case Step.AwaitCause or Step.AwaitPaper:
                Know(_hasAnswered ? PrinterState.Off : PrinterState.Unknown);
                break;
            case Step.Idle or Step.Rest when _printing is null:
                _step = Step.Ask;
                break;
        }
    }

    private void Do(Action what)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            what();
            SetTimer(Schedule.Earliest(_due, _queue.NextDue));
            _wake();
        }

        Tell();
    }

    private void SetTimer(long? at)
    {
        // A timer that is touched wakes the timers' thread.
        if (at == _timerAt)
            return;
        _timerAt = at;
        if (at is not { } then)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Timers count whole milliseconds.
        var left = _time.GetElapsedTime(_time.GetTimestamp(), then);
        _timer.Change(left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private PrinterStatus Now() => new(_state, _queue.Link, _queue.Count + (_printing is null ? 0 : 1), _queue.Dropped);

    // Several threads may find changes; what is told last is what holds.
    private void Tell()
    {
        lock (_tellGate)
        {
            var now = Status;
            if (now == _told)
                return;
            _told = now;
            _changed(now);
        }
    }
}
