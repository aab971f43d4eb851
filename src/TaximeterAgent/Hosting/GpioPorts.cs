using TaximeterAgent.Configuration;
using TaximeterAgent.Gpio;
using TaximeterAgent.Optional;

namespace TaximeterAgent.Hosting;

/// <summary>Where GPIO lines come from, as the configuration asks for it.</summary>
internal static class GpioPorts
{
    /// <summary>The chips of this machine, or a FIFO in a chip's place.</summary>
    /// <param name="driver">What drives the lines of chips.</param>
    /// <param name="fifo">True for a FIFO, which no driver is asked about.</param>
    public static IGpioPort Of(GpioDriver driver, bool fifo = false)
    {
        if (fifo)
            return new GpioFifo();
        return driver == GpioDriver.SystemDeviceGpio ? IotAdapters.Gpio() : new GpioChips();
    }
}
