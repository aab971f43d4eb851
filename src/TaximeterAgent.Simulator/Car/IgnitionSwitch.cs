namespace TaximeterAgent.Simulator.Car;

/// <summary>The car's ignition, as a GPIO line that is active while it is on.</summary>
internal sealed class IgnitionSwitch : IDisposable
{
    public const int Line = 17;

    private readonly GpioWires _wires;
    private readonly Lock _gate = new();

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="time">The time in the events.</param>
    public IgnitionSwitch(string path, TimeProvider time) => _wires = new GpioWires(path, [Line], time);

    public event Action<string>? Turned;

    public void Turn(bool on)
    {
        Turned?.Invoke(on ? "on" : "off");
        lock (_gate)
            _wires.Set(Line, on);
    }

    /// <inheritdoc cref="GpioWires.Forget"/>
    public void Forget()
    {
        lock (_gate)
            _wires.Forget();
    }

    public void Dispose() => _wires.Dispose();
}
