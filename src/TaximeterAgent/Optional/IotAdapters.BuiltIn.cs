using TaximeterAgent.Configuration;
using TaximeterAgent.IotBindings.Displays;
using TaximeterAgent.IotBindings.Gpio;
using TaximeterAgent.IotBindings.Keypads;
using TaximeterAgent.IotBindings.Serial;

namespace TaximeterAgent.Optional;

/// <summary>The adapters on System.IO.Ports, System.Device.Gpio and Iot.Device.Bindings. Compiled in place of its twin with <c>-p:WithIotBindings=true</c>.</summary>
internal static class IotAdapters
{
    /// <summary>Whether they were built in.</summary>
    public static bool Built => true;

    /// <summary>The property of the build that has them.</summary>
    public const string Property = "-p:WithIotBindings=true";

    public static ISerialLine Line(SerialLineOptions options, TimeProvider time, bool othersFirst) => new SystemIoPortsLine(options, time) { OthersFirst = othersFirst };

    public static IGpioPort Gpio() => new SystemDeviceGpioPort(new LibGpiodChips());

    public static IKeypad Keypad(MatrixOptions options, TimeProvider time) =>
        new KeyMatrixKeypad(new KeyMatrixOptions(options.Chip, options.Rows.Split(','), options.Columns.Split(','), options.Debounce), new LibGpiodChips(), time);

    public static ICharacterDisplay Display(DriverOptions options, string language, TimeProvider time)
    {
        var lcd = options.Lcd;
        LcdWiring wiring = lcd.Data.Length > 0
            ? new LcdOnLines(new LcdLines(lcd.Chip, lcd.RegisterSelect, lcd.Enable, lcd.Data.Split(','), lcd.Light), new LibGpiodChips())
            : new LcdOnBackpack(options.DisplayDevice, options.DisplayAddress);
        return new CharacterLcdDisplay(wiring, options.DisplayColumns, options.DisplayRows, language, time);
    }
}
