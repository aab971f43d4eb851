using System.Collections.Immutable;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Print.Templates;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Configuration;

/// <summary>The whole configuration, checked. The keys, ranges and units are those of <see cref="Keys"/>.</summary>
internal sealed record AgentOptions(
    CarOptions Car,
    EPaymentOptions EPayment,
    MeterOptions Meter,
    IgnitionOptions Ignition,
    SignalOptions Signals,
    GpioDriver GpioDriver,
    DriverOptions Driver,
    PrinterOptions Printer,
    OutboxOptions Outbox,
    PolicyOptions Policy,
    WebhookOptions Webhooks,
    RelayOptions Relay,
    TelemetryOptions Telemetry,
    ControlOptions Control)
{
    /// <summary>Secrets that are nowhere, with what is wanted; empty for an agent that can do all.</summary>
    public ImmutableArray<ConfigurationFault> Missing { get; init; } = [];
}

/// <summary>The car and the market that it drives in.</summary>
internal sealed record CarOptions(string Id, string Prefix, Country Country, Language Language, Currency Currency, string Brand);

/// <summary>The payment service and how patiently it is used.</summary>
/// <param name="CertificateAuthorities">Empty for the system's authorities.</param>
internal sealed record EPaymentOptions(
    Uri BaseUrl,
    string MerchantSerialNumber,
    string ClientId,
    string ClientSecret,
    string SubscriptionKey,
    string CertificateAuthorities,
    TimeSpan ConnectTimeout,
    TimeSpan TryTimeout,
    TimeSpan ConnectionLifetime,
    TimeSpan PollFirst,
    TimeSpan PollEvery,
    TimeSpan PaymentLifetime,
    TimeSpan CertaintyMargin,
    TimeSpan BackoffFirst,
    TimeSpan BackoffMost,
    TimeSpan RateWindow)
{
    /// <summary>False while one of the three keys is nowhere, and empty here: then nothing is requested.</summary>
    public bool HasKeys => ClientId.Length > 0 && ClientSecret.Length > 0 && SubscriptionKey.Length > 0;

    /// <summary>Without the secrets, which a record would print.</summary>
    public override string ToString() => $"{nameof(EPaymentOptions)} {{ {BaseUrl.Authority}, MSN {MerchantSerialNumber} }}";
}

/// <summary>The taximeter.</summary>
/// <param name="Id">The identity that its frames must name; empty for any.</param>
internal sealed record MeterOptions(
    string Id,
    MeterSource Source,
    SerialOptions Serial,
    TimeSpan AnswerTimeout,
    TimeSpan AnswerPause,
    TimeSpan Heartbeat,
    TimeSpan HeartbeatLost,
    ContactsOptions Contacts,
    MeterPrinterOptions Printer);

/// <summary>The contacts of a taximeter that says no amount. A line is empty if it is not wired.</summary>
/// <param name="Vat">Hundredths of a percent.</param>
/// <param name="Fifo">True if the chip is a plain stream of events and not a GPIO chip.</param>
internal sealed record ContactsOptions(
    string Chip, string Hired, string Stopped, string Paid, bool ActiveLow, GpioBias Bias, TimeSpan Debounce, int Vat, bool Fifo);

/// <summary>A taximeter that is heard by what it prints.</summary>
/// <param name="Template">Null if it is heard otherwise.</param>
/// <param name="Vat">Hundredths of a percent.</param>
internal sealed record MeterPrinterOptions(ReceiptTemplate? Template, TimeSpan Quiet, int Vat);

/// <summary>The line that senses the ignition; empty if it is not sensed.</summary>
internal sealed record IgnitionOptions(string Chip, string Line, bool ActiveLow, GpioBias Bias, TimeSpan Debounce, TimeSpan HoldUp, bool Fifo);

/// <summary>The lines of buzzer and lamps; one that is empty is not wired.</summary>
internal sealed record SignalOptions(string Chip, string Paid, string Refused, string Attention, bool ActiveLow)
{
    public bool Any => Paid.Length + Refused.Length + Attention.Length > 0;
}

/// <summary>A matrix of keys on GPIO lines; without rows there is none.</summary>
/// <param name="Rows">Lines, with commas between.</param>
/// <param name="Columns">Lines, with commas between.</param>
internal sealed record MatrixOptions(string Chip, string Rows, string Columns, MatrixKeys Layout, TimeSpan Debounce);

/// <summary>The lines of an HD44780 that is wired to a GPIO chip; without data lines it is on an I2C bus.</summary>
/// <param name="Data">D4 to D7, with commas between.</param>
/// <param name="Light">Empty if the light is not switched.</param>
internal sealed record LcdOptions(string Chip, string RegisterSelect, string Enable, string Data, string Light);

/// <summary>The serial line to the taximeter. Its port is empty if the meter is heard otherwise.</summary>
/// <param name="BaudRate">Bits a second.</param>
internal sealed record SerialOptions(string Port, int BaudRate, SerialParity Parity, SerialDriver Driver);

/// <summary>The driver's keypad and display. A device is empty if its kind needs none.</summary>
/// <param name="KeypadFifo">True if the keypad's device is a plain stream of events and not an input device.</param>
/// <param name="DisplayFifo">True if the display's bus is a FIFO.</param>
/// <param name="DisplayBaudRate">Bits a second.</param>
/// <param name="RefundPin">Empty if the driver refunds nothing.</param>
internal sealed record DriverOptions(
    KeypadKind Keypad,
    string KeypadDevice,
    bool KeypadFifo,
    MatrixOptions Matrix,
    Keymap Keymap,
    DisplayKind Display,
    string DisplayDevice,
    int DisplayAddress,
    bool DisplayFifo,
    int DisplayBaudRate,
    int DisplayCodePage,
    int DisplayColumns,
    int DisplayRows,
    LcdOptions Lcd,
    string RefundPin)
{
    /// <summary>The keypad's device, or the chip of its lines.</summary>
    public string KeypadPlace => Keypad is KeypadKind.Matrix or KeypadKind.KeyMatrix ? Matrix.Chip : KeypadDevice;

    /// <summary>The display's device, or the chip of its lines.</summary>
    public string DisplayPlace => Display == DisplayKind.CharacterLcd && Lcd.Data.Length > 0 ? Lcd.Chip : DisplayDevice;

    /// <summary>Without the secret, which a record would print.</summary>
    public override string ToString() => $"{nameof(DriverOptions)} {{ {Keypad}, {Display} }}";
}

/// <summary>The printer for the customer's paper.</summary>
/// <param name="Port">Empty without a printer.</param>
/// <param name="BaudRate">Bits a second.</param>
/// <param name="Asks">False for one that cannot answer how it stands.</param>
/// <param name="Header">Lines at the top of every slip.</param>
/// <param name="MeterPort">The port to a meter whose printer it is, with a bypass; empty for a printer of our own.</param>
/// <param name="Quiet">How long that meter must have said nothing before a slip of ours.</param>
internal sealed record PrinterOptions(
    PrinterKind Kind,
    string Port,
    int BaudRate,
    FlowControl Flow,
    bool Asks,
    int Columns,
    int CodePage,
    QrPrinting Qr,
    PaperCut Cut,
    ImmutableArray<string> Header,
    ReceiptPrinting Receipt,
    string MeterPort,
    TimeSpan Quiet);

/// <summary>The durable store.</summary>
/// <param name="Store">What keeps it.</param>
/// <param name="Directory">Where.</param>
/// <param name="PhoneRetention">After a trip is closed.</param>
/// <param name="HistoryRetention">After a trip is closed.</param>
/// <param name="HistoryMaximum">Lines.</param>
/// <param name="Reserve">In bytes: what is kept for when the disk is full.</param>
/// <param name="UpkeepEvery">How often it is looked for what is too old or too much.</param>
internal sealed record OutboxOptions(OutboxStore Store, string Directory, TimeSpan PhoneRetention, TimeSpan HistoryRetention, int HistoryMaximum, long Reserve, TimeSpan UpkeepEvery);

/// <summary>What the company decides, not the protocol.</summary>
/// <param name="OfflineMaxAmount">Minor units of the car's currency.</param>
internal sealed record PolicyOptions(
    TimeSpan OfflineMaxAge,
    int OfflineMaxCount,
    int OfflineMaxAmount,
    TimeSpan NoShowAfter,
    TimeSpan OrphanAfter,
    bool ReserveAhead,
    TimeSpan ChoiceTimeout,
    VoidAfterCapture VoidAfterCapture);

/// <summary>The agent's own listener for webhooks.</summary>
/// <param name="Listen">Null if it does not listen.</param>
/// <param name="Secret">Null only if it does not listen.</param>
internal sealed record WebhookOptions(Uri? Listen, string Path, string? Secret)
{
    /// <summary>Without the secret, which a record would print.</summary>
    public override string ToString() => $"{nameof(WebhookOptions)} {{ {Listen?.ToString() ?? "off"}, {Path} }}";
}

/// <summary>The fleet's broker.</summary>
/// <param name="Uri">Null if the car is in no fleet.</param>
/// <param name="User">The car's identity there.</param>
/// <param name="Password">Empty if it is nowhere: then the car does not connect.</param>
/// <param name="CaFile">Empty for the system's authorities.</param>
internal sealed record RelayOptions(
    Uri? Uri, string User, string Password, string CaFile, TimeSpan ReportEvery, TimeSpan ReconnectFirst, TimeSpan ReconnectMost, TimeSpan Heartbeat)
{
    /// <summary>Without the secret, which a record would print.</summary>
    public override string ToString() => $"{nameof(RelayOptions)} {{ {Uri?.ToString() ?? "none"}, {User} }}";
}

/// <summary>Where metrics and traces go.</summary>
/// <param name="Endpoint">Null if they go nowhere.</param>
/// <param name="Headers">As OpenTelemetry's exporter takes them; empty for none.</param>
/// <param name="Interval">From one sending of the metrics to the next.</param>
internal sealed record TelemetryOptions(Uri? Endpoint, string Headers, TimeSpan Interval)
{
    /// <summary>Without the secret, which a record would print.</summary>
    public override string ToString() => $"{nameof(TelemetryOptions)} {{ {Endpoint?.ToString() ?? "none"}, {Interval} }}";
}

/// <summary>The socket that the agent's own commands talk to.</summary>
internal sealed record ControlOptions(string Socket);
