using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Gpio;

/// <summary>
/// A matrix of keys on GPIO lines: four rows that are driven, three or four columns that are read. While no key is down all rows are driven and nobody looks; a key
/// that goes down gives an edge on its column, and from then on the rows are driven one at a time until all keys are up again.
/// </summary>
internal sealed class MatrixKeypad : IMatrixKeypad, IGpioLineEvents
{
    /// <summary>From one scan to the next.</summary>
    public static readonly TimeSpan ScanEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Looks at the columns until the last row is seen to have let go of them: a pull resistor takes some microseconds on a long wire.</summary>
    private const int SettleMaximum = 16;

    private const string Name = "The key matrix";

    private readonly IGpioLineSet _device;
    private readonly ITimer _timer;
    private readonly KeyMatrix _matrix;
    private readonly Lock _gate = new();
    private readonly int _columns;
    private readonly ulong _rows;
    private IKeypadEvents? _events;
    private bool _scanning;
    private bool _closed;
    private ulong _stuck;
    private DeviceStatus? _trouble;

    /// <param name="chip">The lines' chip.</param>
    /// <param name="rows">Four lines, top first.</param>
    /// <param name="columns">Three or four lines, left first.</param>
    /// <param name="debounce">How long a key must stand still.</param>
    /// <param name="port">Where lines come from.</param>
    /// <param name="time">What scans are timed by.</param>
    /// <exception cref="ArgumentException">There are not four rows, or not three or four columns.</exception>
    public MatrixKeypad(string chip, IReadOnlyList<string> rows, IReadOnlyList<string> columns, TimeSpan debounce, IGpioPort port, TimeProvider time)
    {
        MatrixLayout.Demand(rows.Count, columns.Count);
        _columns = columns.Count;
        _matrix = new KeyMatrix(rows.Count, columns.Count, Math.Max(1, (int)Math.Ceiling(debounce / ScanEvery)));
        // Rows are only ever pulled down, so two that a finger joins do not fight; the kernel's own debounce would show an old level to the scan.
        var plan = new LinePlan { Chip = chip, Inputs = columns, Outputs = rows, ActiveLow = true, Bias = LineBias.PullUp, OpenDrain = true };
        _rows = plan.OutputMask;
        _device = port.Keep(Name, plan, this, time);
        _timer = time.CreateTimer(_ => Scan(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public DeviceStatus? Status
    {
        get
        {
            lock (_gate)
                return _trouble ?? _device.Status;
        }
    }

    /// <inheritdoc/>
    public void Start(IKeypadEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (Interlocked.CompareExchange(ref _events, events, null) is not null)
            throw new InvalidOperationException($"{Name} was started already.");
        _device.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            _closed = true;
        _timer.Dispose();
        _device.Dispose();
    }

    // A scan makes edges too; they find it under way already.
    void IGpioLineEvents.Edge(int line, bool active)
    {
        if (!active)
            return;
        lock (_gate)
            Begin();
    }

    void IGpioLineEvents.Levels(ulong bits)
    {
        lock (_gate)
        {
            // Edges of a scan that were too many: the scan itself reads the levels.
            if (!_scanning && !_closed)
                Rest();
        }
    }

    void IGpioLineEvents.Changed(DeviceStatus status)
    {
        lock (_gate)
        {
            _matrix.Reset();
            _scanning = false;
            _stuck = 0;
            _trouble = null;
        }

        _events!.Changed(status);
    }

    private void Begin()
    {
        if (_scanning || _closed)
            return;
        _scanning = true;
        _timer.Change(ScanEvery, Timeout.InfiniteTimeSpan);
    }

    // All rows are driven: whichever key goes down makes an edge. One that went down meanwhile did not.
    private void Rest()
    {
        if (_device.TryWrite(_rows, _rows) && _device.TryRead(out var columns) && (columns & ~_stuck) != 0)
            Begin();
    }

    private void Scan()
    {
        var pressed = new List<Key>();
        DeviceStatus? told;
        lock (_gate)
        {
            if (!_scanning || _closed)
                return;
            _scanning = false;
            // Lines that are gone are told of, and asked for again, by the device.
            if (!TryScan(out var scan))
                return;
            _matrix.Take(scan, key => pressed.Add(MatrixLayout.KeyAt(key, _columns)));
            told = Trouble();
            if (_matrix.Quiet)
                Rest();
            else
                Begin();
        }

        if (told is not null)
            _events!.Changed(told);

        foreach (var key in pressed)
            _events!.Pressed(key);
    }

    private bool TryScan(out ulong scan)
    {
        scan = 0;
        ulong held = 0;
        for (var row = 0; row < MatrixLayout.Rows; row++)
        {
            if (!TryLetGo(out var stuck) || !_device.TryWrite(_rows, 1ul << (_columns + row)) || !_device.TryRead(out var columns))
                return false;
            // A column that is low although nobody drives it says nothing of its keys.
            scan |= (columns & ~stuck) << (row * _columns);
            held |= stuck;
        }

        _stuck = held;
        return true;
    }

    // What there is to tell of columns that are never let go; null for nothing new.
    private DeviceStatus? Trouble()
    {
        var before = _trouble;
        var columns = Enumerable.Range(0, _columns).Where(column => (_stuck >> column & 1) != 0).Select(column => column + 1);
        _trouble = _stuck == 0
            ? null
            : new DeviceStatus(DeviceState.Unusable, $"{Name}: column {string.Join(", ", columns)} is active although no row is driven: a short circuit, or no pull resistor.");
        return _trouble == before ? null : _trouble ?? _device.Status;
    }

    private bool TryLetGo(out ulong stuck)
    {
        stuck = 0;
        if (!_device.TryWrite(_rows, 0))
            return false;
        for (var look = 0; look < SettleMaximum; look++)
        {
            if (!_device.TryRead(out stuck))
                return false;
            if (stuck == 0)
                return true;
        }

        return true;
    }
}
