using System.Device.Gpio;
using TaximeterAgent.Gpio;
using TaximeterAgent.IotBindings.Gpio;
using TaximeterAgent.IotBindings.Work;
using LibraryMatrix = Iot.Device.KeyMatrix.KeyMatrix;
using LibraryMatrixEvent = Iot.Device.KeyMatrix.KeyMatrixEvent;

namespace TaximeterAgent.IotBindings.Keypads;

/// <summary>
/// A matrix of keys through Iot.Device.KeyMatrix. The library scans for ever, a row every <see cref="RowEvery"/>, and tells each contact that opens or closes; it
/// does not debounce, and does not see that three keys at the corners of a rectangle show the fourth. Both are done here as for the agent's own matrix, from whole
/// scans: rows of two scans side by side show keys that nobody presses.
/// </summary>
public sealed class KeyMatrixKeypad : IMatrixKeypad
{
    /// <summary>From one row to the next.</summary>
    public static readonly TimeSpan RowEvery = TimeSpan.FromMilliseconds(5);

    private const string Name = "The key matrix";

    private readonly KeyMatrixOptions _options;
    private readonly IGpioChips _chips;
    private readonly Worker _worker;
    private readonly KeyMatrix _matrix;
    private IKeypadEvents? _events;
    private ulong _scan; // on the worker's thread

    /// <param name="options">Which lines.</param>
    /// <param name="chips">Where drivers come from.</param>
    /// <param name="time">When to try again.</param>
    /// <exception cref="ArgumentException">There are not four rows, or not three or four columns.</exception>
    public KeyMatrixKeypad(KeyMatrixOptions options, IGpioChips chips, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(chips);
        ArgumentNullException.ThrowIfNull(time);
        MatrixLayout.Demand(options.Rows.Count, options.Columns.Count);
        (_options, _chips) = (options, chips);
        // Seen in so many scans a key has stood still from the first to the last of them.
        var still = 1 + Math.Max(1, (int)Math.Ceiling(options.Debounce / (RowEvery * options.Rows.Count)));
        _matrix = new KeyMatrix(options.Rows.Count, options.Columns.Count, still);
        _worker = new Worker(this, time);
    }

    /// <inheritdoc/>
    public DeviceStatus? Status => _worker.Status;

    /// <inheritdoc/>
    public void Start(IKeypadEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (Interlocked.CompareExchange(ref _events, events, null) is not null)
            throw new InvalidOperationException($"{Name} was started already.");
        _worker.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _worker.Dispose();

    private OpenMatrix? Open(out DeviceStatus status)
    {
        _scan = 0;
        _matrix.Reset();
        if (_chips.Open(Name, _options.Chip, [.. _options.Columns, .. _options.Rows], out var offsets, out status) is not { } driver)
            return null;
        var (columns, rows) = (offsets[.._options.Columns.Count], offsets[_options.Columns.Count..]);
        return new OpenMatrix(new OpenDrainController(driver, rows[^1], Scanned), rows, columns, Moved);
    }

    private void Moved(LibraryMatrixEvent told)
    {
        var bit = 1ul << ((told.Output * _options.Columns.Count) + told.Input);
        _scan = told.EventType == PinEventTypes.Rising ? _scan | bit : _scan & ~bit;
    }

    private void Scanned() => _matrix.Take(_scan, key => _events!.Pressed(MatrixLayout.KeyAt(key, _options.Columns.Count)));

    /// <summary>The library's matrix and its lines.</summary>
    private sealed class OpenMatrix : IDisposable
    {
        private readonly GpioController _controller;
        private readonly LibraryMatrix _matrix;

        public OpenMatrix(GpioController controller, int[] rows, int[] columns, Action<LibraryMatrixEvent> moved)
        {
            _controller = controller;
            try
            {
                _matrix = new LibraryMatrix(rows, columns, RowEvery, PinMode.InputPullDown, controller, shouldDispose: false);
            }
            catch
            {
                controller.Dispose();
                throw;
            }

            _matrix.KeyEvent += (_, told) => moved(told);
        }

        /// <summary>Scans until a contact opens or closes, or <see cref="Stop"/> is called.</summary>
        public void Scan() => _matrix.ReadKey();

        public void Stop() => _matrix.StopListeningKeyEvent();

        // Closing the controller closes its lines; the matrix would do it twice.
        public void Dispose() => _controller.Dispose();
    }

    /// <summary>The thread that scans: the library's own would end the process with the first exception of a chip that is gone.</summary>
    private sealed class Worker(KeyMatrixKeypad pad, TimeProvider time) : DeviceWorker<OpenMatrix>(Name, status => pad._events!.Changed(status), time)
    {
        private volatile OpenMatrix? _scanned;

        protected override OpenMatrix? Open(out DeviceStatus status) => pad.Open(out status);

        protected override void Work(OpenMatrix open)
        {
            _scanned = open;
            while (!Stopped)
                open.Scan();
        }

        // A scan that was just about to begin would not hear of it: told again until the thread has ended.
        protected override bool Interrupt()
        {
            _scanned?.Stop();
            return true;
        }
    }
}
