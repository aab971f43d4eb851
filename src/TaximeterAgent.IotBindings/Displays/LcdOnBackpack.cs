using System.Device.Gpio;
using System.Device.I2c;
using System.Globalization;
using Iot.Device.Pcx857x;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.IotBindings.Displays;

/// <summary>
/// A display behind a PCF8574 on an I2C bus, wired as the usual backpack is. The expander is the library's GPIO driver for it, because its interface for such
/// displays (CreateI2c with four bits) changes RS together with the rise of E, which the controller's datasheet forbids.
/// </summary>
public sealed class LcdOnBackpack : LcdWiring
{
    private const string Prefix = "/dev/i2c-";
    private const byte LightOnly = 0x08;

    private static readonly LcdPins s_pins = new(RegisterSelect: 0, Enable: 2, Data: [4, 5, 6, 7], Light: 3, ReadWrite: 1);

    private readonly string _bus;
    private readonly int _address;
    private readonly Func<I2cDevice>? _device;

    /// <param name="bus">The bus, <c>/dev/i2c-1</c> or a link to it.</param>
    /// <param name="address">The expander's: 0x20 to 0x27 (PCF8574), 0x38 to 0x3F (PCF8574A).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such expander has this address.</exception>
    public LcdOnBackpack(string bus, int address)
        : this(bus, address, null)
    {
    }

    /// <param name="bus">The bus's name, for messages.</param>
    /// <param name="address">The expander's.</param>
    /// <param name="device">What stands in for the expander, in a test; it throws an <see cref="IOException"/> while there is none.</param>
    public LcdOnBackpack(string bus, int address, Func<I2cDevice>? device)
    {
        ArgumentException.ThrowIfNullOrEmpty(bus);
        I2cClaim.DemandExpander(address);
        (_bus, _address, _device) = (bus, address, device);
    }

    /// <inheritdoc/>
    public override string Name => I2cClaim.Name(_bus, _address);

    /// <inheritdoc/>
    public override TimeSpan CheckEvery => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override GpioDriver? Open(out LcdPins pins, out IDisposable? claim, out DeviceStatus status)
    {
        pins = s_pins;
        claim = null;
        if (_device is null && Claim(out claim) is { } refused)
        {
            status = refused.Status;
            return null;
        }

        I2cDevice? device = null;
        try
        {
            device = _device is null ? I2cDevice.Create(new I2cConnectionSettings(Number(_bus), _address)) : _device();
            // The bus opens whether or not somebody answers on it.
            device.WriteByte(LightOnly);
            status = new DeviceStatus(DeviceState.Open, $"{Name} is open.");
            return new Pcf8574(device);
        }
        catch (IOException)
        {
            device?.Dispose();
            claim?.Dispose();
            claim = null;
            status = I2cClaim.Silent(Name).Status;
            return null;
        }
    }

    // The library asks nobody whether the address is a driver's of the kernel, and locks nothing.
    private DeviceOpening? Claim(out IDisposable? claim)
    {
        claim = null;
        var descriptor = Libc.Open(_bus, Libc.WriteOnly | Libc.NonBlocking | Libc.CloseOnExec | Libc.NoControllingTerminal, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(Name, _bus, Libc.Error);
        var refused = I2cClaim.Take(descriptor, Name, _bus, _address);
        if (refused is null && Number(_bus) < 0)
            refused = DeviceOpening.Failed(DeviceState.Unusable, $"{Name}: {_bus} is not {Prefix}N, and System.Device.I2c knows no other buses.");
        if (refused is null)
            claim = new Descriptor(descriptor);
        else
            Libc.Close(descriptor);
        return refused;
    }

    private static int Number(string bus)
    {
        var device = File.ResolveLinkTarget(bus, returnFinalTarget: true)?.FullName ?? bus;
        return device.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(device.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    private sealed class Descriptor(int number) : IDisposable
    {
        public void Dispose() => Libc.Close(number);
    }
}
