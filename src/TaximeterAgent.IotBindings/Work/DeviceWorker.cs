using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.IotBindings.Work;

/// <summary>
/// Keeps one device of a library open, on a thread of its own: libraries block and throw, and nobody else may wait for that. A device that is gone is reported and
/// tried again every second, whatever the library threw.
/// </summary>
/// <typeparam name="T">What is open while the device is there.</typeparam>
internal abstract class DeviceWorker<T> : IDisposable
    where T : class, IDisposable
{
    /// <summary>How often a device that is not open is tried.</summary>
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    /// <summary>How long a call may take before the device is said to have stalled.</summary>
    private static readonly TimeSpan s_stallLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_interruptEvery = TimeSpan.FromMilliseconds(20);

    private readonly string _name;
    private readonly Action<DeviceStatus> _changed;
    private readonly Thread _thread;
    private readonly ITimer _retryTimer;
    private readonly ITimer _stallTimer;
    private readonly Lock _reportGate = new();
    private readonly Lock _statusGate = new();
    private DeviceStatus? _status;
    private T? _open;
    private volatile bool _stop;
    private volatile bool _retry = true;
    private volatile bool _stallArmed;

    /// <param name="name">The device, for people: begins messages and names the thread.</param>
    /// <param name="changed">Who is told of its state.</param>
    /// <param name="time">When to try again.</param>
    protected DeviceWorker(string name, Action<DeviceStatus> changed, TimeProvider time)
    {
        _name = name;
        _changed = changed;
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

    /// <summary>Wakes the thread that works.</summary>
    protected WakeSignal Signal { get; } = new();

    /// <summary>True from the end on.</summary>
    protected bool Stopped => _stop;

    public void Start() => _thread.Start();

    /// <summary>There is something to do, or to stop for.</summary>
    public void Wake() => Signal.Set();

    /// <summary>Says something of a device that is open. From any thread; nothing is said of one that is not by then.</summary>
    public void Remark(DeviceState state, string message)
    {
        lock (_reportGate)
        {
            if (!_stop && Status is { State: DeviceState.Open or DeviceState.Unusable })
                Report(new DeviceStatus(state, message));
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

        // A driver that never comes back keeps its thread; the process still ends.
        if (!_thread.IsAlive || (Thread.CurrentThread != _thread && Ended()))
            Signal.Dispose();
    }

    /// <summary>Opens the device.</summary>
    /// <param name="status">What to tell.</param>
    /// <returns>Null if it is not to be had.</returns>
    protected abstract T? Open(out DeviceStatus status);

    /// <summary>Does what there is to do; whatever it throws is the end of this device.</summary>
    protected abstract void Work(T open);

    /// <summary>Sleeps until there is something to do.</summary>
    /// <param name="open">The device, or null while there is none.</param>
    protected virtual void Sleep(T? open) => Signal.Wait();

    /// <summary>The device is gone, before that is told.</summary>
    protected virtual void Closed()
    {
    }

    /// <summary>Makes a call that waits for the device come back.</summary>
    /// <returns>False if that cannot be done; else it is asked for until the thread has ended.</returns>
    protected virtual bool Interrupt() => false;

    /// <summary>A call begins that may take too long.</summary>
    protected void Busy()
    {
        if (_stallArmed || _stop)
            return;
        _stallArmed = true;
        _stallTimer.Change(s_stallLimit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It has come back.</summary>
    protected void Done()
    {
        Disarm();
        if (Status?.State == DeviceState.Stalled)
            Report(new DeviceStatus(DeviceState.Open, $"{_name} takes what is written again."));
    }

    /// <summary>The end of this device.</summary>
    protected static InvalidOperationException Gone(string why = "unplugged or switched off") => new DeviceGoneException(why);

    private bool Ended()
    {
        for (var waited = TimeSpan.Zero; waited < s_stopLimit; waited += s_interruptEvery)
        {
            if (!Interrupt())
                return _thread.Join(s_stopLimit);
            if (_thread.Join(s_interruptEvery))
                return true;
        }

        return false;
    }

    private void Run()
    {
        while (!_stop)
        {
            try
            {
                if (_open is null && _retry)
                    TryOpen();
                if (_open is not null)
                    Work(_open);
                if (!_stop)
                    Sleep(_open);
            }
            catch (Exception fault)
            {
                // No library says all that it throws. Whatever it is, this device is of no use until it is opened again.
                Lose(fault is DeviceGoneException ? fault.Message : $"unplugged or switched off ({fault.Message.TrimEnd('.')})");
            }
        }

        Close();
    }

    private void TryOpen()
    {
        _retry = false;
        DeviceStatus status;
        try
        {
            _open = Open(out status);
        }
        catch (Exception fault)
        {
            status = new DeviceStatus(DeviceState.Unusable, $"{_name} cannot be opened: {fault.Message.TrimEnd('.')}.");
        }

        if (_open is null)
            _retryTimer.Change(s_retry, Timeout.InfiniteTimeSpan);
        Report(status);
    }

    private void Lose(string why)
    {
        Close();
        if (_stop)
            return;
        _retryTimer.Change(s_retry, Timeout.InfiniteTimeSpan);
        Report(new DeviceStatus(DeviceState.Lost, $"{_name} is gone: {why}."));
    }

    private void Close()
    {
        Disarm();
        if (_open is not { } open)
            return;
        _open = null;
        Closed();
        try
        {
            open.Dispose();
        }
        catch (Exception)
        {
            // It is gone already, and says so once more.
        }
    }

    private void TryAgain()
    {
        _retry = true;
        if (!_stop)
            Wake();
    }

    private void Disarm()
    {
        if (!_stallArmed)
            return;
        _stallArmed = false;
        if (!_stop)
            _stallTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    // On the timer's thread: the device's own is in the call.
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
            _changed(status);
        }
    }

    private sealed class DeviceGoneException(string why) : InvalidOperationException(why);
}
