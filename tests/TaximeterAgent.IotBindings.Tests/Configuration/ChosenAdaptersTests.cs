using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting;
using TaximeterAgent.IotBindings.Displays;
using TaximeterAgent.IotBindings.Gpio;
using TaximeterAgent.IotBindings.Keypads;
using TaximeterAgent.IotBindings.Serial;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.IotBindings.Tests.Configuration;

/// <summary>An agent that has the adapters takes what its configuration chooses.</summary>
public sealed class ChosenAdaptersTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public void The_meters_line_is_System_IO_Ports()
    {
        using var line = SerialLines.Of(_configuration.With("Meter:Serial:Driver", "\"system-io-ports\"").Options().Meter.Serial, TimeProvider.System);
        Assert.IsType<SystemIoPortsLine>(line);
    }

    [Fact]
    public void Lines_are_System_Device_Gpio()
    {
        var options = _configuration.With("Gpio:Driver", "\"system-device-gpio\"").Options();
        Assert.IsType<SystemDeviceGpioPort>(GpioPorts.Of(options.GpioDriver));
        Assert.IsNotType<SystemDeviceGpioPort>(GpioPorts.Of(options.GpioDriver, fifo: true)); // a FIFO is no chip of the library's
    }

    [Fact]
    public void The_keypad_is_KeyMatrix()
    {
        _configuration.With("Driver:Keypad", "\"key-matrix\"").With("Driver:Matrix:Rows", "\"1,2,3,4\"");
        Assert.StartsWith("Driver:Matrix:Columns: found \"\" in ", _configuration.OneFault(), StringComparison.Ordinal);
        using var pad = DriverDevices.Keypad(_configuration.With("Driver:Matrix:Columns", "\"5,6,7\"").Options(), TimeProvider.System);
        Assert.IsType<KeyMatrixKeypad>(pad);
    }

    [Fact]
    public void The_display_is_CharacterLcd_on_a_bus()
    {
        _configuration.With("Driver:Display", "\"character-lcd\"");
        Assert.EndsWith("; expected the bus, such as /dev/i2c-1, because Driver:Display is \"character-lcd\"", _configuration.OneFault(), StringComparison.Ordinal);
        Made(_configuration.With("Driver:DisplayDevice", "\"/dev/i2c-1\""), "The display at 0x27 on /dev/i2c-1");
        _configuration.With("Driver:DisplayRows", "4");
        Assert.EndsWith("; expected 20, because Driver:DisplayRows is 4 and Driver:Display is \"character-lcd\"", _configuration.OneFault(), StringComparison.Ordinal);
        _configuration.With("Driver:DisplayColumns", "20").Options();
    }

    [Fact]
    public void The_display_is_CharacterLcd_on_lines()
    {
        _configuration.With("Driver:Display", "\"character-lcd\"").With("Driver:Lcd:Data", "\"4,5,6,7\"").With("Driver:Lcd:Enable", "\"8\"");
        Assert.EndsWith("; expected a GPIO line by number or name, because Driver:Lcd:Data is \"4,5,6,7\"", _configuration.OneFault(), StringComparison.Ordinal);
        _configuration.With("Driver:Lcd:RegisterSelect", "\"8\"");
        Assert.EndsWith("; expected a line that nothing else of the display has", _configuration.OneFault(), StringComparison.Ordinal);
        Made(_configuration.With("Driver:Lcd:RegisterSelect", "\"9\""), "The display on gpiochip0");
    }

    private static void Made(TestConfiguration configuration, string name)
    {
        using var display = DriverDevices.Display(configuration.Options().Driver, Language.English, TimeProvider.System);
        Assert.IsType<CharacterLcdDisplay>(display);
        display.Start(_ => { });
        var fault = Assert.Throws<InvalidOperationException>(() => display.Start(_ => { }));
        Assert.StartsWith(name, fault.Message, StringComparison.Ordinal);
    }
}
