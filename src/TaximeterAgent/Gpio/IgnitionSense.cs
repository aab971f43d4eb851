using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Gpio;

/// <summary>Who is told of the ignition. Called on the line's own thread: must return soon, must not throw.</summary>
internal interface IIgnitionEvents
{
    void Turned(bool on);

    void Changed(DeviceStatus status);
}

/// <summary>The line that senses the ignition. One that cannot be had counts as on: a broken wire stops no payment.</summary>
internal sealed class IgnitionSense : IDisposable, IGpioLineEvents
{
    private readonly IGpioLineSet _device;
    private IIgnitionEvents? _events;
    private bool _on = true;

    public IgnitionSense(LinePlan plan, IGpioPort port, TimeProvider time) => _device = port.Keep("The ignition's line", plan, this, time);

    public DeviceStatus? Status => _device.Status;

    /// <summary>Once.</summary>
    public void Start(IIgnitionEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (Interlocked.CompareExchange(ref _events, events, null) is not null)
            throw new InvalidOperationException("The ignition's line was started already.");
        _device.Start();
    }

    public void Dispose() => _device.Dispose();

    void IGpioLineEvents.Edge(int line, bool active) => Turn(active);

    void IGpioLineEvents.Levels(ulong bits) => Turn((bits & 1) != 0);

    void IGpioLineEvents.Changed(DeviceStatus status)
    {
        _events!.Changed(status);
        if (status.State != DeviceState.Open)
            Turn(true);
    }

    private void Turn(bool on)
    {
        if (on == _on)
            return;
        _on = on;
        _events!.Turned(on);
    }
}
