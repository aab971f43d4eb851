using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Gpio;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

/// <summary>A 3x4 matrix on wires. A hand stays on a key, or off it, until the pad has seen it: scans take time, which is the test's.</summary>
internal sealed class MatrixRig : IKeypadRig
{
    private const ulong AllRows = 0b1111;

    /// <summary>More than the debounce takes.</summary>
    private const int Scans = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly Key[] s_printed =
        [Key.Digit1, Key.Digit2, Key.Digit3, Key.Digit4, Key.Digit5, Key.Digit6, Key.Digit7, Key.Digit8, Key.Digit9, Key.Clear, Key.Digit0, Key.Enter];

    private readonly TestFiles _files = new();
    private readonly ManualTime _time;
    private readonly WiredMatrix _matrix;
    private readonly CountingPad _pad;
    private int _down;

    public MatrixRig(ManualTime time)
    {
        _time = time;
        _matrix = new WiredMatrix(_files, 4, 3);
        _matrix.PlugIn();
        _pad = new CountingPad(new MatrixKeypad("c", ["20", "21", "22", "23"], ["10", "11", "12"], TimeSpan.FromMilliseconds(20), _matrix, time));
    }

    public IKeypad Pad => _pad;

    public bool Has(Key key) => s_printed.Contains(key);

    public void Press(Key key)
    {
        Hold(key, down: true);
        Hold(key, down: false);
    }

    public void Hold(Key key, bool down)
    {
        var (row, column) = Math.DivRem(Array.IndexOf(s_printed, key), 3);
        if (down)
        {
            var before = _pad.Count;
            _down++;
            _matrix.Press(row, column);
            ScanUntil(() => _pad.Count > before);
            return;
        }

        _down--;
        _matrix.Release(row, column);
        // At rest all rows are driven and nobody looks; with another key still down the scan goes on.
        ScanUntil(() =>
        {
            var reads = _matrix.Reads;
            for (var scan = 0; scan < Scans; scan++)
                _time.Advance(MatrixKeypad.ScanEvery);
            return _down > 0 || (_matrix.Driven == AllRows && _matrix.Reads == reads);
        });
    }

    public void Lose()
    {
        _down = 0;
        _matrix.Unplug();
    }

    public void Return() => _matrix.PlugIn();

    public void Dispose()
    {
        _pad.Dispose();
        _matrix.Dispose();
        _files.Dispose();
    }

    // An edge comes on the pad's own thread; only then does time pass for the scan.
    private void ScanUntil(Func<bool> seen) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                _time.Advance(MatrixKeypad.ScanEvery);
                return seen();
            },
            s_patience),
        "The pad did not see the key.");
}

/// <summary>A matrix of keys on GPIO lines.</summary>
public sealed class MatrixKeypadContract : KeypadContract
{
    private protected override IKeypadRig Make(ManualTime time) => new MatrixRig(time);
}
