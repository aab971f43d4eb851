namespace TaximeterAgent.Driver.Devices;

/// <summary>A display that is written by a thread of its own: nobody who shows something ever waits for it.</summary>
public abstract class DeviceDisplay : ICharacterDisplay, IDeviceEvents
{
    private readonly PictureOutput _output;
    private readonly DeviceThread _device;
    private readonly string _name;
    private readonly TimeSpan _checkEvery;
    private readonly ITimer _check;
    private Action<DeviceStatus>? _changed;

    private protected DeviceDisplay(string name, int columns, int rows, IPainter painter, Func<DeviceOpening> open, TimeProvider time)
        : this(name, columns, rows, painter, open, time, DisplayWriting.AsItComes)
    {
    }

    private protected DeviceDisplay(string name, int columns, int rows, IPainter painter, Func<DeviceOpening> open, TimeProvider time, DisplayWriting writing)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (columns is < 8 or > 40)
            throw new ArgumentOutOfRangeException(nameof(columns), columns, "A display has 8 to 40 columns.");
        if (rows is < 1 or > 4)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, "A display has 1 to 4 rows.");
        Columns = columns;
        Rows = rows;
        _name = name;
        _output = new PictureOutput(painter, writing.Most);
        _device = new DeviceThread(name, reads: false, open, writing.Closing, _output, this, time, writing.WholeWrites);
        _checkEvery = writing.CheckEvery;
        _check = time.CreateTimer(_ => CheckSoon(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public DeviceStatus? Status => _device.Status;

    /// <inheritdoc/>
    public void Start(Action<DeviceStatus> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (Interlocked.CompareExchange(ref _changed, changed, null) is not null)
            throw new InvalidOperationException($"{_name} was started already.");
        _device.Start();
        _check.Change(_checkEvery, _checkEvery);
    }

    /// <inheritdoc/>
    public void Show(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (_output.Show(lines))
            _device.Wake();
    }

    /// <inheritdoc/>
    public void ShowLast(IReadOnlyList<string> lines, TimeSpan most)
    {
        Show(lines);
        _output.WaitUntilWritten(most);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _output.Reset();
        _device.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _check.Dispose();
        _device.Dispose();
        GC.SuppressFinalize(this);
    }

    void IDeviceEvents.Received(ReadOnlySpan<byte> bytes)
    {
        // A display says nothing.
    }

    void IDeviceEvents.Changed(DeviceStatus status) => _changed!(status);

    /// <summary>Writes what changes no picture as soon as nothing else is to be written. Never waits.</summary>
    private protected void CheckSoon()
    {
        _output.Check();
        _device.Wake();
    }
}

/// <summary>How a display's device takes bytes.</summary>
/// <param name="Most">Bytes in one write at most.</param>
/// <param name="WholeWrites">True if a write is a transfer that is done or has failed.</param>
/// <param name="CheckEvery">How often an idle display is asked whether it is there; infinite for never.</param>
/// <param name="Closing">What to do before it is closed.</param>
internal sealed record DisplayWriting(int Most, bool WholeWrites, TimeSpan CheckEvery, Action<int> Closing)
{
    /// <summary>As much as it takes, as often as there is something.</summary>
    public static DisplayWriting AsItComes { get; } = new(int.MaxValue, WholeWrites: false, Timeout.InfiniteTimeSpan, _ => { });
}
