using System.Collections.Concurrent;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

/// <summary>A keypad and the hand on it.</summary>
internal interface IKeypadRig : IDisposable
{
    IKeypad Pad { get; }

    /// <summary>True for a key that this pad has; every pad has digits, Enter and Clear.</summary>
    bool Has(Key key);

    /// <summary>Presses a key and lets it go.</summary>
    void Press(Key key);

    /// <summary>Presses a key down, or lets it go.</summary>
    void Hold(Key key, bool down);

    /// <summary>The pad is taken away.</summary>
    void Lose();

    /// <summary>It is brought back, with no key down.</summary>
    void Return();
}

/// <summary>What every keypad does.</summary>
public abstract class KeypadContract : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly List<IKeypadRig> _rigs = [];

    public void Dispose()
    {
        _rigs.ForEach(rig => rig.Dispose());
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Keys_come_in_the_order_in_which_they_are_pressed_and_once()
    {
        var (rig, events) = Start();
        Key[] keys = [.. new[] { Key.Digit9, Key.Digit1, Key.Digit1, Key.Digit0, Key.Back, Key.Clear, Key.Digit5, Key.Enter }.Where(key => key != Key.Back || rig.Has(key))];
        foreach (var key in keys)
            rig.Press(key);
        Assert.Equal(keys, events.Take(keys.Length));
        rig.Press(Key.Digit7);
        Assert.Equal([Key.Digit7], events.Take(1)); // nothing came between
    }

    [Fact]
    public void A_key_that_is_pressed_before_the_last_is_let_go_counts()
    {
        var (rig, events) = Start();
        rig.Hold(Key.Digit1, down: true);
        rig.Hold(Key.Digit2, down: true);
        rig.Hold(Key.Digit1, down: false);
        rig.Hold(Key.Digit2, down: false);
        rig.Press(Key.Digit3);
        Assert.Equal([Key.Digit1, Key.Digit2, Key.Digit3], events.Take(3));
    }

    [Fact]
    public void A_pad_that_is_taken_away_is_told_and_told_again_when_it_is_back()
    {
        var (rig, events) = Start();
        for (var time = 0; time < 3; time++)
        {
            rig.Press(Key.Digit1);
            Assert.Equal([Key.Digit1], events.Take(1));
            rig.Lose();
            var lost = events.Log.Next();
            Assert.Equal(DeviceState.Lost, lost.State);
            Assert.NotEqual(DeviceState.Open, rig.Pad.Status!.State);
            rig.Return();
            events.Log.PassTo(DeviceState.Open);
            Assert.Equal(DeviceState.Open, rig.Pad.Status!.State);
        }
    }

    [Fact]
    public void A_key_that_was_held_when_the_pad_went_is_not_stuck_and_does_not_come_twice()
    {
        var (rig, events) = Start();
        rig.Hold(Key.Digit4, down: true);
        Assert.Equal([Key.Digit4], events.Take(1));
        rig.Lose();
        rig.Return();
        events.Log.PassTo(DeviceState.Open);
        rig.Press(Key.Digit4);
        rig.Press(Key.Enter);
        Assert.Equal([Key.Digit4, Key.Enter], events.Take(2));
    }

    [Fact]
    public void A_pad_that_is_not_there_yet_is_found_when_it_comes()
    {
        var rig = Make(_time);
        _rigs.Add(rig);
        rig.Lose();
        var events = new KeypadEvents(_time);
        rig.Pad.Start(events);
        Assert.Equal(DeviceState.Missing, events.Log.Next().State);
        rig.Return();
        events.Log.PassTo(DeviceState.Open);
        rig.Press(Key.Digit8);
        Assert.Equal([Key.Digit8], events.Take(1));
    }

    [Fact]
    public void It_is_started_once()
    {
        var (rig, events) = Start();
        Assert.Throws<InvalidOperationException>(() => rig.Pad.Start(events));
    }

    [Fact]
    public void It_ends_with_a_key_held()
    {
        var (rig, _) = Start();
        rig.Hold(Key.Digit1, down: true);
        rig.Pad.Dispose();
    }

    private protected abstract IKeypadRig Make(ManualTime time);

    private (IKeypadRig Rig, KeypadEvents Events) Start()
    {
        var rig = Make(_time);
        _rigs.Add(rig);
        var events = new KeypadEvents(_time);
        rig.Pad.Start(events);
        var first = events.Log.Next();
        Assert.True(first.State == DeviceState.Open, first.Message);
        return (rig, events);
    }
}

/// <summary>What a keypad's own thread tells, for the test's thread to wait for.</summary>
internal sealed class KeypadEvents(ManualTime time) : IKeypadEvents
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly BlockingCollection<Key> _keys = [];

    public StatusLog Log { get; } = new(time);

    public int Count => _keys.Count;

    public void Pressed(Key key) => _keys.Add(key);

    public void Changed(DeviceStatus status) => Log.Add(status);

    public List<Key> Take(int count)
    {
        var keys = new List<Key>();
        while (keys.Count < count && _keys.TryTake(out var key, s_patience))
            keys.Add(key);
        return keys;
    }
}
