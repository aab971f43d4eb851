using System.Device.Gpio;

namespace TaximeterAgent.IotBindings.Displays;

/// <summary>Where a display's pins are. -1 is a pin that is not wired.</summary>
/// <param name="RegisterSelect">RS.</param>
/// <param name="Enable">E.</param>
/// <param name="Data">D4 to D7.</param>
/// <param name="Light">The light.</param>
/// <param name="ReadWrite">R/W, which is held low.</param>
public sealed record LcdPins(int RegisterSelect, int Enable, IReadOnlyList<int> Data, int Light, int ReadWrite);

/// <summary>How a display is connected.</summary>
public abstract class LcdWiring
{
    /// <summary>The display, for people: begins messages.</summary>
    public abstract string Name { get; }

    /// <summary>How often an idle display is asked whether it is there; infinite where no answer would come.</summary>
    public virtual TimeSpan CheckEvery => Timeout.InfiniteTimeSpan;

    /// <summary>Opens what the display is connected to.</summary>
    /// <param name="pins">Its pins there.</param>
    /// <param name="claim">What is held besides, and given up with it; null for nothing.</param>
    /// <param name="status">What to tell.</param>
    /// <returns>The caller's; null if it is not to be had.</returns>
    public abstract GpioDriver? Open(out LcdPins pins, out IDisposable? claim, out DeviceStatus status);
}
