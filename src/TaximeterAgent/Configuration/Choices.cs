namespace TaximeterAgent.Configuration;

/// <summary>The language of the driver's display.</summary>
internal enum Language
{
    Norwegian,
    Swedish,
    Danish,
    Finnish,
    English,
}

/// <summary>How the meter is heard.</summary>
internal enum MeterSource
{
    /// <summary>TFP/1 frames on the serial line.</summary>
    Tfp1,

    /// <summary>Contacts on GPIO lines; the driver keys the amount.</summary>
    Contacts,

    /// <summary>What it sends to its receipt printer, read by a template.</summary>
    ReceiptPrinter,
}

/// <summary>What drives the serial line.</summary>
internal enum SerialDriver
{
    /// <summary>The Linux tty itself.</summary>
    Termios,

    /// <summary>System.IO.Ports, where it was built in.</summary>
    SystemIoPorts,
}

/// <summary>What drives GPIO lines.</summary>
internal enum GpioDriver
{
    /// <summary>The kernel's character device.</summary>
    CharacterDevice,

    /// <summary>System.Device.Gpio, where it was built in.</summary>
    SystemDeviceGpio,
}

/// <summary>The serial line's parity bit.</summary>
internal enum SerialParity
{
    None,
    Even,
    Odd,
}

/// <summary>Where the driver's keys come from.</summary>
internal enum KeypadKind
{
    None,

    /// <summary>Linux input events.</summary>
    InputEvents,

    /// <summary>A matrix of keys on GPIO lines.</summary>
    Matrix,

    /// <summary>The same through Iot.Device.KeyMatrix, where it was built in.</summary>
    KeyMatrix,
}

/// <summary>The keys of a matrix.</summary>
internal enum MatrixKeys
{
    /// <summary>Four rows of three: digits, <c>*</c> and <c>#</c>.</summary>
    ThreeByFour,

    /// <summary>Four rows of four: with <c>A</c> to <c>D</c>.</summary>
    FourByFour,
}

/// <summary>What holds a GPIO line that nobody drives.</summary>
internal enum GpioBias
{
    AsIs,
    PullUp,
    PullDown,
    Disabled,
}

/// <summary>What shows the screens to the driver.</summary>
internal enum DisplayKind
{
    None,

    /// <summary>The byte stream of a character LCD device.</summary>
    Lcd,

    /// <summary>An HD44780 behind a PCF8574 on an I2C bus.</summary>
    Pcf8574,

    /// <summary>A customer display on a serial line.</summary>
    Serial,

    /// <summary>A terminal with cursor control.</summary>
    Terminal,

    /// <summary>An HD44780 through Iot.Device.CharacterLcd, where it was built in.</summary>
    CharacterLcd,
}

/// <summary>What prints for the customer.</summary>
internal enum PrinterKind
{
    None,

    /// <summary>A receipt printer with Epson's commands, on a serial port or USB.</summary>
    EscPos,
}

/// <summary>What connects meter and printer while the agent does not.</summary>
internal enum PrinterBypass
{
    /// <summary>Nothing: the agent must not sit between them.</summary>
    None,

    /// <summary>A relay that the DTR of the meter's port holds: it falls when the port is closed, however the agent ends.</summary>
    Dtr,
}

/// <summary>When a paid trip's receipt is printed.</summary>
internal enum ReceiptPrinting
{
    Never,

    /// <summary>By the driver's menu.</summary>
    OnRequest,

    /// <summary>Once, when the trip is paid; and by the driver's menu.</summary>
    Always,
}

/// <summary>What keeps the trips.</summary>
internal enum OutboxStore
{
    /// <summary>The system's own library; always built in.</summary>
    Sqlite,

    /// <summary>Built in on request: docs/outbox.md.</summary>
    LiteDb,
}

/// <summary>What happens if a trip is voided after its money was captured.</summary>
internal enum VoidAfterCapture
{
    /// <summary>The whole capture is refunded.</summary>
    Refund,

    /// <summary>The driver is asked.</summary>
    Ask,
}
