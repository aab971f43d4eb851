using TaximeterAgent.Driver.Devices;
using TaximeterAgent.IotBindings.Work;

namespace TaximeterAgent.IotBindings.Displays;

/// <summary>An HD44780 display through Iot.Device.CharacterLcd, written by a thread of its own: nobody who shows something ever waits for it.</summary>
public sealed class CharacterLcdDisplay : ICharacterDisplay, ISwitchableLight
{
    /// <summary>Some 20 ms on a bus of 100 kHz: then it is looked whether the end has come.</summary>
    private const int StepsAtOnce = 16;

    private readonly LcdWiring _wiring;
    private readonly GlyphSet _glyphs;
    private readonly PictureOutput _output;
    private readonly Worker _worker;
    private readonly ITimer _check;
    private Action<DeviceStatus>? _changed;
    private volatile bool _lit = true;

    /// <param name="wiring">How it is connected.</param>
    /// <param name="columns">Characters a line: 8 to 40 with two lines, 20 with four.</param>
    /// <param name="rows">Lines, 2 or 4.</param>
    /// <param name="language">Whose letters are drawn: <c>nb</c>, <c>da</c>, <c>sv</c>, <c>fi</c>.</param>
    /// <param name="time">When to try again.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such display.</exception>
    public CharacterLcdDisplay(LcdWiring wiring, int columns, int rows, string language, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(wiring);
        ArgumentNullException.ThrowIfNull(time);
        if (rows is not (2 or 4) || columns is < 8 or > 40 || (rows == 4 && columns != 20))
            throw new ArgumentOutOfRangeException(nameof(columns), columns, "The library's displays have 2 lines of 8 to 40 characters or 4 of 20.");
        (_wiring, Columns, Rows, _glyphs) = (wiring, columns, rows, GlyphSet.Of(language));
        _output = new PictureOutput(new LcdSteps(columns, rows, _glyphs), StepsAtOnce * LcdSteps.Size);
        _worker = new Worker(this, time);
        _check = time.CreateTimer(_ => CheckSoon(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public DeviceStatus? Status => _worker.Status;

    /// <inheritdoc/>
    public void Start(Action<DeviceStatus> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (Interlocked.CompareExchange(ref _changed, changed, null) is not null)
            throw new InvalidOperationException($"{_wiring.Name} was started already.");
        _worker.Start();
        _check.Change(_wiring.CheckEvery, _wiring.CheckEvery);
    }

    /// <inheritdoc/>
    public void Show(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (_output.Show(lines))
            _worker.Wake();
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _output.Reset();
        _worker.Wake();
    }

    /// <inheritdoc/>
    public void Light(bool on)
    {
        _lit = on;
        CheckSoon();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _check.Dispose();
        _worker.Dispose();
    }

    private void CheckSoon()
    {
        _output.Check();
        _worker.Wake();
    }

    private OpenLcd? Open(out DeviceStatus status)
    {
        if (_wiring.Open(out var pins, out var claim, out status) is not { } driver)
            return null;
        return new OpenLcd(driver, pins, claim, (Columns, Rows), _glyphs);
    }

    /// <summary>Draws.</summary>
    private sealed class Worker(CharacterLcdDisplay display, TimeProvider time) : DeviceWorker<OpenLcd>(display._wiring.Name, status => display._changed!(status), time)
    {
        private bool _fresh;

        protected override OpenLcd? Open(out DeviceStatus status)
        {
            Busy();
            var lcd = display.Open(out status);
            Done();
            if (lcd is null)
                return null;
            _fresh = true;
            display._output.Opened();
            return lcd;
        }

        protected override void Work(OpenLcd open)
        {
            while (!Stopped && display._output.Next() is { IsEmpty: false } steps)
            {
                Busy();
                for (var at = 0; at < steps.Length; at += LcdSteps.Size)
                {
                    Do(open, steps.Span[at], steps.Span[at + 1]);
                    display._output.Written(LcdSteps.Size);
                }

                Done();
            }
        }

        private void Do(OpenLcd lcd, byte step, byte with)
        {
            switch (step)
            {
                case LcdSteps.SetUpAnew when _fresh:
                    _fresh = false;
                    lcd.Light(display._lit);
                    break;
                case LcdSteps.SetUpAnew:
                    lcd.SetUp();
                    lcd.Light(display._lit);
                    break;
                case LcdSteps.GoTo:
                    var (row, column) = LcdSteps.Cell(with);
                    lcd.GoTo(row, column);
                    break;
                case LcdSteps.Write:
                    lcd.Write(with);
                    break;
                default:
                    lcd.Light(display._lit);
                    break;
            }
        }
    }
}
