namespace TaximeterAgent.IotBindings.Gpio;

/// <summary>GPIO lines through System.Device.Gpio.</summary>
/// <param name="chips">Where drivers come from.</param>
public sealed class SystemDeviceGpioPort(IGpioChips chips) : IGpioPort
{
    /// <inheritdoc/>
    public IGpioLineSet Keep(string name, LinePlan plan, IGpioLineEvents events, TimeProvider time) => new KeptLines(name, plan, chips, events, time);
}
