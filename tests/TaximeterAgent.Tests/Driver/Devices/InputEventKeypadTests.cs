using System.Collections.Concurrent;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices;

public sealed class InputEventKeypadTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly ManualTime _time = new();
    private readonly List<InputEventKeypad> _pads = [];

    public void Dispose()
    {
        _pads.ForEach(pad => pad.Dispose());
        _files.Dispose();
    }

    [Fact]
    public void Keys_come_through_a_FIFO_whoever_writes_it_and_however_often_it_is_opened()
    {
        var path = _files.Fifo("keys");
        var events = Start(path, allowFifo: true);
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        foreach (var code in (ushort[])[2, 28])
        {
            var writer = TestFiles.Open(path);
            TestFiles.Write(writer, InputEventTests.Event(InputEventTests.KeyEvent, code, 1));
            Assert.Equal(code == 2 ? Key.Digit1 : Key.Enter, events.Next());
            TestFiles.Close(writer);
        }
    }

    [Fact]
    public void A_FIFO_that_was_not_asked_for_is_refused()
    {
        var status = Start(_files.Fifo("keys"), allowFifo: false).Log.Next();
        Assert.Equal(DeviceState.Unusable, status.State);
        Assert.Contains("Driver:KeypadFifo", status.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_no_input_device_is_refused(bool allowFifo)
    {
        File.WriteAllBytes(_files.Path("file"), InputEventTests.Event(InputEventTests.KeyEvent, 2, 1));
        foreach (var path in (string[])["/dev/null", _files.Path("file")])
        {
            var events = Start(path, allowFifo);
            var status = events.Log.Next();
            Assert.Equal(DeviceState.Unusable, status.State);
            Assert.Contains(path, status.Message);
            Assert.Contains("not an input device", status.Message);
            Assert.Equal(0, events.Count);
        }
    }

    [Fact]
    public void A_pad_that_is_plugged_in_later_is_found()
    {
        var events = Start(_files.Path("keys"), allowFifo: true);
        Assert.Equal(DeviceState.Missing, events.Log.Next().State);
        var path = _files.Fifo("keys");
        events.Log.PassTo(DeviceState.Open);
        var writer = TestFiles.Open(path);
        TestFiles.Write(writer, InputEventTests.Event(InputEventTests.KeyEvent, 11, 1));
        Assert.Equal(Key.Digit0, events.Next());
        TestFiles.Close(writer);
    }

    private Events Start(string path, bool allowFifo)
    {
        var pad = new InputEventKeypad(new InputEventOptions(path, allowFifo, Keymap.Standard), _time);
        _pads.Add(pad);
        var events = new Events(_time);
        pad.Start(events);
        return events;
    }

    private sealed class Events(ManualTime time) : IKeypadEvents
    {
        private readonly BlockingCollection<Key> _keys = [];

        public StatusLog Log { get; } = new(time);

        public int Count => _keys.Count;

        public void Pressed(Key key) => _keys.Add(key);

        public void Changed(DeviceStatus status) => Log.Add(status);

        public Key Next() => _keys.TryTake(out var key, TimeSpan.FromSeconds(30)) ? key : throw new InvalidOperationException("No key was heard.");
    }
}
