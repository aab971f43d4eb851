using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Hosting;


/// <summary>
/// The engine with its devices. Each device has a thread of its own and only posts; what it posts is taken by the engine's thread, on which everything here but
/// the constructor runs.
/// </summary>
internal sealed class Car : IDisposable, ISerialEvents, IKeypadEvents, IIgnitionEvents
{
    private readonly CarParts _parts;
    private volatile bool _ignition = true;

    public Car(CarParts parts, Action wake)
    {
        _parts = parts;
        Engine = new Engine(parts.Engine with { WriteLine = frame => parts.Line.Write(frame) }, wake);
        Driver = new DriverDesk(Engine, () => Status, parts.Engine.Time, parts.Options.Car.Language, parts.Options.Car.Country, parts.Display.Show, parts.Desk);
        Engine.Settled += () =>
        {
            if (_ignition == Engine.Power?.Failing)
                Engine.Post(TakeIgnition);
        };
        if (parts.Signals is { } signals)
            Driver.Signalled += signals.Give;

        // A new trip is a good moment to repair what a brown-out has done to the display: nobody reads it then.
        Engine.Meter.Hired += parts.Display.Reset;
    }

    public Engine Engine { get; }

    public DriverDesk Driver { get; }

    public CarStatus Status => new()
    {
        MeterHeard = Engine.MeterHeard,
        Online = Engine.Dispatcher.Online,
        KeypadReady = _parts.Keypad.Status is null or { State: DeviceState.Open },
        StoreWritable = Engine.StoreWritable,
        Ignition = Engine.Power?.Failing != true,
        UnderWay = Engine.Dispatcher.Count,
    };

    public void Start()
    {
        Engine.Start();
        HostLog.Resumed(_parts.Log, Engine.Book.Trips.Count());
        Engine.Drain();
        _parts.Display.Start(status => Tell("display", status));
        _parts.Signals?.Start(status => Tell("signals", status));
        _parts.Keypad.Start(this);
        _parts.Line.Start(this);
        if (Engine.Contacts is { } contacts)
            _parts.Contacts?.Start(new ContactPosts(Engine, contacts, _parts.Log));
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
    }

    // What does not fit is dropped: the meter says it again.
    void ISerialEvents.Received(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Engine.Post(() => Engine.Link.Receive(copy));
    }

    void ISerialEvents.Changed(DeviceStatus status)
    {
        Tell("meter line", status);
        if (status.State == DeviceState.Open)
            Engine.Post(Engine.Link.Start);
    }

    void IKeypadEvents.Pressed(Key key) => Engine.Post(() => Driver.Press(key));

    void IKeypadEvents.Changed(DeviceStatus status)
    {
        Tell("keypad", status);
        Engine.Post(() => { }); // the round that this begins draws the display, which says whether there are keys
    }

    void IIgnitionEvents.Turned(bool on)
    {
        // Not to be lost: the engine looks again by itself after its next round if there is no room for it now.
        _ignition = on;
        Engine.Post(TakeIgnition);
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

    private void Tell(string device, DeviceStatus status) => HostLog.Device(_parts.Log, device, status);
}
