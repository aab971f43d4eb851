using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Hosting;

/// <summary>
/// The engine with its devices. Each device has a thread of its own and only posts; what it posts is taken by the engine's thread, on which everything here but
/// the constructor runs.
/// </summary>
internal sealed class Car : IDisposable, ISerialEvents, IKeypadEvents, IIgnitionEvents
{
    /// <summary>More than it takes to open the meter's line and to hear a meter that is there; less than anybody waits for.</summary>
    private static readonly TimeSpan s_listenFirst = TimeSpan.FromMilliseconds(500);

    private readonly CarParts _parts;
    private readonly ReceivedBytes _received = new();
    private volatile bool _ignition = true;
    private bool _lineSeen;
    private long _dropped;
    private bool _lineOpen = true; // until it is known better: the display does not blink at each start

    public Car(CarParts parts, Action wake)
    {
        _parts = parts;
        Engine = new Engine(parts.Engine with { WriteLine = frame => parts.Line.Write(frame) }, wake);
        Driver = new DriverDesk(Engine, () => Status, parts.Engine.Time, parts.Options.Car.Language, parts.Options.Car.Country, parts.Display.Show, parts.Desk with { Printer = parts.Printer });
        Engine.Settled += () =>
        {
            if (_ignition == Engine.Power?.Failing)
                Engine.Post(TakeIgnition);
        };
        if (parts.Signals is { } signals)
            Driver.Signalled += signals.Give;

        // A new trip is a good moment to repair what a brown-out has done to the display: nobody reads it then.
        Engine.Meter.Hired += parts.Display.Reset;
        Engine.Meter.FrameSeen += FrameSeen;
        if (Engine.Prints is { } prints)
            prints.Printed += Printed;
    }

    public Engine Engine { get; }

    public DriverDesk Driver { get; }

    public CarStatus Status => new()
    {
        LineOpen = _lineOpen,
        OtherMeter = Engine.Link.OtherMeter is not null,
        MeterHeard = Engine.MeterHeard,
        Online = Engine.Dispatcher.Online,
        KeypadReady = _parts.Keypad.Status is null or { State: DeviceState.Open },
        StoreWritable = Engine.StoreWritable,
        SetUp = _parts.Options.EPayment.HasKeys,
        Ignition = Engine.Power?.Failing != true,
        Printer = _parts.Printer.Fitted ? _parts.Printer.Status : null,
        UnderWay = Engine.Dispatcher.Count,
    };

    public void Start()
    {
        // A meter that waits for an answer is heard before anything else is done; the first round answers it.
        if (Engine.Prints is null)
            _parts.Line.Start(this);
        Engine.Start();
        Engine.ListenFirst(s_listenFirst);
        HostLog.Resumed(_parts.Log, Engine.Book.Trips.Count());
        Engine.Drain();
        _parts.Display.Start(status => Tell("display", status));
        _parts.Signals?.Start(status => Tell("signals", status));
        // The round that a change begins draws the display, which says how it stands with the paper.
        _parts.Printer.Start(status => Tell("printer", status), _ => Engine.Post(() => { }));
        _parts.Keypad.Start(this);
        if (Engine.Prints is not null)
            _parts.Line.Start(this);
        if (Engine.Contacts is { } contacts)
        {
            var watch = new ContactWatch(_parts.Watch, _parts.Options.Meter.Contacts);
            _parts.Contacts?.Start(new ContactPosts(Engine, contacts, status => Tell("meter contacts", status), watch));
        }


        _parts.Ignition?.Start(this);
    }

    public void Dispose()
    {
        _parts.Line.Dispose();
        _parts.Contacts?.Dispose();
        _parts.Ignition?.Dispose();
        _parts.Keypad.Dispose();
        Engine.Dispose();
        _parts.Display.Dispose();
        _parts.Signals?.Dispose();
        _parts.Printer.Dispose();
    }

    void ISerialEvents.Received(ReadOnlySpan<byte> bytes)
    {
        if (_received.Add(bytes) && !Engine.Post(Hear))
            _received.NotTaken();
    }

    void ISerialEvents.Changed(DeviceStatus status)
    {
        Tell("meter line", status);
        Engine.Post(() => LineChanged(status.State));
    }

    void IKeypadEvents.Pressed(Key key) => Engine.Post(() => Pressed(key));

    void IKeypadEvents.Changed(DeviceStatus status)
    {
        Tell("keypad", status);
        Engine.Post(() => { }); // the round that this begins draws the display, which says whether there are keys
    }

    private void LineChanged(DeviceState state)
    {
        var open = state is DeviceState.Open or DeviceState.Stalled;
        if (Engine.Prints is { } prints)
        {
            // A wire that is only listened to: nothing is ever said on it.
            prints.Heard = open;
            (_lineSeen, _lineOpen) = (_lineSeen || open, open);
            return;
        }

        // A line that flows again was never closed: nothing is to be said anew.
        if (open && state == DeviceState.Open && (!_lineOpen || !_lineSeen))
            Engine.Link.Start();
        else if (!open)
            Engine.Link.LineLost();
        _lineSeen |= open;
        _lineOpen = open;
    }

    private void Pressed(Key key)
    {
        // A digit of a customer's number is a digit to whoever watches, and no more.
        var hidden = key.Digit() is not null && Driver.TakesNumber;
        Driver.Press(key);
        if (_parts.Watch.IsWatched(WatchTopic.Keypad))
            _parts.Watch.Publish(WatchTopic.Keypad, new WatchEvent("key") { Name = Shown(), Value = "pressed" });
        // Of a matrix this is all that is told: the edges of its columns would give away a digit, and those of a scan come two hundred times a second.
        if (_parts.Keypad is IMatrixKeypad && _parts.Watch.IsWatched(WatchTopic.Gpio))
            _parts.Watch.Publish(WatchTopic.Gpio, new WatchEvent("edge") { Name = Shown(), Value = "pressed", Text = "key matrix" });

        string Shown() => hidden ? "digit" : Kebab.Of(key);
    }

    private void FrameSeen(TfpFrameRecord frame)
    {
        if (_parts.Watch.IsWatched(WatchTopic.Meter))
            _parts.Watch.Publish(WatchTopic.Meter, new WatchEvent("frame") { From = frame.Sent ? "agent" : "meter", Name = frame.Type, Text = frame.Payload, Meaning = FrameMeaning.Of(frame) });
    }

    private void Hear()
    {
        var bytes = _received.Take();
        if (Engine.Prints is not { } prints)
        {
            Engine.Link.Receive(bytes);
            return;
        }

        prints.Receive(bytes);
        if (_received.Dropped == _dropped)
            return;
        _dropped = _received.Dropped;
        prints.Lost();
    }

    private void Printed(ReceiptReading reading, string what)
    {
        HostLog.Printed(_parts.Log, Kebab.Of(reading.Kind), what);
        if (_parts.Watch.IsWatched(WatchTopic.Meter))
            _parts.Watch.Publish(WatchTopic.Meter, new WatchEvent("print") { From = "meter", Name = Kebab.Of(reading.Kind), Text = what });
    }

    private void Tell(string device, DeviceStatus status)
    {
        WatchTopic[] topics = device switch
        {
            "display" or "printer" => [],
            "keypad" => _parts.Keypad is IMatrixKeypad ? [WatchTopic.Keypad, WatchTopic.Gpio] : [WatchTopic.Keypad],
            "meter line" => [WatchTopic.Meter],
            "meter contacts" => [WatchTopic.Meter, WatchTopic.Gpio],
            _ => [WatchTopic.Gpio],
        };
        foreach (var topic in topics)
            _parts.Watch.Publish(topic, new WatchEvent("device") { Name = device, Value = Kebab.Of(status.State), Text = status.Message });
        HostLog.Device(_parts.Log, device, status);
    }

    void IIgnitionEvents.Turned(bool on)
    {
        // Not to be lost: the engine looks again by itself after its next round if there is no room for it now.
        _ignition = on;
        Engine.Post(TakeIgnition);
        if (!_parts.Watch.IsWatched(WatchTopic.Gpio))
            return;
        var what = _parts.Ignition?.Status is { State: DeviceState.Open } ? "ignition" : "ignition, taken for on while its line is not to be had";
        _parts.Watch.Publish(WatchTopic.Gpio, WatchEvent.Edge(_parts.Options.Ignition.Line, on, what));
    }

    void IIgnitionEvents.Changed(DeviceStatus status) => Tell("ignition line", status);

    private void TakeIgnition()
    {
        if (Engine.Power is not { } power || _ignition == !power.Failing)
            return;
        if (_ignition)
            power.Back();
        else
            power.Lost();
    }
}
