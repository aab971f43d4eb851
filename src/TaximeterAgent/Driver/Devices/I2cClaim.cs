using System.Globalization;

namespace TaximeterAgent.Driver.Devices;

/// <summary>An I2C bus's device, asked for the display's expander on it.</summary>
internal static class I2cClaim
{
    private const nuint SetAddress = 0x0703; // I2C_SLAVE: refuses an address that a driver of the kernel's has

    /// <summary>What the display is called in messages.</summary>
    public static string Name(string bus, int address) => $"The display at 0x{address.ToString("X2", CultureInfo.InvariantCulture)} on {bus}";

    /// <exception cref="ArgumentOutOfRangeException">No such expander has this address.</exception>
    public static void DemandExpander(int address)
    {
        if (address is not ((>= 0x20 and <= 0x27) or (>= 0x38 and <= 0x3F)))
            throw new ArgumentOutOfRangeException(nameof(address), address, "A PCF8574 has an address from 0x20 to 0x27, a PCF8574A from 0x38 to 0x3F.");
    }

    /// <summary>Takes the address on a bus that was opened, and locks the bus.</summary>
    /// <param name="descriptor">The bus.</param>
    /// <param name="name">The display, for people.</param>
    /// <param name="bus">Where the bus is.</param>
    /// <param name="address">The expander's.</param>
    /// <returns>Why it is not ours; null if it is.</returns>
    public static DeviceOpening? Take(int descriptor, string name, string bus, int address)
    {
        if (Libc.Control(descriptor, SetAddress, address) < 0)
        {
            return Libc.Error == Libc.EBUSY
                ? DeviceOpening.Failed(DeviceState.Busy, $"{name} belongs to a driver of the kernel's: use its device, or take its overlay away.")
                : DeviceOpening.Failed(DeviceState.Unusable, $"{name}: {bus} is not an I2C bus.");
        }

        // Nothing in the kernel keeps two programs from the same address; two agents on one display would each see half of it garbled.
        return Libc.Lock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) < 0 ? DeviceOpening.FromError(name, bus, Libc.Error) : null;
    }

    /// <summary>What to tell of a bus on which nobody answers.</summary>
    public static DeviceOpening Silent(string name) =>
        DeviceOpening.Failed(DeviceState.Missing, $"{name} does not answer: not connected, without power, or set to another address.");
}
