using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Hosting;

/// <summary>The driver's devices as the configuration asks for them; not started.</summary>
internal static class DriverDevices
{
    /// <summary>The keypad that the configuration asks for.</summary>
    public static IKeypad Keypad(DriverOptions driver, TimeProvider time) => driver.Keypad switch
    {
        KeypadKind.InputEvents => new InputEventKeypad(new InputEventOptions(driver.KeypadDevice, driver.KeypadFifo, driver.Keymap), time),
        KeypadKind.Matrix => MatrixOf(driver.Matrix, time),
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
            DisplayKind.Terminal => new TerminalDisplay(columns, rows, time),
            _ => new NoDisplay(columns, rows),
        };
    }

    /// <summary>The printer that the configuration asks for.</summary>
    public static ICustomerPrinter Printer(PrinterOptions printer, CarOptions car, TimeProvider time) => printer.Kind == PrinterKind.EscPos
        ? new EscPosPrinter(
            new PrinterPort(printer.Port, printer.BaudRate, printer.Flow),
            printer.Asks,
            new PaperStyle(printer.Columns, new CodePage(printer.CodePage), printer.Qr, printer.Cut, printer.Header, car.Brand, car.Id, time.LocalTimeZone),
            time)
        : new NoPrinter();

    private static MatrixKeypad MatrixOf(MatrixOptions options, TimeProvider time) => new(
        options.Chip,
        options.Rows.Split(','),
        options.Columns.Split(','),
        options.Debounce,
        new GpioChips(),
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
