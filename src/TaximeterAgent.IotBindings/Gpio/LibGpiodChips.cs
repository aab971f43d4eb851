using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Globalization;
using TaximeterAgent.Gpio;

namespace TaximeterAgent.IotBindings.Gpio;

/// <summary>
/// The chips of this machine through libgpiod, of which the libraries know two versions. Chips and lines are found as by default, because the libraries know chips by
/// number and lines by offset only. SysFsDriver is not used: it has numbers of its own, no pull resistors, and an interface that kernels leave out.
/// </summary>
public sealed class LibGpiodChips : IGpioChips
{
    private const string Prefix = "/dev/gpiochip";

    /// <inheritdoc/>
    public GpioDriver? Open(string name, string chip, IReadOnlyList<string> lines, out int[] offsets, out DeviceStatus status)
    {
        ArgumentNullException.ThrowIfNull(lines);
        offsets = new int[lines.Count];
        if (GpioChip.TryFind(chip, out var found) is { } none)
        {
            status = none with { Message = $"{name}: {none.Message}" };
            return null;
        }

        using (found)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                if (found!.TryFindLine(lines[i], out var offset) is { } missing)
                {
                    status = missing with { Message = $"{name}: {missing.Message}" };
                    return null;
                }

                offsets[i] = (int)offset;
            }

            return Driver(name, found!.Path, offsets, out status);
        }
    }

    private static GpioDriver? Driver(string name, string path, int[] offsets, out DeviceStatus status)
    {
        var device = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (!device.StartsWith(Prefix, StringComparison.Ordinal) || !int.TryParse(device.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            status = new DeviceStatus(DeviceState.Unusable, $"{name}: {path} is not {Prefix}N, and System.Device.Gpio knows no other chips.");
            return null;
        }

        try
        {
            // Both throw this where the C library is missing; the second is in Debian 12, the first in what comes after it.
            if (!GpioDriver.TryCreate<GpioDriver>(() => new LibGpiodV2Driver(number), out var driver) && !GpioDriver.TryCreate(() => new LibGpiodDriver(number), out driver))
            {
                status = new DeviceStatus(DeviceState.Unusable, $"{name}: System.Device.Gpio needs libgpiod: apt install libgpiod3, or libgpiod2 on Debian 12.");
                return null;
            }

            status = new DeviceStatus(DeviceState.Open, $"{name}: lines {string.Join(", ", offsets)} of {path} are open.");
            return driver;
        }
        catch (Exception fault)
        {
            status = new DeviceStatus(DeviceState.Unusable, $"{name}: {path} cannot be opened by System.Device.Gpio: {fault.Message.TrimEnd('.')}.");
            return null;
        }
    }
}
