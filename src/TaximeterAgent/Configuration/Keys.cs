using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Printer;
using static TaximeterAgent.Configuration.KeyShapes;

namespace TaximeterAgent.Configuration;

/// <summary>Every key there is. The lower bounds are small so that a test can shorten any wait by configuration and by nothing else.</summary>
/// <remarks>
/// Made at each start, while the meter waits: nothing here is worth a frozen collection, which takes long to make, or a query over values, which is compiled for each type.
/// </remarks>
internal static class Keys
{
    /// <summary>The longest path of a Unix socket, in bytes; the kernel's <c>sun_path</c> has 108 with its end.</summary>
    public const int LongestSocketPath = 107;

    private const int LongestCar = 30;
    private const int LongestBrand = 16;
    private const int LongestMeterId = 64;
    private const int LongestUser = 64;
    private const int LeastPin = 4;
    private const int HeaderLinesMaximum = 6;
    private const int HeaderLineMaximum = 48;

    /// <summary>The kernel's character LCD; no other kind of display has this device.</summary>
    public const string DefaultDisplayDevice = "/dev/lcd";

    // Car

    public static readonly ConfigurationKey<string> CarId = Text(
        "Car:Id", null, $"1 to 14 letters or digits, hyphens allowed but not counted, at most {LongestCar} characters in all",
        text => text.Length <= LongestCar && Reference.IsCar(text),
        "The car. Part of every payment reference and shown on receipts; unique within the prefix.") with { Required = true };

    public static readonly ConfigurationKey<string> CarPrefix = Text(
        "Car:Prefix", null, "1 to 10 letters or digits, a letter first", Reference.IsPrefix,
        "The beginning of every payment reference. Tells fleets that share a sales unit apart.") with { Required = true };

    public static readonly ConfigurationKey<Country> CarCountry = Choice(
        "Car:Country", "NO", "The country whose national phone numbers the driver may key without a country code.",
        ("NO", Country.NO), ("SE", Country.SE), ("DK", Country.DK), ("FI", Country.FI));

    public static readonly ConfigurationKey<Language> CarLanguage = Choice(
        "Car:Language", null, "The language of the driver's display.",
        ("nb", Language.Norwegian), ("sv", Language.Swedish), ("da", Language.Danish), ("fi", Language.Finnish), ("en", Language.English))
        with { DefaultRule = "by country: NO `nb`, SE `sv`, DK `da`, FI `fi`" };

    public static readonly ConfigurationKey<Currency> CarCurrency = Choice(
        "Car:Currency", null, "The currency of the sales unit and of the meter.",
        ("NOK", Currency.NOK), ("DKK", Currency.DKK), ("EUR", Currency.EUR))
        with { DefaultRule = "by country: NO `NOK`, DK `DKK`, FI `EUR`; SE has none and must say it" };

    public static readonly ConfigurationKey<string> CarBrand = Text(
        "Car:Brand", null, $"1 to {LongestBrand} characters, no control characters",
        text => text.Length is >= 1 and <= LongestBrand && text.Trim() == text && !text.Any(char.IsControl),
        "The name of the payment app as the driver and the customer know it.")
        with { DefaultRule = "by country: NO, SE `Vipps`, DK, FI `MobilePay`" };

    // EPayment

    public static readonly ConfigurationKey<string> BaseUrl = Text(
        "EPayment:BaseUrl", null, "https://HOST[:PORT], or http:// for a loopback address; no path, user or query",
        text => Urls.TryService(text, out _),
        "The payment service: `https://api.vipps.no`, or `https://apitest.vipps.no` for tests.") with { Required = true };

    public static readonly ConfigurationKey<string> MerchantSerialNumber = Text(
        "EPayment:MerchantSerialNumber", null, "4 to 7 digits", text => text.Length is >= 4 and <= 7 && text.All(char.IsAsciiDigit),
        "The sales unit that the money goes to. A text in the file, because it is a name and not a number.") with { Required = true };

    public static readonly ConfigurationKey<string> ClientId = Secret(
        "EPayment:ClientId", "epayment-client-id", "The first of the sales unit's three keys.") with { Required = true };

    public static readonly ConfigurationKey<string> ClientSecret = Secret(
        "EPayment:ClientSecret", "epayment-client-secret", "The second of the sales unit's three keys.") with { Required = true };

    public static readonly ConfigurationKey<string> SubscriptionKey = Secret(
        "EPayment:SubscriptionKey", "epayment-subscription-key", "The third of the sales unit's three keys.") with { Required = true };

    public static readonly ConfigurationKey<string> CertificateAuthorities = OptionalPath(
        "EPayment:CertificateAuthorities", "",
        "The only root certificates, as PEM, that the payment service's certificate may come from. Read anew for each new connection. Empty: those that the system trusts.");

    public static readonly ConfigurationKey<TimeSpan> ConnectTimeout = Duration(
        "EPayment:ConnectTimeout", "00:00:05", "00:00:00.050", "00:01:00",
        "How long a connection may take to be made. Not longer than `EPayment:TryTimeout`.");

    public static readonly ConfigurationKey<TimeSpan> TryTimeout = Duration(
        "EPayment:TryTimeout", "00:00:15", "00:00:00.050", "00:02:00", "How long one try of one call may take, the connection included.");

    public static readonly ConfigurationKey<TimeSpan> ConnectionLifetime = Duration(
        "EPayment:ConnectionLifetime", "00:02:00", "00:00:01", "01:00:00",
        "How long a connection is used at most: then the service's name is resolved and its certificate looked at anew.");

    public static readonly ConfigurationKey<TimeSpan> PollFirst = Duration(
        "EPayment:PollFirst", "00:00:05", "00:00:00.010", "00:10:00", "From a created payment to the first look at it.");

    public static readonly ConfigurationKey<TimeSpan> PollEvery = Duration(
        "EPayment:PollEvery", "00:00:02", "00:00:00.010", "00:10:00", "From one look at a payment to the next; two and a half times as long once that was waited for 15 times over. The service allows 120 looks a minute.");

    public static readonly ConfigurationKey<TimeSpan> PaymentLifetime = Duration(
        "EPayment:PaymentLifetime", "00:10:00", "00:00:00.010", "01:00:00",
        "How long the service lets a customer approve. A create of unknown outcome stays uncertain at least so long.");

    public static readonly ConfigurationKey<TimeSpan> CertaintyMargin = Duration(
        "EPayment:CertaintyMargin", "00:01:00", "00:00:00.010", "01:00:00",
        "What is added to `EPayment:PaymentLifetime` before \"not found\" proves anything.");

    public static readonly ConfigurationKey<TimeSpan> BackoffFirst = Duration(
        "EPayment:BackoffFirst", "00:00:02", "00:00:00.010", "00:05:00", "The wait after a first try that failed; it doubles with each further one.");

    public static readonly ConfigurationKey<TimeSpan> BackoffMost = Duration(
        "EPayment:BackoffMost", "00:05:00", "00:00:00.010", "00:05:00", "The longest wait between tries. Not shorter than `EPayment:BackoffFirst`.");

    public static readonly ConfigurationKey<TimeSpan> RateWindow = Duration(
        "EPayment:RateWindow", "00:01:00", "00:00:00.010", "01:00:00",
        "In each such time at most 4 creates, captures, cancels and refunds of one payment are sent. The service allows 5 a minute.");

    // Meter

    public static readonly ConfigurationKey<string> MeterId = Text(
        "Meter:Id", "", $"at most {LongestMeterId} printable ASCII characters without a blank or |, or empty for any meter",
        text => text.Length <= LongestMeterId && text.All(c => c is > ' ' and <= '~' and not '|'),
        "The identity that the meter's frames must name. Empty: the first meter that speaks, and any after it.");

    public static readonly ConfigurationKey<MeterSource> MeterSourceKind = Choice(
        "Meter:Source", "tfp1",
        "How the meter is heard: `tfp1`, frames on a serial line; `contacts`, of a meter that says no amount: the driver keys it; `receipt-printer`, what the meter sends to its printer. Except with `tfp1` `Meter:Id` is its name.",
        ("tfp1", MeterSource.Tfp1), ("contacts", MeterSource.Contacts), ("receipt-printer", MeterSource.ReceiptPrinter));

    public static readonly ConfigurationKey<string> SerialPort = Path(
        "Meter:Serial:Port", null, "The serial line to the meter, such as `/dev/ttyUSB0` or a link below `/dev/serial/by-id/`.")
        with { DefaultRule = "**required** with `Meter:Source` `tfp1` and `receipt-printer`" };

    public static readonly ConfigurationKey<int> SerialBaudRate = OneOf(
        "Meter:Serial:BaudRate", 19200, [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600], "bits a second", "The speed of the line.");

    public static readonly ConfigurationKey<SerialParity> SerialParityBit = Choice(
        "Meter:Serial:Parity", "none", "The parity bit; 8 data bits and 1 stop bit in any case.",
        ("none", SerialParity.None), ("even", SerialParity.Even), ("odd", SerialParity.Odd));

    public static readonly ConfigurationKey<SerialDriver> SerialDriverKind = Choice(
        "Meter:Serial:Driver", "termios", "What drives the line: `termios`, the Linux tty itself; `system-io-ports`, System.IO.Ports, in an agent that was built with it.",
        ("termios", SerialDriver.Termios), ("system-io-ports", SerialDriver.SystemIoPorts));

    public static readonly ConfigurationKey<TimeSpan> AnswerTimeout = Duration(
        "Meter:AnswerTimeout", "00:00:01", "00:00:00.010", "00:01:00", "How long the meter may take to acknowledge a frame before the frame is sent again.");

    public static readonly ConfigurationKey<TimeSpan> AnswerPause = Duration(
        "Meter:AnswerPause", "00:00:30", "00:00:00.010", "00:10:00", "The pause after 10 tries without an answer, before the same message begins again.");

    public static readonly ConfigurationKey<TimeSpan> Heartbeat = Duration(
        "Meter:Heartbeat", "00:00:10", "00:00:00.010", "00:10:00", "From one sign of life on the line to the next.");

    public static readonly ConfigurationKey<TimeSpan> HeartbeatLost = Duration(
        "Meter:HeartbeatLost", "00:00:35", "00:00:00.010", "01:00:00", "Silence after which the meter counts as gone. Longer than `Meter:Heartbeat`.");

    public static readonly ConfigurationKey<string> ContactsChip = Chip("Meter:Contacts:Chip", "The chip of the meter's contacts.");

    public static readonly ConfigurationKey<string> ContactsHired = Line("Meter:Contacts:Hired", "Active while the meter is hired. Without it each stop is a trip.");

    public static readonly ConfigurationKey<string> ContactsStopped = Line(
        "Meter:Contacts:Stopped", "Active while the meter is stopped: the amount is due. Needed with `Meter:Source` `contacts`.");

    public static readonly ConfigurationKey<string> ContactsPaid = Line(
        "Meter:Contacts:Paid", "Active when the fare was closed at the meter: an amount that was not keyed is not asked for any more.");

    public static readonly ConfigurationKey<bool> ContactsActiveLow = Boolean(
        "Meter:Contacts:ActiveLow", true, "True: a contact is active when it pulls its line to ground.");

    public static readonly ConfigurationKey<GpioBias> ContactsBias = Bias("Meter:Contacts:Bias", "pull-up");

    public static readonly ConfigurationKey<TimeSpan> ContactsDebounce = Duration(
        "Meter:Contacts:Debounce", "00:00:00.050", "00:00:00", "00:00:05", "How long a contact must stand still before it counts.");

    public static readonly ConfigurationKey<string> ContactsVat = Text(
        "Meter:Contacts:Vat", "", "0 to 10000, or empty", text => text.Length == 0 || TryVat(text, out _),
        "The rate of VAT within a fare, for the receipt: `1200` is 12 %. Needed with `Meter:Source` `contacts`, because the meter cannot say it.")
        with { Shape = ValueShape.Number, Unit = "hundredths of a percent" };

    public static readonly ConfigurationKey<bool> ContactsFifo = Boolean(
        "Meter:Contacts:Fifo", false, "True: the chip is a FIFO of `struct gpio_v2_line_event`, beside it a file `NAME.levels`, as in tests.");

    public static readonly ConfigurationKey<string> MeterPrinterTemplate = Text(
        "Meter:Printer:Template", "", "the name of a template that comes with the agent, or a template file's absolute path, or empty",
        text => text.Length == 0 || IsPath(text) || (text.Length <= LongestMeterId && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')),
        "How the meter prints. Needed with `Meter:Source` `receipt-printer`. Its currency is the car's.");

    public static readonly ConfigurationKey<TimeSpan> MeterPrinterQuiet = Duration(
        "Meter:Printer:Quiet", "00:00:03", "00:00:00.050", "00:01:00", "The silence on the printer's line that ends a print which the meter does not cut off.");

    public static readonly ConfigurationKey<string> MeterPrinterVat = Text(
        "Meter:Printer:Vat", "", "0 to 10000, or empty", text => text.Length == 0 || TryVat(text, out _),
        "The rate of VAT within a fare whose receipt does not say it: `1200` is 12 %. Needed with `Meter:Source` `receipt-printer`.")
        with { Shape = ValueShape.Number, Unit = "hundredths of a percent" };

    // Ignition

    public static readonly ConfigurationKey<string> IgnitionChip = Chip("Ignition:Chip", "The chip of the line that senses the ignition.");

    public static readonly ConfigurationKey<string> IgnitionLine = Line("Ignition:Line", "Active while the ignition is on. Empty: it is not sensed.");

    public static readonly ConfigurationKey<bool> IgnitionActiveLow = Boolean("Ignition:ActiveLow", false, "True: the line is low while the ignition is on.");

    public static readonly ConfigurationKey<GpioBias> IgnitionBias = Bias("Ignition:Bias", "as-is");

    public static readonly ConfigurationKey<TimeSpan> IgnitionDebounce = Duration(
        "Ignition:Debounce", "00:00:00.200", "00:00:00", "00:00:05", "How long the line must stand still before it counts: a starter motor makes it dip.");

    public static readonly ConfigurationKey<TimeSpan> IgnitionHoldUp = Duration(
        "Ignition:HoldUp", "00:00:10", "00:00:00.010", "01:00:00",
        "How long the supply holds without ignition. In that time what is under way comes to its end; nothing new is begun until the ignition is back.");

    public static readonly ConfigurationKey<bool> IgnitionFifo = Boolean("Ignition:Fifo", false, "True: the chip is a FIFO, as in tests.");

    // Signals

    public static readonly ConfigurationKey<string> SignalsChip = Chip("Signals:Chip", "The chip of the buzzer's and the lamps' lines.");

    public static readonly ConfigurationKey<string> SignalsPaid = Line("Signals:Paid", "Driven once, long, when a fare is paid. One line may serve all three.");

    public static readonly ConfigurationKey<string> SignalsRefused = Line("Signals:Refused", "Driven three times, short, when a request has come to nothing.");

    public static readonly ConfigurationKey<string> SignalsAttention = Line("Signals:Attention", "Driven twice when the driver is asked something.");

    public static readonly ConfigurationKey<bool> SignalsActiveLow = Boolean("Signals:ActiveLow", false, "True: a line is driven low to sound or shine.");

    // Gpio

    public static readonly ConfigurationKey<GpioDriver> GpioDriverKind = Choice(
        "Gpio:Driver", "character-device",
        "What drives the lines of contacts, ignition, signals and matrix: `character-device`, the kernel's own interface; `system-device-gpio`, System.Device.Gpio, in an agent that was built with it.",
        ("character-device", GpioDriver.CharacterDevice), ("system-device-gpio", GpioDriver.SystemDeviceGpio));

    // Driver

    public static readonly ConfigurationKey<KeypadKind> Keypad = Choice(
        "Driver:Keypad", "input-events",
        "Where the driver's keys come from: Linux input events, a matrix on GPIO lines, the same through Iot.Device.KeyMatrix in an agent that was built with it, or nowhere.",
        ("input-events", KeypadKind.InputEvents), ("matrix", KeypadKind.Matrix), ("key-matrix", KeypadKind.KeyMatrix), ("none", KeypadKind.None));

    public static readonly ConfigurationKey<string> KeypadDevice = Text(
        "Driver:KeypadDevice", "/dev/input/taximeter-keypad", "an absolute path, name: and a device's name, or empty for none",
        text => text.Length == 0 || IsPath(text) || (text.StartsWith(InputDevices.ByName, StringComparison.Ordinal) && IsDeviceName(text[InputDevices.ByName.Length..])),
        "The keypad's event device: its path, or `name:` and the name that it gives itself, as in `name:SIGMACHIP USB Keyboard`. Needed with `Driver:Keypad` `input-events`.");

    public static readonly ConfigurationKey<bool> KeypadFifo = Boolean(
        "Driver:KeypadFifo", false, "True: the device may be a FIFO or a terminal with a plain stream of `struct input_event`, as in tests.");

    public static readonly ConfigurationKey<Keymap> KeypadMap = new()
    {
        Name = "Driver:Keymap",
        Shape = ValueShape.Text,
        Default = "",
        Expected = Keymap.Form,
        Description = "What this pad's keys mean, where that is not what is printed on common pads: `KEY_F1=Menu, 183=Enter`. `None` is a key that does nothing.",
        Parser = Keymap.TryParse,
    };

    public static readonly ConfigurationKey<string> MatrixChip = Chip("Driver:Matrix:Chip", "The chip of the matrix's lines.");

    public static readonly ConfigurationKey<string> MatrixRows = Lines(
        "Driver:Matrix:Rows", 4, 4, "The lines of the rows, top first; they are driven. Needed with `Driver:Keypad` `matrix` or `key-matrix`.");

    public static readonly ConfigurationKey<string> MatrixColumns = Lines(
        "Driver:Matrix:Columns", 3, 4, "The lines of the columns, left first; they are read. As many as `Driver:Matrix:Layout` has.");

    public static readonly ConfigurationKey<MatrixKeys> MatrixLayout = Choice(
        "Driver:Matrix:Layout", "3x4", "`3x4`: digits, `*`, `#`. `4x4`: with `A` to `D`.", ("3x4", MatrixKeys.ThreeByFour), ("4x4", MatrixKeys.FourByFour));

    public static readonly ConfigurationKey<TimeSpan> MatrixDebounce = Duration(
        "Driver:Matrix:Debounce", "00:00:00.020", "00:00:00.001", "00:00:00.500", "How long a key must stand still before it counts.");

    public static readonly ConfigurationKey<DisplayKind> Display = Choice(
        "Driver:Display", "lcd",
        "What shows the screens: the kernel's character LCD device, an HD44780 behind a PCF8574 on an I2C bus, a customer display on a serial line, a terminal, "
        + "an HD44780 through Iot.Device.CharacterLcd in an agent that was built with it, or nothing.",
        ("lcd", DisplayKind.Lcd), ("pcf8574", DisplayKind.Pcf8574), ("serial", DisplayKind.Serial), ("terminal", DisplayKind.Terminal), ("character-lcd", DisplayKind.CharacterLcd),
        ("none", DisplayKind.None));

    public static readonly ConfigurationKey<string> DisplayDevice = OptionalPath(
        "Driver:DisplayDevice", DefaultDisplayDevice, "The display's device: `/dev/lcd`, the bus (`/dev/i2c-1`), or the serial port. Needed with `Driver:Display` `lcd`, `pcf8574` or `serial`, "
        + "and with `character-lcd` on a bus.");

    public static readonly ConfigurationKey<int> DisplayAddress = new()
    {
        Name = "Driver:DisplayAddress",
        Shape = ValueShape.Text,
        Default = "0x27",
        Expected = "0x20 to 0x27, or 0x38 to 0x3F",
        Description = "The expander's address on the bus, with `Driver:Display` `pcf8574` or `character-lcd`: mostly 0x27 with a PCF8574, 0x3F with a PCF8574A.",
        Parser = TryAddress,
    };

    public static readonly ConfigurationKey<bool> DisplayFifo = Boolean(
        "Driver:DisplayFifo", false, "True: with `Driver:Display` `pcf8574` the bus may be a FIFO that is sent what the expander would be, as in tests.");

    public static readonly ConfigurationKey<int> DisplayBaudRate = OneOf(
        "Driver:DisplayBaudRate", 9600, [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200], "bits a second",
        "The speed of a customer display; 8 data bits, no parity, 1 stop bit.");

    public static readonly ConfigurationKey<int> DisplayCodePage = OneOf(
        "Driver:DisplayCodePage", 850, [437, 850, 858, 865, 1252], "code page", "The letters of a customer display. 437 has no ø.");

    public static readonly ConfigurationKey<int> DisplayColumns = Integer("Driver:DisplayColumns", 16, 16, 40, "characters", "The width of the display.");

    public static readonly ConfigurationKey<int> DisplayRows = Integer("Driver:DisplayRows", 2, 2, 4, "lines", "The height of the display.");

    public static readonly ConfigurationKey<string> LcdChip = Chip("Driver:Lcd:Chip", "The chip of a display that is wired to GPIO lines, with `Driver:Display` `character-lcd`.");

    public static readonly ConfigurationKey<string> LcdRegisterSelect = Line("Driver:Lcd:RegisterSelect", "The display's RS. Needed with `Driver:Lcd:Data`.");

    public static readonly ConfigurationKey<string> LcdEnable = Line("Driver:Lcd:Enable", "The display's E. Needed with `Driver:Lcd:Data`. Its R/W is joined to ground.");

    public static readonly ConfigurationKey<string> LcdData = Lines(
        "Driver:Lcd:Data", 4, 4, "The lines of the display's D4 to D7, in this order. Empty: the display is on the I2C bus `Driver:DisplayDevice`.");

    public static readonly ConfigurationKey<string> LcdLight = Line("Driver:Lcd:Light", "Active while the display's light is on. Empty: it is not switched.");

    public static readonly ConfigurationKey<string> RefundPin = new()
    {
        Name = "Driver:RefundPin",
        Shape = ValueShape.Text,
        Default = null,
        Expected = $"{LeastPin} to {Menu.PinMaximum} digits",
        Description = "What the driver keys to refund the last trip. Without it the driver refunds nothing. Three wrong ones lock it for five minutes.",
        Credential = "driver-refund-pin",
        Parser = (string text, out string value) => (value = text).Length is >= LeastPin and <= Menu.PinMaximum && text.All(char.IsAsciiDigit),
    };

    // Printer

    public static readonly ConfigurationKey<PrinterKind> PrinterKindOf = Choice(
        "Printer:Kind", "none", "What prints for the customer: `escpos`, a receipt printer that takes Epson's commands, as nearly all do; or nothing.",
        ("none", PrinterKind.None), ("escpos", PrinterKind.EscPos));

    public static readonly ConfigurationKey<string> PrinterPort = OptionalPath(
        "Printer:Port", "", "The printer's serial port, better a link below `/dev/serial/by-id/`, or a USB printer's `/dev/usb/lp0`. Needed with `Printer:Kind` `escpos`.");

    public static readonly ConfigurationKey<int> PrinterBaudRate = OneOf(
        "Printer:BaudRate", 9600, [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200], "bits a second", "The speed of a serial printer; 8 data bits, no parity, 1 stop bit.");

    public static readonly ConfigurationKey<FlowControl> PrinterFlow = Choice(
        "Printer:FlowControl", "none", "What keeps a serial printer from being sent too much: nothing, its wires RTS and CTS, or XON and XOFF.",
        ("none", FlowControl.None), ("rts-cts", FlowControl.Hardware), ("xon-xoff", FlowControl.Software));

    public static readonly ConfigurationKey<bool> PrinterStatus = Boolean(
        "Printer:Status", true, "True: the printer is asked how it stands (`DLE EOT`). False: it cannot answer, its wire back is not connected, or it prints such questions.");

    public static readonly ConfigurationKey<int> PrinterColumns = OneOf(
        "Printer:Columns", 32, [32, 42, 48], "characters", "What a line of the paper holds: 32 on 58 mm, 42 or 48 on 80 mm.");

    public static readonly ConfigurationKey<int> PrinterCodePage = OneOf(
        "Printer:CodePage", 858, [437, 850, 858, 865, 1252], "code page", "The printer's letters. 437 has no ø.");

    public static readonly ConfigurationKey<QrPrinting> PrinterQr = Choice(
        "Printer:Qr", "native", "Who draws a QR code: the printer (`GS ( k`), or the agent, dot by dot (`GS v 0`), for a printer that knows no codes.",
        ("native", QrPrinting.Native), ("raster", QrPrinting.Raster));

    public static readonly ConfigurationKey<PaperCut> PrinterCut = Choice(
        "Printer:Cut", "none", "What ends a slip: paper is fed to the edge where it is torn, or the printer's knife leaves a bridge, or cuts it off.",
        ("none", PaperCut.None), ("partial", PaperCut.Partial), ("full", PaperCut.Full));

    public static readonly ConfigurationKey<string> PrinterHeader = Text(
        "Printer:Header", "", $"at most {HeaderLinesMaximum} lines of at most {HeaderLineMaximum} characters, with | between, no control characters, or empty",
        text => HeaderLines(text) is { Length: <= HeaderLinesMaximum } lines && lines.All(line => line.Length <= HeaderLineMaximum && !line.Any(char.IsControl)),
        "What stands at the top of every slip: `Østlandets Drosjer AS|Org.nr. 987 654 321 MVA`. What the law wants on a receipt is the company's to say here.");

    public static readonly ConfigurationKey<ReceiptPrinting> PrinterReceipt = Choice(
        "Printer:Receipt", "never", "When a paid trip's receipt is printed: never, by the driver's menu, or once by itself when it is paid.",
        ("never", ReceiptPrinting.Never), ("on-request", ReceiptPrinting.OnRequest), ("always", ReceiptPrinting.Always));

    public static readonly ConfigurationKey<string> PrinterMeterPort = OptionalPath(
        "Printer:MeterPort", "",
        "The port to a taximeter whose own printer `Printer:Port` is: the agent sits in the line between them, at `Printer:BaudRate` on both sides. Only with `Printer:Bypass`.");

    public static readonly ConfigurationKey<PrinterBypass> PrinterBypassKind = Choice(
        "Printer:Bypass", "none",
        "What connects meter and printer while the agent does not run: `dtr`, a relay that the DTR of `Printer:MeterPort` holds and that falls when the port is closed.",
        ("none", PrinterBypass.None), ("dtr", PrinterBypass.Dtr));

    public static readonly ConfigurationKey<TimeSpan> PrinterQuiet = Duration(
        "Printer:Quiet", "00:00:03", "00:00:00.050", "00:01:00",
        "With `Printer:MeterPort`: how long the meter must have sent nothing before a slip of ours is begun. Longer than any pause within one of its prints.");

    // Outbox

    public static readonly ConfigurationKey<OutboxStore> OutboxStoreKind = Choice(
        "Outbox:Store", "sqlite",
        "What keeps the trips: `sqlite`; `litedb`, in an agent that is built with `-p:WithLiteDb=true`. To change it, stop the agent and run `taximeter-agent outbox migrate`: [outbox.md](outbox.md).",
        ("sqlite", OutboxStore.Sqlite), ("litedb", OutboxStore.LiteDb));

    public static readonly ConfigurationKey<string> OutboxDirectory = Path(
        "Outbox:Directory", "/var/lib/taximeter-agent", "Where the trips and the work that is due are kept. On a disk that honours fsync.");

    public static readonly ConfigurationKey<TimeSpan> PhoneRetention = Duration(
        "Outbox:PhoneRetention", "7.00:00:00", "00:00:00.010", "365.00:00:00",
        "How long after a trip is closed its phone number is kept before it is wiped.");

    public static readonly ConfigurationKey<TimeSpan> HistoryRetention = Duration(
        "Outbox:HistoryRetention", "400.00:00:00", "00:00:00.010", "3660.00:00:00",
        "How long after a trip is closed its history is kept. Identities are kept for ever.");

    public static readonly ConfigurationKey<int> HistoryMaximum = Integer(
        "Outbox:HistoryMaximum", 500_000, 10_000, 5_000_000, "lines",
        "How many lines of history are kept at most, whatever their age, and a tenth as many settled trips. The oldest go first; lines of trips under way stay.");

    public static readonly ConfigurationKey<int> OutboxReserve = Integer(
        "Outbox:Reserve", 8_192, 0, 262_144, "KiB",
        "Room on the outbox's disk that no other program gets, so that fares are still stored when the disk is full: some 20 KiB for a trip. 0 for none.");

    public static readonly ConfigurationKey<TimeSpan> UpkeepEvery = Duration(
        "Outbox:UpkeepEvery", "01:00:00", "00:00:00.050", "1.00:00:00",
        "How often it is looked for what is too old or too much; the first time a minute after the start, or sooner if this is shorter.");

    // Policy

    public static readonly ConfigurationKey<TimeSpan> OfflineMaxAge = Duration(
        "Policy:OfflineMaxAge", "00:15:00", "00:00:00.010", "1.00:00:00",
        "How long a request may wait for the network, or be sent again after an unknown outcome, before the driver is told to collect otherwise.");

    public static readonly ConfigurationKey<int> OfflineMaxCount = Integer(
        "Policy:OfflineMaxCount", 10, 0, 1000, "trips", "How many fares may wait for the network at a time.");

    public static readonly ConfigurationKey<int> OfflineMaxAmount = Integer(
        "Policy:OfflineMaxAmount", 500_000, 0, (int)Currencies.MaximumPayment, "minor units", "What all fares that wait for the network may come to.");

    public static readonly ConfigurationKey<TimeSpan> NoShowAfter = Duration(
        "Policy:NoShowAfter", "04:00:00", "00:00:00.010", "30.00:00:00", "A reservation that no trip has claimed by then is released.");

    public static readonly ConfigurationKey<TimeSpan> OrphanAfter = Duration(
        "Policy:OrphanAfter", "00:02:00", "00:00:00.010", "1.00:00:00",
        "A payment of this car that its outbox does not know, made by a board before it: how long its fare is waited for before it is released.");

    public static readonly ConfigurationKey<bool> ReserveAhead = Boolean(
        "Policy:ReserveAhead", true, "True: a booking with a maximum is reserved before the trip.");

    public static readonly ConfigurationKey<TimeSpan> ChoiceTimeout = Duration(
        "Policy:ChoiceTimeout", "12:00:00", "00:00:00.010", "30.00:00:00", "How long a question waits for the driver before the safe answer is taken.");

    public static readonly ConfigurationKey<VoidAfterCapture> VoidAfterCaptureChoice = Choice(
        "Policy:VoidAfterCapture", "refund", "A trip is voided after its money was captured: refund it in full, or ask the driver.",
        ("refund", VoidAfterCapture.Refund), ("ask", VoidAfterCapture.Ask));

    // Webhooks

    public static readonly ConfigurationKey<string> WebhookListen = Text(
        "Webhooks:Listen", "", "http://ADDRESS:PORT without a path, or empty for off", text => text.Length == 0 || Urls.TryListen(text, out _),
        "Where the agent listens for webhooks itself, behind a tunnel or proxy that ends TLS. Empty: it does not listen; polling is enough.");

    public static readonly ConfigurationKey<string> WebhookPath = Text(
        "Webhooks:Path", "/webhooks", "a path: / and letters, digits, - . _ ~ or further /, at most 200 characters", Urls.IsPath,
        "The path of the registered address.");

    public static readonly ConfigurationKey<string> WebhookSecret = Secret(
        "Webhooks:Secret", "webhooks-secret", "The secret that the registration answered. Needed with `Webhooks:Listen`.");

    // Relay

    public static readonly ConfigurationKey<string> RelayUri = Text(
        "Relay:Uri", "", "amqps://HOST[:PORT]/VHOST, or amqp:// for a loopback address; no user, or empty for none", text => text.Length == 0 || Urls.TryBroker(text, out _),
        "The fleet's broker, from which the car fetches hints and bookings. Empty: there is no fleet; polling is enough.");

    public static readonly ConfigurationKey<string> RelayUser = Text(
        "Relay:User", "", $"at most {LongestUser} printable ASCII characters without a blank, or empty",
        text => text.Length <= LongestUser && text.All(c => c is > ' ' and <= '~'),
        "The car's identity at the broker. Empty: `car-` and the beginning of the car's payment references, as `broker.sh add-car` names it.");

    public static readonly ConfigurationKey<string> RelayPassword = Secret(
        "Relay:Password", "relay-password", "The password of the car's identity at the broker. Needed with `Relay:Uri`.");

    public static readonly ConfigurationKey<string> RelayCaFile = OptionalPath(
        "Relay:CaFile", "", "The certificate authority that the broker's certificate must be from, as PEM. Empty: one that the system trusts.");

    public static readonly ConfigurationKey<TimeSpan> RelayReportEvery = Duration(
        "Relay:ReportEvery", "00:01:00", "00:00:00.100", "01:00:00", "At least so long from one report of the car to the next. Answers to bookings do not wait.");

    public static readonly ConfigurationKey<TimeSpan> RelayReconnectFirst = Duration(
        "Relay:ReconnectFirst", "00:00:01", "00:00:00.100", "00:05:00", "The wait after a first try to connect that failed; it doubles with each further one.");

    public static readonly ConfigurationKey<TimeSpan> RelayReconnectMost = Duration(
        "Relay:ReconnectMost", "00:05:00", "00:00:00.100", "01:00:00", "The longest wait between tries to connect. Not shorter than `Relay:ReconnectFirst`.");

    public static readonly ConfigurationKey<TimeSpan> RelayHeartbeat = Duration(
        "Relay:Heartbeat", "00:01:00", "00:00:02", "00:10:00",
        "Silence in the connection after which it counts as lost; both sides speak twice in that time. The broker may ask for less; whole seconds.");

    // Telemetry

    public static readonly ConfigurationKey<string> OtlpEndpoint = Text(
        "Telemetry:Otlp:Endpoint", "", "https://HOST[:PORT][/PATH], or http:// for a loopback address; no user or query, or empty for none", text => text.Length == 0 || Urls.TryCollector(text, out _),
        "Where metrics and traces are sent, by OpenTelemetry's OTLP over HTTP with protobuf: below it `/v1/metrics` and `/v1/traces`. Empty: nowhere.");

    public static readonly ConfigurationKey<string> OtlpHeaders = Text(
        "Telemetry:Otlp:Headers", null, $"NAME=VALUE, more of them after commas; 4 to {LongestSecret} printable ASCII characters without a blank",
        text => IsSecret(text) && text.Split(',').All(IsHeader),
        "Headers that the endpoint wants. What is a blank or a comma in a value is written as in an address: `Authorization=Basic%20…`. Without it none are sent.")
        with { Credential = "telemetry-otlp-headers" };

    public static readonly ConfigurationKey<TimeSpan> OtlpInterval = Duration(
        "Telemetry:Otlp:Interval", "00:01:00", "00:00:00.100", "01:00:00", "From one sending of the metrics to the next. The car's modem is woken for each; traces go within 5 seconds of what they tell of.");

    // Control

    public static readonly ConfigurationKey<string> ControlSocket = Text(
        "Control:Socket", "/run/taximeter-agent/control.sock", $"an absolute path of at most {LongestSocketPath} bytes",
        text => text is ['/', _, ..] && Encoding.UTF8.GetByteCount(text) <= LongestSocketPath && !text.Any(char.IsControl),
        "The Unix socket over which the agent's own commands talk to it.");

    /// <summary>All of them, in the order of the reference page.</summary>
    public static readonly ImmutableArray<ConfigurationKey> All =
    [
        CarId, CarPrefix, CarCountry, CarLanguage, CarCurrency, CarBrand,
        BaseUrl, MerchantSerialNumber, ClientId, ClientSecret, SubscriptionKey, CertificateAuthorities, ConnectTimeout, TryTimeout, ConnectionLifetime, PollFirst, PollEvery, PaymentLifetime,
        CertaintyMargin, BackoffFirst, BackoffMost, RateWindow,
        MeterId, MeterSourceKind, SerialPort, SerialBaudRate, SerialParityBit, SerialDriverKind, AnswerTimeout, AnswerPause, Heartbeat, HeartbeatLost,
        ContactsChip, ContactsHired, ContactsStopped, ContactsPaid, ContactsActiveLow, ContactsBias, ContactsDebounce, ContactsVat, ContactsFifo,
        MeterPrinterTemplate, MeterPrinterQuiet, MeterPrinterVat,
        IgnitionChip, IgnitionLine, IgnitionActiveLow, IgnitionBias, IgnitionDebounce, IgnitionHoldUp, IgnitionFifo,
        SignalsChip, SignalsPaid, SignalsRefused, SignalsAttention, SignalsActiveLow,
        GpioDriverKind,
        Keypad, KeypadDevice, KeypadFifo, MatrixChip, MatrixRows, MatrixColumns, MatrixLayout, MatrixDebounce,
        KeypadMap, Display, DisplayDevice, DisplayAddress, DisplayFifo, DisplayBaudRate, DisplayCodePage, DisplayColumns, DisplayRows,
        LcdChip, LcdRegisterSelect, LcdEnable, LcdData, LcdLight, RefundPin,
        PrinterKindOf, PrinterPort, PrinterBaudRate, PrinterFlow, PrinterStatus, PrinterColumns, PrinterCodePage, PrinterQr, PrinterCut, PrinterHeader, PrinterReceipt,
        PrinterMeterPort, PrinterBypassKind, PrinterQuiet,
        OutboxStoreKind, OutboxDirectory, PhoneRetention, HistoryRetention, HistoryMaximum, OutboxReserve, UpkeepEvery,
        OfflineMaxAge, OfflineMaxCount, OfflineMaxAmount, NoShowAfter, OrphanAfter, ReserveAhead, ChoiceTimeout, VoidAfterCaptureChoice,
        WebhookListen, WebhookPath, WebhookSecret,
        RelayUri, RelayUser, RelayPassword, RelayCaFile, RelayReportEvery, RelayReconnectFirst, RelayReconnectMost, RelayHeartbeat,
        OtlpEndpoint, OtlpHeaders, OtlpInterval,
        ControlSocket,
    ];

    /// <summary>The keys by name; case counts.</summary>
    public static readonly IReadOnlyDictionary<string, ConfigurationKey> ByName = All.ToDictionary(key => key.Name, StringComparer.Ordinal);

    /// <summary>What may stand before a colon: <c>Car</c>, <c>Meter</c>, <c>Meter:Serial</c>.</summary>
    public static readonly IReadOnlySet<string> Sections = All.SelectMany(key => Parents(key.Name)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads a rate of VAT, hundredths of a percent.</summary>
    public static bool TryVat(string text, out int vat) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out vat) && vat <= 10_000;

    /// <summary>The lines of a header.</summary>
    public static ImmutableArray<string> HeaderLines(string text) => text.Length == 0 ? [] : [.. text.Split('|').Select(line => line.Trim())];

    private static ConfigurationKey<GpioBias> Bias(string name, string standard) => Choice(
        name, standard, "What holds the line while nobody drives it; `as-is` is the board's own resistor.",
        ("as-is", GpioBias.AsIs), ("pull-up", GpioBias.PullUp), ("pull-down", GpioBias.PullDown), ("disabled", GpioBias.Disabled));

    private static bool IsDeviceName(string text) => text.Length is >= 1 and < InputCalls.NameBytes && !text.Any(char.IsControl);

    private static bool TryAddress(string text, out int address)
    {
        address = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address)
            && address is (>= 0x20 and <= 0x27) or (>= 0x38 and <= 0x3F);
    }

    private static IEnumerable<string> Parents(string name)
    {
        for (var at = name.IndexOf(':'); at >= 0; at = name.IndexOf(':', at + 1))
            yield return name[..at];
    }
}
