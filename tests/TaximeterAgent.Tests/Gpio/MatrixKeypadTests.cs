using System.Collections.Concurrent;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>The matrix adapter over wires that a test joins.</summary>
public sealed class MatrixKeypadTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TestFiles _files = new();
    private readonly ManualTime _time = new();
    private WiredMatrix _matrix = null!;
    private MatrixKeypad _pad = null!;
    private Events _events = null!;

    public void Dispose()
    {
        _pad.Dispose();
        _matrix.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void Every_key_of_a_3x4_pad_is_what_is_printed_on_it()
    {
        Start(columns: 3);
        Key[] printed = [Key.Digit1, Key.Digit2, Key.Digit3, Key.Digit4, Key.Digit5, Key.Digit6, Key.Digit7, Key.Digit8, Key.Digit9, Key.Clear, Key.Digit0, Key.Enter];
        for (var key = 0; key < printed.Length; key++)
            Assert.Equal(printed[key], Tap(key / 3, key % 3));
    }

    [Fact]
    public void A_4x4_pad_has_four_letters_more()
    {
        Start(columns: 4);
        Assert.Equal([Key.A, Key.B, Key.C, Key.D], Enumerable.Range(0, 4).Select(row => Tap(row, 3)));
    }

    [Fact]
    public void Nothing_is_scanned_while_no_key_is_down()
    {
        Start(columns: 3);
        Tap(1, 1);
        Assert.Equal(0b1111ul, _matrix.Driven);
        // An edge of the last scan that the pad's thread had not read yet makes one scan more, once: the pad has to come to rest, not to be there already.
        SpinUntil(
            () =>
            {
                var reads = _matrix.Reads;
                _time.Advance(TimeSpan.FromMinutes(10));
                return _matrix.Reads == reads;
            },
            advance: false);
    }

    [Fact]
    public void A_key_that_is_held_is_one_key()
    {
        Start(columns: 3);
        _matrix.Press(0, 0);
        Assert.Equal(Key.Digit1, Next());
        Scan(TimeSpan.FromSeconds(3));
        _matrix.Release(0, 0);
        UntilIdle();
        Assert.Equal(0, _events.Waiting);
    }

    [Fact]
    public void Keys_that_overlap_all_count()
    {
        Start(columns: 3);
        _matrix.Press(0, 0);
        Assert.Equal(Key.Digit1, Next());
        // In the same column, where the first key keeps the level: no edge tells of it.
        _matrix.Press(1, 0);
        Assert.Equal(Key.Digit4, Next());
        _matrix.Release(0, 0);
        _matrix.Press(2, 2);
        Assert.Equal(Key.Digit9, Next());
        _matrix.Release(1, 0);
        _matrix.Release(2, 2);
        UntilIdle();
    }

    [Fact]
    public void Three_keys_at_the_corners_of_a_rectangle_do_not_press_the_fourth()
    {
        Start(columns: 3);
        _matrix.Press(0, 0);
        _matrix.Press(0, 1);
        Assert.Equal([Key.Digit1, Key.Digit2], new[] { Next(), Next() }.Order());
        _matrix.Press(1, 0);
        Scan(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _events.Waiting);
        _matrix.Release(0, 0);
        Assert.Equal(Key.Digit4, Next());
        _matrix.Release(0, 1);
        _matrix.Release(1, 0);
        UntilIdle();
        Assert.Equal(0, _events.Waiting);
    }

    [Fact]
    public void A_key_that_is_down_when_the_pad_is_opened_is_heard()
    {
        Start(columns: 3, pressed: true);
        Assert.Equal(Key.Digit5, Next());
    }

    [Fact]
    public void A_column_that_is_joined_to_ground_is_told_and_does_not_keep_the_scan_going()
    {
        Start(columns: 3);
        _matrix.Shorted = 0b10;
        _matrix.Press(0, 0);
        Assert.Equal(Key.Digit1, Next());
        var status = _events.Log.Next();
        Assert.Equal(DeviceState.Unusable, status.State);
        Assert.Contains("column 2", status.Message, StringComparison.Ordinal);
        Assert.Equal(status, _pad.Status);
        _matrix.Release(0, 0);
        UntilIdle();
    }

    [Fact]
    public void A_pad_of_another_size_is_a_mistake()
    {
        Start(columns: 3);
        Assert.Throws<ArgumentException>(() => new MatrixKeypad("c", ["1", "2", "3"], ["4", "5", "6"], TimeSpan.Zero, new GpioChips(), _time));
        Assert.Throws<ArgumentException>(() => new MatrixKeypad("c", ["1", "2", "3", "4"], ["5", "6"], TimeSpan.Zero, new GpioChips(), _time));
    }

    private void Start(int columns, bool pressed = false)
    {
        _matrix = new WiredMatrix(_files, 4, columns);
        _matrix.PlugIn();
        if (pressed)
            _matrix.Press(1, 1);
        string[] names = ["10", "11", "12", "13"];
        _pad = new MatrixKeypad("c", ["20", "21", "22", "23"], names[..columns], TimeSpan.FromMilliseconds(20), _matrix, _time);
        _events = new Events(_time);
        _pad.Start(_events);
        Assert.Equal(DeviceState.Open, _events.Log.Next().State);
        SpinUntil(() => _matrix.Driven == 0b1111, advance: false);
    }

    private Key Tap(int row, int column)
    {
        _matrix.Press(row, column);
        var key = Next();
        _matrix.Release(row, column);
        UntilIdle();
        return key;
    }

    // The edge comes on the pad's own thread; only then does time pass for the scan.
    private Key Next()
    {
        Key key = default;
        SpinUntil(() => _events.TryTake(out key), advance: true);
        return key;
    }

    // At rest all rows are driven, and time that passes changes nothing.
    private void UntilIdle()
    {
        SpinUntil(() => _matrix.Driven == 0b1111 && Still(), advance: true);

        bool Still()
        {
            var reads = _matrix.Reads;
            for (var i = 0; i < 10; i++)
                _time.Advance(MatrixKeypad.ScanEvery);
            return reads == _matrix.Reads;
        }
    }

    private void Scan(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += MatrixKeypad.ScanEvery)
            _time.Advance(MatrixKeypad.ScanEvery);
    }

    private void SpinUntil(Func<bool> condition, bool advance) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                if (advance)
                    _time.Advance(MatrixKeypad.ScanEvery);
                return condition();
            },
            s_patience));

    private sealed class Events(ManualTime time) : IKeypadEvents
    {
        private readonly ConcurrentQueue<Key> _keys = new();

        public StatusLog Log { get; } = new(time);

        public int Waiting => _keys.Count;

        public void Pressed(Key key) => _keys.Enqueue(key);

        public void Changed(DeviceStatus status) => Log.Add(status);

        public bool TryTake(out Key key) => _keys.TryDequeue(out key);
    }
}
