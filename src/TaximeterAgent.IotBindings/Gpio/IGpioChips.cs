using System.Device.Gpio;

namespace TaximeterAgent.IotBindings.Gpio;

/// <summary>Where the libraries' drivers come from: the chips of this machine, or in a test what stands in for one.</summary>
public interface IGpioChips
{
    /// <summary>Opens a chip.</summary>
    /// <param name="name">What its lines are for, for people: begins the messages.</param>
    /// <param name="chip">The chip as the configuration names it: device, name or label.</param>
    /// <param name="lines">The lines as the configuration names them, by number or name.</param>
    /// <param name="offsets">Their numbers on the chip.</param>
    /// <param name="status">What to tell.</param>
    /// <returns>The caller's; null if it is not to be had.</returns>
    GpioDriver? Open(string name, string chip, IReadOnlyList<string> lines, out int[] offsets, out DeviceStatus status);
}
