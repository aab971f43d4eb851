using TaximeterAgent.IotBindings.Keypads;
using TaximeterAgent.IotBindings.Tests.Gpio;
using TaximeterAgent.Tests.Driver.Devices.Contracts;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.IotBindings.Tests.Keypads;

/// <summary>A matrix on a wired chip. A hand stays on a key, or off it, until the pad has seen it.</summary>
internal sealed class KeyMatrixRig : IKeypadRig
{
    public const int Rows = 4;

    private const int FirstRow = 20;
    private const int FirstColumn = 10;

    /// <summary>More whole scans than a key has to stand still for.</summary>
    private const int Settled = 4 * Rows;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly Key[] s_printed =
    [
        Key.Digit1, Key.Digit2, Key.Digit3, Key.A, Key.Digit4, Key.Digit5, Key.Digit6, Key.B,
        Key.Digit7, Key.Digit8, Key.Digit9, Key.C, Key.Clear, Key.Digit0, Key.Enter, Key.D,
    ];

    private readonly int _columns;
    private readonly CountingPad _pad;

    public KeyMatrixRig(ManualTime time, int columns)
    {
        _columns = columns;
        Chip.PlugIn();
        string[] names = ["10", "11", "12", "13"];
        _pad = new CountingPad(new KeyMatrixKeypad(new KeyMatrixOptions("c", ["20", "21", "22", "23"], names[..columns], TimeSpan.FromMilliseconds(20)), Chip, time));
    }

    public WiredChip Chip { get; } = new();

    public IKeypad Pad => _pad;

    public bool Has(Key key) => Array.IndexOf(s_printed, key) is var place and >= 0 && place % 4 < _columns;

    public void Press(Key key)
    {
        Hold(key, down: true);
        Hold(key, down: false);
    }

    public void Hold(Key key, bool down)
    {
        var before = _pad.Count;
        Contact(key, down);
        if (down)
            Until(() => _pad.Count > before);
        else
            Settle();
    }

    /// <summary>Opens or closes a contact, and does not wait for the pad.</summary>
    public void Contact(Key key, bool closed)
    {
        var (row, column) = Math.DivRem(Array.IndexOf(s_printed, key), 4);
        if (closed)
            Chip.Join(FirstRow + row, FirstColumn + column);
        else
            Chip.Part(FirstRow + row, FirstColumn + column);
    }

    /// <summary>Lets the pad see how the contacts stand, and believe it.</summary>
    public void Settle()
    {
        var scanned = Chip.Drives + Settled;
        Until(() => Chip.Drives >= scanned);
    }

    public void Lose() => Chip.Unplug();

    public void Return() => Chip.PlugIn();

    public void Dispose()
    {
        _pad.Dispose();
        Assert.Empty(Chip.Faults);
    }

    private static void Until(Func<bool> seen) => Assert.True(SpinWait.SpinUntil(seen, s_patience), "The pad did not see the key.");
}

/// <summary>A 3x4 matrix through Iot.Device.KeyMatrix.</summary>
public sealed class KeyMatrix3x4Contract : KeypadContract
{
    private protected override IKeypadRig Make(ManualTime time) => new KeyMatrixRig(time, columns: 3);
}

/// <summary>A 4x4 matrix.</summary>
public sealed class KeyMatrix4x4Contract : KeypadContract
{
    private protected override IKeypadRig Make(ManualTime time) => new KeyMatrixRig(time, columns: 4);
}

/// <summary>What the library does not do, and is done here.</summary>
public sealed class KeyMatrixTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly KeyMatrixRig _rig;
    private readonly KeypadEvents _events;

    public KeyMatrixTests()
    {
        _rig = new KeyMatrixRig(_time, columns: 4);
        _events = new KeypadEvents(_time);
        _rig.Pad.Start(_events);
        Assert.Equal(DeviceState.Open, _events.Log.Next().State);
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Every_key_is_what_is_printed_on_it()
    {
        Key[] all = [.. Enum.GetValues<Key>().Where(_rig.Has)];
        Assert.Equal(16, all.Length);
        foreach (var key in all)
            _rig.Press(key);
        Assert.Equal(all, _events.Take(all.Length));
        Assert.Equal(0, _events.Count);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void A_key_that_one_scan_sees_is_none_and_one_that_stands_still_is(int scans, int keys)
    {
        var began = _rig.Chip.Drives + KeyMatrixRig.Rows;
        _rig.Chip.Driven = drives =>
        {
            if (drives == began)
                _rig.Contact(Key.Digit5, closed: true);
            else if (drives == began + (scans * KeyMatrixRig.Rows))
                _rig.Contact(Key.Digit5, closed: false);
        };
        Assert.True(SpinWait.SpinUntil(() => _rig.Chip.Drives > began + (scans * KeyMatrixRig.Rows), TimeSpan.FromSeconds(30)));
        _rig.Settle();
        Assert.Equal(keys, _events.Count);
    }

    [Fact]
    public void Three_keys_at_the_corners_of_a_rectangle_do_not_press_the_fourth()
    {
        _rig.Hold(Key.Digit1, down: true);
        _rig.Hold(Key.Digit2, down: true);
        Assert.Equal([Key.Digit1, Key.Digit2], _events.Take(2));
        _rig.Contact(Key.Digit4, closed: true);
        _rig.Settle();
        Assert.Equal(0, _events.Count); // neither 4, which is down, nor 5, which seems to be
        _rig.Hold(Key.Digit1, down: false);
        Assert.Equal([Key.Digit4], _events.Take(1));
        _rig.Hold(Key.Digit2, down: false);
        _rig.Hold(Key.Digit4, down: false);
        Assert.Equal(0, _events.Count);
    }

    [Fact]
    public void A_pad_of_another_size_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => Of(["1", "2", "3"], ["4", "5", "6"]));
        Assert.Throws<ArgumentException>(() => Of(["1", "2", "3", "4"], ["5", "6"]));

        KeyMatrixKeypad Of(string[] rows, string[] columns) => new(new KeyMatrixOptions("c", rows, columns, TimeSpan.Zero), _rig.Chip, _time);
    }
}
