using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Gpio;

/// <summary>What the driver is told without looking.</summary>
internal enum Signal
{
    /// <summary>A fare is paid.</summary>
    Paid,

    /// <summary>A request has come to nothing.</summary>
    Refused,

    /// <summary>The driver is asked something.</summary>
    Attention,
}

/// <summary>
/// Buzzer and lamps on GPIO lines. Nobody ever waits for one: a signal is put down and played by a timer, and where there is no line or no room it is dropped.
/// </summary>
internal sealed class SignalLines : IDisposable, IGpioLineEvents
{
    /// <summary>Signals that wait for the one that is played; more would tell of what has long passed.</summary>
    private const int WaitingMaximum = 3;

    private readonly IGpioLineSet _device;
    private readonly Dictionary<Signal, ulong> _lines = [];
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Queue<(ulong Line, TimeSpan For)> _steps = new();
    private readonly Queue<Signal> _waiting = new();
    private readonly ulong _all;
    private Action<DeviceStatus>? _changed;
    private bool _playing;
    private bool _closed;

    /// <param name="plan">The chip, and whether low is active; its lines are those that follow.</param>
    /// <param name="lines">A line for each signal, or empty for none; one line may serve several.</param>
    /// <param name="port">Where lines come from.</param>
    /// <param name="time">What a beep is measured by.</param>
    public SignalLines(LinePlan plan, IReadOnlyDictionary<Signal, string> lines, IGpioPort port, TimeProvider time)
    {
        List<string> outputs = [.. lines.Values.Where(line => line.Length > 0).Distinct()];
        foreach (var (signal, line) in lines.Where(line => line.Value.Length > 0))
            _lines[signal] = 1ul << outputs.IndexOf(line);
        var whole = plan with { Inputs = [], Outputs = outputs };
        _all = whole.OutputMask;
        _device = port.Keep("The buzzer's and lamps' lines", whole, this, time);
        _timer = time.CreateTimer(_ => Step(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DeviceStatus? Status => _device.Status;

    /// <summary>Once.</summary>
    public void Start(Action<DeviceStatus> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (Interlocked.CompareExchange(ref _changed, changed, null) is not null)
            throw new InvalidOperationException("The buzzer's and lamps' lines were started already.");
        _device.Start();
    }

    /// <summary>Puts a signal down; never waits.</summary>
    public void Give(Signal signal)
    {
        lock (_gate)
        {
            if (_closed || !_lines.ContainsKey(signal) || _waiting.Count >= WaitingMaximum)
                return;
            _waiting.Enqueue(signal);
            if (_playing)
                return;
            _playing = true;
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _closed = true;
        _timer.Dispose();
        // A line keeps its level when it is let go: a buzzer would sound on.
        _device.TryWrite(_all, 0);
        _device.Dispose();
    }

    void IGpioLineEvents.Edge(int line, bool active)
    {
        // None is asked for.
    }

    void IGpioLineEvents.Levels(ulong bits)
    {
        // Nothing is read.
    }

    void IGpioLineEvents.Changed(DeviceStatus status) => _changed!(status);

    // Which level for how long. Told apart by ear where one buzzer serves all.
    private static (int Times, TimeSpan On, TimeSpan Off) Pattern(Signal signal) => signal switch
    {
        Signal.Paid => (1, TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(200)),
        Signal.Refused => (3, TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(150)),
        _ => (2, TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(120)),
    };

    private void Step()
    {
        ulong level;
        TimeSpan wait;
        lock (_gate)
        {
            if (_closed || !TryNext(out level, out wait))
            {
                _playing = false;
                return;
            }
        }

        // Not behind the gate: the driver of an expander may take its time, and who gives a signal must not wait for it.
        var done = _device.TryWrite(_all, level);
        lock (_gate)
        {
            if (_closed)
                return;
            if (!done)
            {
                _steps.Clear();
                _waiting.Clear();
            }

            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private bool TryNext(out ulong level, out TimeSpan wait)
    {
        if (_steps.Count == 0 && _waiting.TryDequeue(out var signal))
        {
            var (times, on, off) = Pattern(signal);
            for (var time = 0; time < times; time++)
            {
                _steps.Enqueue((_lines[signal], on));
                _steps.Enqueue((0, off));
            }
        }

        var any = _steps.TryDequeue(out var step);
        (level, wait) = step;
        return any;
    }
}
