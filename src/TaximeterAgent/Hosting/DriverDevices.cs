using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Optional;
using TaximeterAgent.Printer;
using TaximeterAgent.Printer.InLine;

namespace TaximeterAgent.Hosting;

/// <summary>The driver's devices as the configuration asks for them; not started.</summary>
internal static class DriverDevices
{
    /// <summary>The keypad that the configuration asks for.</summary>
    public static IKeypad Keypad(AgentOptions options, TimeProvider time) => options.Driver.Keypad switch
    {
        KeypadKind.InputEvents => new InputEventKeypad(new InputEventOptions(options.Driver.KeypadDevice, options.Driver.KeypadFifo, options.Driver.Keymap), time),
        KeypadKind.Matrix => MatrixOf(options.Driver.Matrix, options.GpioDriver, time),
        KeypadKind.KeyMatrix => IotAdapters.Keypad(options.Driver.Matrix, time),
        _ => new NoKeypad(),
    };

    /// <summary>The display that the configuration asks for.</summary>
    public static ICharacterDisplay Display(DriverOptions driver, Language language, TimeProvider time)
    {
        var (device, columns, rows) = (driver.DisplayDevice, driver.DisplayColumns, driver.DisplayRows);
        return driver.Display switch
        {
            DisplayKind.Lcd => new LcdDisplay(device, columns, rows, Code(language), time),
            DisplayKind.Pcf8574 => new Pcf8574Display(new Pcf8574Options(device, driver.DisplayAddress, columns, rows, Code(language), driver.DisplayFifo), time),
            DisplayKind.Serial => new CustomerDisplay(new CustomerDisplayOptions(device, driver.DisplayBaudRate, columns, rows, driver.DisplayCodePage), time),
            DisplayKind.CharacterLcd => IotAdapters.Display(driver, Code(language), time),
            DisplayKind.Terminal => new TerminalDisplay(columns, rows, time),
            _ => new NoDisplay(columns, rows),
        };
    }

    /// <summary>The printer that the configuration asks for.</summary>
    /// <param name="printer">What it asks for.</param>
    /// <param name="car">What stands on its paper.</param>
    /// <param name="heard">True if the meter is heard by what it prints on this line.</param>
    /// <param name="time">How time passes.</param>
    public static ICustomerPrinter Printer(PrinterOptions printer, CarOptions car, bool heard, TimeProvider time)
    {
        if (printer.Kind == PrinterKind.None)
            return new NoPrinter();
        var port = new PrinterPort(printer.Port, printer.BaudRate, printer.Flow);
        var style = new PaperStyle(printer.Columns, new CodePage(printer.CodePage), printer.Qr, printer.Cut, printer.Header, car.Brand, car.Id, time.LocalTimeZone);
        return printer.MeterPort.Length == 0
            ? new EscPosPrinter(port, printer.Asks, style, time)
            : new InLinePrinter(port with { Path = printer.MeterPort, HoldsBypass = true }, port, printer.Quiet, style, heard, time);
    }

    private static MatrixKeypad MatrixOf(MatrixOptions options, GpioDriver driver, TimeProvider time) => new(
        options.Chip,
        options.Rows.Split(','),
        options.Columns.Split(','),
        options.Debounce,
        GpioPorts.Of(driver),
        time);

    private static string Code(Language language) => language switch
    {
        Language.Norwegian => "nb",
        Language.Swedish => "sv",
        Language.Danish => "da",
        Language.Finnish => "fi",
        _ => "en",
    };
}
